import { DAY_MS } from '../../model/instant.ts';
import type { Policies } from '../../model/policy.ts';
import type { KnownCopy, KnownPoint } from '../../model/vault-record.ts';
import { copyPeriodsOf } from '../scene/copy-terms.ts';
import type { Seen } from './known-copies.ts';

/** AWS lists a job for 30 days after it ended: it would have the copy there again. */
const LISTED_MS = 40 * DAY_MS;

const keyOf = ({ policy, tableId }: KnownPoint): string => `${policy} ${tableId}`;

/** The periods of a destination that a recovery point fills; none where the policy copies there no more. */
const periodsOf = (
  { policies }: Pick<Policies, 'policies'>,
  { createdAt, policy: name }: KnownPoint,
  vault: string,
): readonly string[] => {
  const policy = policies.find((one) => one.name === name);
  const destination = policy?.vault?.copyTo.find(({ vaultArn }) => vaultArn === vault);
  if (policy === undefined || destination === undefined) return [];
  return copyPeriodsOf(policy, destination, createdAt);
};

/**
 * Returns for how long what is noted of a copy whose days are over is of use: while its source is there, while AWS lists its job, and while it fills a period
 * of its destination of which something else is at home, which would be copied in its place.
 */
export const endedCopyIsOfUse = (
  atHome: readonly KnownPoint[],
  { now, policies }: Pick<Seen, 'now' | 'policies'>,
): ((point: KnownPoint, copy: KnownCopy) => boolean) => {
  const byTable = Map.groupBy(atHome, keyOf);
  const filled = new Map<string, ReadonlySet<string>>();
  const filledIn = (point: KnownPoint, vault: string): ReadonlySet<string> => {
    const key = `${keyOf(point)} ${vault}`;
    const periods =
      filled.get(key) ??
      new Set((byTable.get(keyOf(point)) ?? []).flatMap((one) => periodsOf(policies ?? NONE, one, vault)));
    filled.set(key, periods);
    return periods;
  };
  const there = new Set(atHome.map(({ id }) => id));
  return (point, { endedAt, startedAt, vault }) =>
    there.has(point.id) ||
    now - (endedAt ?? startedAt) < LISTED_MS ||
    periodsOf(policies ?? NONE, point, vault).some((period) => filledIn(point, vault).has(period));
};

const NONE: Pick<Policies, 'policies'> = { policies: [] };
