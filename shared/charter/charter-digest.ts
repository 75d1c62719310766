/** Names a charter. */
import * as v from 'valibot';
import type { Sha256Hex } from '../brand.ts';
import { utf8 } from '../bytes.ts';
import { sha256Of } from '../transcript/digest.ts';
import { charterSchema, type Charter } from './charter-schema.ts';

/** @returns SHA-256 of the charter as compact JSON, keys in the order of its schema (FORMATS.md, 2.3), whatever the layout of the plan it stands in. */
export const charterDigest = (charter: Charter): Sha256Hex => sha256Of(utf8(JSON.stringify(v.parse(charterSchema, charter))));
