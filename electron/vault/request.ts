/** Small readers of request fields. A bad field is a fault of main, not of a person: IPC_REQUEST with the field's name. */
import { fromBase64 } from '../../shared/bytes.ts';
import { AppError } from '../../shared/errors.ts';

/** @throws IPC_REQUEST */
export const bytesOf = (base64: string, field: string): Buffer => {
  const bytes = typeof base64 === 'string' ? fromBase64(base64) : null;
  if (bytes === null) throw new AppError('IPC_REQUEST', { field });
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
};
