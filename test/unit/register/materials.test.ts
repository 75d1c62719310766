import { describe, expect, it } from 'vitest';
import type { Material } from '../../../shared/ceremony/material-schema.ts';
import { materialDifferences, withMaterialsNow, type MaterialState } from '../../../shared/register/materials.ts';
import { MATERIALS, roomPlan } from '../../support/room-plan.ts';

const [hsm, computer] = MATERIALS as [Material, Material];
const seen: MaterialState = { ...hsm, bag: '0050001', from: 4, at: '2027-01-12T10:00:00.000Z', missing: false };

describe('a draft that was begun before another ceremony', () => {
  it('says of a known thing what the archive saw last, and leaves what is new to it', () => {
    const plan = roomPlan({ materials: [hsm, computer] });
    expect(materialDifferences([seen], plan)).toEqual(['hsm']);
    const now = withMaterialsNow([seen], plan);
    expect(now.materials).toEqual([{ ...hsm, bag: '0050001', from: 4 }, computer]);
    expect(materialDifferences([seen], now)).toEqual([]);
  });
  it('names no ceremony for a thing that the archive does not know', () => {
    const plan = roomPlan({ materials: [{ ...computer, from: 7 }] });
    expect(withMaterialsNow([seen], plan).materials).toEqual([computer]);
  });
  it('is the same plan where it says so already', () => {
    const plan = roomPlan({ materials: [{ ...hsm, bag: '0050001', from: 4 }, computer] });
    expect(withMaterialsNow([seen], plan)).toBe(plan);
  });
});
