import type { Drill } from '../../model/drill.ts';
import type { Instant } from '../../model/instant.ts';
import type { RestoreSource } from '../../model/restore.ts';
import type { NameView } from './choice.ts';
import { pointSource } from './choose-point.ts';
import type { Incarnation } from './incarnations.ts';
import { isRestorable } from './point-option.ts';
import { isFromVault } from './vault-terms.ts';

/** The table that stands: what is gone is not drilled. */
export const standingIn = ({ incarnations }: NameView): Incarnation | undefined =>
  incarnations.find(({ state }) => state === 'standing');

/** Each is proved in turn: DynamoDB's own backups, the window, and what is in a vault. */
type SourceKind = 'backup' | 'second' | 'vault';

const kindOf = (source: RestoreSource): SourceKind => {
  if (source.kind === 'point-in-time') return 'second';
  return isFromVault(source) ? 'vault' : 'backup';
};

/** SAFETY: only what this instance made: a restore of someone else's backup would be paid for unasked. */
const newestPoint = (
  { points, table }: Incarnation,
  now: Instant,
  isInVault: boolean,
): readonly RestoreSource[] => {
  const own = points.findLast(
    (point) =>
      point.madeBy === 'this-instance' &&
      isRestorable(point, now) &&
      (point.vault !== undefined) === isInVault,
  );
  return own === undefined ? [] : [pointSource(own, table)];
};

const latestSecond = ({ window, table, tableId, arn }: Incarnation): readonly RestoreSource[] =>
  window === undefined || arn === undefined
    ? []
    : [{ kind: 'point-in-time', table, tableId, tableArn: arn, second: window.to }];

/** Lists what a table can be restored from, the newest of each kind. */
export const drillSources = (view: NameView): readonly RestoreSource[] => {
  const standing = standingIn(view);
  if (standing === undefined) return [];
  return [
    ...newestPoint(standing, view.now, false),
    ...latestSecond(standing),
    ...newestPoint(standing, view.now, true),
  ];
};

/** Returns when a kind of source was last drilled; none at all comes first. */
const lastOf = (source: RestoreSource, past: readonly Drill[]): Instant =>
  past.find((drill) => kindOf(drill.source) === kindOf(source))?.plannedAt ?? 0;

/** Chooses the kind of source whose turn it is: the one that was not drilled for the longest time, so that each is proved. */
export const sourceInTurn = (
  sources: readonly RestoreSource[],
  past: readonly Drill[],
): RestoreSource | undefined => sources.toSorted((a, b) => lastOf(a, past) - lastOf(b, past))[0];
