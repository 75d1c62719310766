/** The process of one virtual card: in a process of its own, since a PKCS#11 call blocks the vault's until the card has answered. */
import { createConnection, type Socket } from 'node:net';
import { ATR, Chip, u16 } from './sc-hsm-chip.ts';

export type ToCard = { readonly id: number } & ({ readonly do: 'insert' | 'remove' | 'state' } | { readonly do: 'remove-at'; readonly instruction: number });
export interface FromCard { readonly id: number; readonly tries: number; readonly privateFiles: number }

const [port, serial, pin] = [Number(process.argv[2]), process.argv[3]!, process.argv[4]!];
const chip = new Chip(serial, pin);
let socket: Socket | null = null, pullAt: number | null = null;

const remove = (): void => { socket?.destroy(); socket = null; };

/** vpcd speaks in messages with a length before them: one byte is power and reset, 4 asks for the ATR; all else is a command. */
const onMessage = (message: Buffer, send: (bytes: Buffer) => void): void => {
  if (message.length === 1) { if (message[0] === 4) send(ATR); else chip.reset(); return; }
  if (message[1] === pullAt) { pullAt = null; remove(); return; }
  send(chip.run(message));
};

const insert = (): Promise<void> => new Promise((resolve) => {
  const one = createConnection(port, '127.0.0.1', resolve);
  let waiting = Buffer.alloc(0);
  socket = one;
  chip.reset();
  one.on('error', () => { process.exit(1); });
  one.on('data', (bytes) => {
    waiting = Buffer.concat([waiting, bytes]);
    while (waiting.length >= 2 && waiting.length >= 2 + waiting.readUInt16BE()) {
      const end = 2 + waiting.readUInt16BE(), message = waiting.subarray(2, end);
      waiting = waiting.subarray(end);
      onMessage(message, (reply) => { one.write(Buffer.concat([u16(reply.length), reply])); });
    }
  });
});

process.on('message', (raw) => {
  const order = raw as ToCard;
  const work = async (): Promise<void> => {
    if (order.do === 'insert') await insert();
    if (order.do === 'remove') remove();
    if (order.do === 'remove-at') pullAt = order.instruction;
    process.send?.({ id: order.id, tries: chip.tries, privateFiles: chip.privateFiles } satisfies FromCard);
  };
  void work();
});
process.on('disconnect', () => { process.exit(0); });
