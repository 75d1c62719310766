/** Times on paper: UTC, and the local time of the room where the plan names its zone. */
import { describe, expect, it } from 'vitest';
import { clock, shortClock, stamp } from '../../../electron/documents/format.ts';
import { inZone, isTimeZone, localOf, zoneWords } from '../../../electron/documents/zone.ts';
import { viewDraft } from '../../../electron/prepare/drafts.ts';
import { encodePlan, parsePlan } from '../../../shared/ceremony/parse-plan.ts';
import { localClock } from '../../../renderer/text/time.ts';
import { samplePlan } from '../../support/sample-plan.ts';

const AT = '2026-07-24T22:48:37.000Z';
const withZone = (timeZone: string): string => encodePlan(samplePlan({ ceremony: { ...samplePlan().ceremony, timeZone: 'Europe/Berlin' } })).replace('Europe/Berlin', timeZone);

describe('times of a page with a zone', () => {
  it('are UTC first, then local, with the day where it is another', () => {
    expect(inZone('Europe/Berlin', () => [clock(AT), shortClock(AT), stamp(AT), zoneWords()])).toEqual([
      '22:48:37 (00:48:37)', '22:48 (00:48)', '2026-07-24 22:48 UTC (2026-07-25 00:48 Europe/Berlin)', ['Times are UTC, with local time, Europe/Berlin, in brackets.'],
    ]);
    expect(inZone('America/New_York', () => stamp(AT))).toBe('2026-07-24 22:48 UTC (18:48 America/New_York)');
  });
  it('are UTC only without one, with one that nobody knows, and after the page', () => {
    for (const zone of [undefined, 'Mars/Olympus']) expect(inZone(zone, () => [clock(AT), stamp(AT), localOf(AT), zoneWords()])).toEqual(['22:48:37', '2026-07-24 22:48 UTC', null, []]);
    expect(() => inZone('Europe/Berlin', () => { throw new Error('page'); })).toThrow('page');
    expect(clock(AT)).toBe('22:48:37');
  });
  it('stand for nothing where there is no time', () => { expect(inZone('Europe/Berlin', () => clock(''))).toBe(''); });
  it('are on the screen’s clock too', () => {
    expect([localClock(new Date(AT), 'Asia/Kolkata'), localClock(new Date(AT), 'UTC')]).toEqual(['04:18', '22:48']);
    expect(localClock(new Date(AT), 'Mars/Olympus')).toMatch(/^\d\d:\d\d$/);
  });
});

describe('the zone of a plan', () => {
  it('is read by its form, and judged by who has the data', () => {
    expect(parsePlan(withZone('Europe/Berlin'), { draft: false }).findings).toEqual([]);
    expect(parsePlan(withZone('Europe/Berlin and so on'), { draft: false }).findings).toMatchObject([{ code: 'PLAN_FIELD', where: 'ceremony.timeZone' }]);
    expect([isTimeZone('Europe/Berlin'), isTimeZone('Mars/Olympus')]).toEqual([true, false]);
    expect(viewDraft(withZone('Mars/Olympus'), 'rehearsal').findings).toMatchObject([{ where: 'ceremony.timeZone', rule: 'time-zone-known' }]);
  });
});
