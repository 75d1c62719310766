/** Writes the closing entry: the digests of everything that is signed. Nothing follows it. */
import * as fs from 'node:fs/promises';
import path from 'node:path';
import type { Sha256Hex } from '../../../shared/brand.ts';
import { sha256Of } from '../../../shared/transcript/digest.ts';
import type { Body } from '../../../shared/transcript/entry-schema.ts';
import { busy } from '../ask.ts';
import type { Session } from '../session.ts';

const SIGNED_FILES = ['plan.json', 'source-manifest.dsse.json', 'source-pin-manifest.dsse.json', 'manifest.dsse.json', 'pin-manifest.dsse.json', 'root.crt', 'root.pem', 'pop.csr'] as const;

const fileDigests = async (session: Session): Promise<Record<string, Sha256Hex>> => {
  const people = (await fs.readdir(path.join(session.folder.path, 'people'))).filter((name) => name.endsWith('.pem')).sort().map((name) => `people/${name}`);
  const digests: Record<string, Sha256Hex> = {};
  for (const name of [...SIGNED_FILES, ...people]) {
    const bytes = await session.ports.disk.read(path.join(session.folder.path, name));
    if (bytes) digests[name] = sha256Of(bytes);
  }
  return digests;
};

export const close = async (session: Session, outcome: Body<'closing'>['outcome']): Promise<void> => {
  await busy(session, 'close', 'Closing the transcript', async () => {
    const files = await fileDigests(session);
    await session.append({ type: 'closing', actor: 'app', body: { outcome, exceptions: session.state.exceptions.length, files } });
  });
};
