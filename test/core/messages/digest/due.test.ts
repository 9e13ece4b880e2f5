import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dueDigest } from '../../../../shared/core/messages/digest/message.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../../shared/model/instant.ts';
import type { DigestMemory } from '../../../../shared/model/memory.ts';

const MONDAYS = { schedule: '0 8 * * 1', timezone: 'UTC' };
/** Monday 2026-11-23, 08:00 UTC, and the Monday before. */
const SLOT = Date.UTC(2026, 10, 23, 8);
const BEFORE = SLOT - 7 * DAY_MS;

const told = (digestedSlot: number, sentAt = digestedSlot + HOUR_MS): DigestMemory => ({
  digestedSlot,
  sentAt,
  recoveryPointBytes: 0,
});

describe('a digest', () => {
  it.each([
    { name: 'is due at its slot', last: told(BEFORE), now: SLOT, due: SLOT },
    { name: 'is not due a moment before', last: told(BEFORE), now: SLOT - 1, due: undefined },
    { name: 'is due hours later, too', last: told(BEFORE), now: SLOT + 5 * HOUR_MS, due: SLOT },
    { name: 'is not due twice', last: told(SLOT), now: SLOT + 5 * HOUR_MS, due: undefined },
    { name: 'is due at once when it is the first', last: undefined, now: SLOT - DAY_MS, due: BEFORE },
    { name: 'is due once for all that were missed', last: told(SLOT - 70 * DAY_MS), now: SLOT, due: SLOT },
    {
      name: 'is not due twice where another clock, five minutes ahead at most, sent it',
      last: told(SLOT, SLOT + 5 * MINUTE_MS),
      now: SLOT,
      due: undefined,
    },
    {
      name: 'is due where a clock sent it that was further ahead',
      last: told(SLOT, SLOT + 5 * MINUTE_MS + 1),
      now: SLOT,
      due: SLOT,
    },
    {
      name: 'is due although a wrong clock has sent one in the future',
      last: told(SLOT + 700 * DAY_MS),
      now: SLOT,
      due: SLOT,
    },
  ])('$name', ({ last, now, due }) => {
    expect(dueDigest(MONDAYS, last, now)).toBe(due);
  });

  it('is never due where nobody asked for it', () => {
    expect(dueDigest(undefined, undefined, SLOT)).toBeUndefined();
  });

  it('is sent once for each Monday, whenever audits run, also where clocks change', () => {
    const schedule = { schedule: '30 2 * * 1', timezone: 'America/Santiago' };
    const waits = fc.array(fc.integer({ min: 30 * MINUTE_MS, max: 12 * HOUR_MS }), {
      minLength: 400,
      maxLength: 400,
    });
    fc.assert(
      fc.property(waits, (given) => {
        let now = Date.UTC(2026, 7, 1);
        let last: DigestMemory | undefined;
        const slots: number[] = [];
        for (const wait of given) {
          now += wait;
          const due = dueDigest(schedule, last, now);
          if (due === undefined) continue;
          slots.push(due);
          last = told(due, now);
          expect(dueDigest(schedule, last, now)).toBeUndefined();
        }
        const weeks = slots.slice(1).map((slot, at) => (slot - (slots[at] ?? slot)) / HOUR_MS);
        for (const hours of weeks) expect([167, 168, 169]).toContain(hours);
      }),
      { numRuns: 20 },
    );
  });
});
