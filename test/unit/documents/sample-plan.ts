/** One plan for the document tests: software tokens, rehearsal, 3 of 5. */
import type { Sha256Hex } from '../../../shared/brand.ts';
import type { Plan } from '../../../shared/ceremony/plan-schema.ts';
import { samplePeople } from '../../support/sample-people.ts';

export const samplePlan = (change: Partial<Plan> = {}): Plan => ({
  format: 'quorate-plan/1', mode: 'rehearsal',
  ceremony: { kind: 'root-key-generation', title: 'Root key of Example Trust', organisation: 'Example Trust', place: 'Room 2.14, Utrecht', date: '2027-03-02' },
  people: samplePeople(5), quorum: { threshold: 3, shares: 5 },
  key: { label: 'Root 2027', profile: 'ec-p384', backup: { kind: 'split' } },
  certificate: { subject: { commonName: 'REHEARSAL Example Trust Root 2027', organization: 'Example Trust', country: 'NL' }, notBefore: '2027-03-02T00:00:00Z', notAfter: '2042-03-01T23:59:59Z' },
  hsm: { module: { path: '/usr/lib/softhsm/libsofthsm2.so', sha256: 'ab'.repeat(32) as Sha256Hex }, serial: '53a1c90be7d24f16', secondSerial: '9b07e2dd1485ac3f', software: true },
  pin: { control: 'halves', first: 'maria' as Plan['people'][number]['id'], second: 'walter' as Plan['people'][number]['id'] },
  sheets: { paper: 'A4', printer: { kind: 'folder' } }, media: 2,
  ...change,
});
