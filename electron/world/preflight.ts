/** Looks at the machine and says what it saw. It judges each row by itself; what follows from a bad row is the ceremony's rule. */
import type { World } from '../ceremony/ports.ts';
import { lookAtDevices } from './devices.ts';
import { lookAtMemory } from './memory.ts';
import { lookAtNetwork } from './network.ts';
import { lookAtProgram, type ProgramFacts } from './program.ts';

export interface WorldOptions { readonly now: () => Date; readonly program: () => ProgramFacts }

/** Rows in the order people go through them: ways out, memory and disk, devices, the program. */
export const createWorld = ({ now, program }: WorldOptions): World => ({
  preflight: async () => (await Promise.all([lookAtNetwork(), lookAtMemory(now()), lookAtDevices(), lookAtProgram(program())])).flat(),
});
