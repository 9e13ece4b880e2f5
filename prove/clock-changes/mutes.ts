import { muteOf } from '../../shared/core/scene/mute.ts';
import { MUTE_TAG } from '../../shared/model/table.ts';
import type { Dice } from '../story/dice.ts';
import { muteEndOf } from '../truth/mutes.ts';
import type { ClockChange } from './change.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

const text = (instant: number): string => new Date(instant).toISOString().slice(0, 16);

/** Returns a sentence where a mute whose end, or whose ninety days, meet the change does not end when its own words say. */
export const wrongMutes = (change: ClockChange, dice: Dice): readonly string[] => {
  const { zone } = change;
  const days = dice.oneOf([0, 1, 89, 90, 90, 91]);
  const now = change.at - dice.between(0, days * 24 * 60) * MINUTE_MS;
  const shown = text(change.at + dice.between(-14 * 60, 14 * 60) * MINUTE_MS);
  const value = dice.happens(0.5) ? shown : text(now + days * DAY_MS).slice(0, 10);
  const policy = { name: 'gold', engine: 'dynamodb', schedule: '0 3 * * *', timezone: zone } as const;
  const policies = {
    tag: 'backup:policy',
    guardrail: { maxShare: 0.5, floor: 5 },
    policies: [{ ...policy, retention: { last: 1 }, rpoMs: 2 * DAY_MS }],
  };
  const table = { name: 'Orders', tags: { [MUTE_TAG]: value } };
  const said = muteOf(table, policies, now, undefined);
  const until = muteEndOf(value, zone, now);
  const isRight =
    said.kind === 'muted' ? said.until === Math.min(until ?? now, now + 90 * DAY_MS) : until === undefined;
  return isRight
    ? []
    : [
        `mute ${value} in ${zone} at ${text(now)}: ${JSON.stringify(said)}, not until ${until === undefined ? 'any' : text(until)}`,
      ];
};
