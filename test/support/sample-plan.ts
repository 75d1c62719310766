/** A complete, sound plan for tests: rehearsal, 3-of-5, ec-p384, backup split, two media. */
import type { PersonId, Sha256Hex } from '../../shared/brand.ts';
import type { KeyPlan, Plan } from '../../shared/ceremony/plan-schema.ts';
import { samplePeople } from './sample-people.ts';

/** Top-level fields of `overrides` replace the sample's; nothing is merged inside them. */
export const samplePlan = (overrides: Partial<Plan> = {}): KeyPlan => ({
  format: 'quorate-plan/1',
  mode: 'rehearsal',
  ceremony: { kind: 'root-key-generation', title: 'Example Root 2026', organisation: 'Example Trust', place: 'Room 4, Harbour Street 12, Hamburg', date: '2026-11-24' },
  people: samplePeople(),
  quorum: { threshold: 3, shares: 5 },
  key: { label: 'example-root-2026', profile: 'ec-p384', backup: { kind: 'split' } },
  certificate: { subject: { commonName: 'Example Root CA 2026', organization: 'Example Trust', country: 'DE' }, notBefore: '2026-11-24T00:00:00Z', notAfter: '2046-11-23T23:59:59Z' },
  hsm: { module: { path: '/usr/lib/softhsm/libsofthsm2.so', sha256: '5a'.repeat(32) as Sha256Hex }, serial: '8f2c41d09be3a776', secondSerial: '13b0d7e52c9f4a68', software: true },
  pin: { control: 'halves', first: 'maria' as PersonId, second: 'walter' as PersonId },
  sheets: { paper: 'A4', printer: { kind: 'folder' } },
  media: 2,
  ...overrides as Partial<KeyPlan>,
});
