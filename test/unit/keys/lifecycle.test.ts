import fc from 'fast-check';
import { expect, it } from 'vitest';
import { KEY_STATES, mayBecome } from '../../../shared/keys/lifecycle.ts';

it('is born in pre-activation and in no other state', () => {
  expect(KEY_STATES.filter((to) => mayBecome(null, to))).toEqual(['pre-activation']);
});
it('can come under suspicion in every state but the last, and be destroyed from every one', () => {
  expect(KEY_STATES.filter((from) => mayBecome(from, 'compromised'))).toEqual(['pre-activation', 'active', 'suspended', 'deactivated']);
  expect(KEY_STATES.filter((from) => mayBecome(from, 'destroyed'))).toEqual(['pre-activation', 'active', 'suspended', 'deactivated', 'compromised']);
});
it('never goes back to signing once it is deactivated, compromised or destroyed, however long it lives', () => {
  fc.assert(fc.property(fc.array(fc.constantFrom(...KEY_STATES), { maxLength: 20 }), (wishes) => {
    const lived = wishes.reduce<readonly (typeof KEY_STATES)[number][]>((all, to) => (mayBecome(all.at(-1) ?? 'pre-activation', to) ? [...all, to] : all), ['pre-activation']);
    const over = lived.findIndex((state) => state === 'deactivated' || state === 'compromised' || state === 'destroyed');
    if (over >= 0) expect(lived.slice(over).some((state) => state === 'active' || state === 'suspended' || state === 'pre-activation')).toBe(false);
    expect(lived.filter((state) => state === 'destroyed').length).toBeLessThan(2);
  }));
});
it('is suspended from active use only, and can be taken up again', () => {
  expect(KEY_STATES.filter((from) => mayBecome(from, 'suspended'))).toEqual(['active']);
  expect(KEY_STATES.filter((from) => mayBecome(from, 'active'))).toEqual(['pre-activation', 'suspended']);
});
