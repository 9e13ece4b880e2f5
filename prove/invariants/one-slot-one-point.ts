import { originOf } from '../truth/names.ts';
import { TOLERANCE_MS } from '../truth/own.ts';
import type { Made } from '../world/record.ts';
import type { Invariant } from './invariant.ts';
import { claimsFailed, slotKey } from './life.ts';

// Exempt are two cases of a wrong clock. A recovery point that was made before its slot came, by a clock that runs ahead, is not of that slot,
// whose data it cannot hold: when the slot comes it is due, and its recovery point bears the same name. And a clock that runs far behind takes
// an old slot for the latest; where its recovery point has expired since, it is made again, one copy too many and none too few.

const isOfItsSlot = ({ name, createdAt }: Made): boolean =>
  (originOf(name)?.slot ?? Number.POSITIVE_INFINITY) <= createdAt + TOLERANCE_MS;

/** A list may show a recovery point so much later, and runs so close to one another are as good as at once. */
const LAG_MS = 2 * 60_000;

const areClose = (all: readonly Made[]): boolean => {
  const times = all.map(({ at }) => at);
  return Math.max(...times) - Math.min(...times) <= LAG_MS;
};

/**
 * 7. One slot, one recovery point, for each incarnation of a table and each policy; unless a person deleted the first, or two runs at once of which
 * one could not write its claim made one each: a second copy costs money, none costs data.
 */
export const oneSlotOnePoint: Invariant = (run, { made: earlier, takenAway, unclaimed }) => {
  const { made, skewMs, overlapped, before: scene } = run;
  const there = new Set(skewMs < 0 ? scene.backups.map(({ arn }) => arn) : []);
  const isGone = ({ arn }: Made): boolean => takenAway.has(arn) || (skewMs < 0 && !there.has(arn));
  const all = Map.groupBy(made.filter(isOfItsSlot), slotKey);
  return [...all].flatMap(([key, now]) => {
    const before = (earlier.get(key) ?? []).filter((one) => isOfItsSlot(one) && !isGone(one));
    const count = before.length + now.length;
    const [one] = now;
    const isAtOnce = overlapped || areClose([...before, ...now]);
    const isTwoAtOnce = isAtOnce && (claimsFailed(run) || unclaimed.has(key));
    return count > 1 && one !== undefined && !isTwoAtOnce
      ? [
          `${one.name} of ${one.tableName} was made ${count} times, at ${[...before, ...now].map(({ at }) => new Date(at).toISOString()).join(' and ')}`,
        ]
      : [];
  });
};
