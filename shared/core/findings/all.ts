import type { Finding } from '../../model/finding.ts';
import { backupStuck } from './backup-stuck.ts';
import type { Check } from './check.ts';
import type { CheckContext } from './context.ts';
import { coverageDropped } from './coverage-dropped.ts';
import { fromTheFuture } from './from-the-future.ts';
import { guardrailRefusal } from './guardrail-refusal.ts';
import { holdLifted } from './hold-lifted.ts';
import { holdUnclear } from './hold-unclear.ts';
import { muteRefused } from './mute-refused.ts';
import { muted } from './muted.ts';
import { noConfirmedSubscription } from './no-confirmed-subscription.ts';
import { noLongerProtected } from './no-longer-protected.ts';
import { observationGap } from './observation-gap.ts';
import { pitrOff } from './pitr-off.ts';
import { pitrWindowRestarted } from './pitr-window-restarted.ts';
import { pitrWindowShort } from './pitr-window-short.ts';
import { protectionChanged } from './protection-changed.ts';
import { recoveryPointOverdue } from './recovery-point-overdue.ts';
import { recoveryPointsOfLostTable } from './recovery-points-of-lost-table.ts';
import { recoveryPointsVanished } from './recovery-points-vanished.ts';
import { recoveryPointsWithoutPolicy } from './recovery-points-without-policy.ts';
import { restorableLag } from './restorable-lag.ts';
import { subscriberUnreached } from './subscriber-unreached.ts';
import { tableDeleted } from './table-deleted.ts';
import { tableInaccessible } from './table-inaccessible.ts';
import { tableReplaced } from './table-replaced.ts';
import { unknownPolicy } from './unknown-policy.ts';
import { unscheduledRecoveryPoints } from './unscheduled-recovery-points.ts';
import { untaggedTables } from './untagged-tables.ts';

/** Every check there is, one for each kind of finding that an observation can show. What outcomes show is in `outcomes.ts`. */
export const ALL_CHECKS: readonly Check[] = [
  backupStuck,
  coverageDropped,
  fromTheFuture,
  guardrailRefusal,
  holdLifted,
  holdUnclear,
  muteRefused,
  muted,
  noConfirmedSubscription,
  noLongerProtected,
  observationGap,
  pitrOff,
  pitrWindowRestarted,
  pitrWindowShort,
  protectionChanged,
  recoveryPointOverdue,
  recoveryPointsOfLostTable,
  recoveryPointsVanished,
  recoveryPointsWithoutPolicy,
  restorableLag,
  subscriberUnreached,
  tableDeleted,
  tableInaccessible,
  tableReplaced,
  unknownPolicy,
  unscheduledRecoveryPoints,
  untaggedTables,
];

const byId = (a: Finding, b: Finding): number => (a.id < b.id ? -1 : 1);

/** Given all that is known, returns everything that is wrong, sorted by id; what mutes counts the others, and so comes last. At the edge: empty when nothing is, as far as was seen. */
export const findingsOf = (context: CheckContext): readonly Finding[] => {
  const found = ALL_CHECKS.filter((check) => check !== muted).flatMap((check) => check.find(context));
  return [...found, ...muted.find({ ...context, found })].toSorted(byId);
};
