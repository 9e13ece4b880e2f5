import { retain } from '../../shared/core/retention/retain.ts';
import type { Retention } from '../../shared/model/policy.ts';
import type { Dice } from '../story/dice.ts';
import type { PolicySpec } from '../story/file-spec.ts';
import { keptMoments } from '../truth/retention.ts';
import type { ClockChange } from './change.ts';

const MINUTE_MS = 60_000;

/** Recovery points in the hours around the change and days before it; the newest is near it as often as not. */
const choosePoints = ({ at }: ClockChange, dice: Dice): readonly number[] => {
  const near = Array.from({ length: dice.between(3, 14) }, () => dice.between(-240, 240));
  const before = Array.from({ length: dice.between(0, 8) }, () => -dice.between(0, 9 * 24 * 60));
  const after = dice.happens(0.5) ? [dice.between(240, 6 * 24 * 60)] : [];
  const minutes = [...new Set([...near, ...before, ...after])];
  return minutes.map((minute) => at + minute * MINUTE_MS).toSorted((a, b) => b - a);
};

type Rules = Pick<PolicySpec, 'retention' | 'withinDays' | 'withinHours'>;

/** How long ago the change is, seen from the newest, is where it matters whether a day has 24 hours. */
const chooseRules = (dice: Dice, points: readonly number[], { at }: ClockChange): Rules => {
  const backMs = Math.abs((points[0] ?? at) - at);
  const near = Math.max(1, Math.round(backMs / 3_600_000) + dice.between(-2, 2));
  const rules = [
    { hourly: dice.between(1, 6) },
    { daily: dice.between(1, 4) },
    { weekly: dice.between(1, 2) },
    { last: dice.between(1, 4) },
  ];
  return {
    retention: Object.assign({}, ...rules.filter(() => dice.happens(0.25))),
    ...(dice.happens(0.4)
      ? { withinHours: dice.oneOf([near, near, dice.between(1, 72)]) }
      : { withinDays: dice.between(1, 7), ...(dice.happens(0.3) && { withinHours: dice.between(1, 30) }) }),
  };
};

const retentionOf = ({ retention, withinDays = 0, withinHours = 0 }: Rules): Retention => ({
  ...retention,
  within: { years: 0, months: 0, days: withinDays, hours: withinHours },
});

const text = (instant: number): string => new Date(instant).toISOString().slice(0, 16);

/** Returns a sentence for each recovery point that Tablekeeper keeps and the rules' own words do not, or the other way round. */
export const wrongKeeps = (change: ClockChange, dice: Dice): readonly string[] => {
  const slots = choosePoints(change, dice);
  const rules = chooseRules(dice, slots, change);
  const { zone } = change;
  const now = (slots[0] ?? 0) + MINUTE_MS;
  const points = slots.map((slot) => ({ slot }));
  const said = retain({
    points,
    timeOf: ({ slot }) => slot,
    retention: retentionOf(rules),
    timezone: zone,
    now,
  });
  const kept = keptMoments(slots, rules, zone);
  return said
    .slice(1)
    .filter(({ point, keptBy }) => keptBy.length > 0 !== kept.has(point.slot))
    .map(
      ({ point: { slot }, keptBy }) =>
        `${JSON.stringify(rules)} in ${zone}, newest ${text(slots[0] ?? 0)}: ${text(slot)} is ${keptBy.length > 0 ? '' : 'not '}kept`,
    );
};
