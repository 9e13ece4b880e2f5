import type { Finding, FindingKind } from '../../model/finding.ts';
import type { Outcome } from '../../model/outcome.ts';
import { alsoBackedUp } from './also-backed-up.ts';
import { backupJobFailed } from './backup-job-failed.ts';
import { backupJobWithIssues } from './backup-job-with-issues.ts';
import { backupKeyEnding } from './backup-key-ending.ts';
import { backupKeyUnusable } from './backup-key-unusable.ts';
import { backupKeysUnchecked } from './backup-keys-unchecked.ts';
import { backupSettingsOff } from './backup-settings-off.ts';
import { backupStuck } from './backup-stuck.ts';
import { backupsFailing } from './backups-failing.ts';
import type { CheckContext } from './context.ts';
import { copiesVanished } from './copies-vanished.ts';
import { copyFailing } from './copy-failing.ts';
import { copyImpossible } from './copy-impossible.ts';
import { copyOverdue } from './copy-overdue.ts';
import { coverageDropped } from './coverage-dropped.ts';
import { deletedTableEnded } from './deleted-table-ended.ts';
import { deletedTableEnding } from './deleted-table-ending.ts';
import { drillCapReached } from './drill-cap-reached.ts';
import { drillFailed } from './drill-failed.ts';
import { drillNameTagged } from './drill-name-tagged.ts';
import { drillOverdue } from './drill-overdue.ts';
import { drillProvesLess } from './drill-proves-less.ts';
import { drillTableLeftOver } from './drill-table-left-over.ts';
import { expiriesFailing } from './expiries-failing.ts';
import { fromTheFuture } from './from-the-future.ts';
import { guardrailRefusal } from './guardrail-refusal.ts';
import { holdLifted } from './hold-lifted.ts';
import { holdUnclear } from './hold-unclear.ts';
import { jobStuck } from './job-stuck.ts';
import type { Attempt, AttemptedKind, KeepSight, Kept, KindTraits, ObservedKind } from './kind.ts';
import { lostTableEnding } from './lost-table-ending.ts';
import { muteRefused } from './mute-refused.ts';
import { muted } from './muted.ts';
import { noConfirmedSubscription } from './no-confirmed-subscription.ts';
import { noLongerProtected } from './no-longer-protected.ts';
import { observationGap } from './observation-gap.ts';
import { pitrOff } from './pitr-off.ts';
import { pitrRepairFailing } from './pitr-repair-failing.ts';
import { pitrWindowRestarted } from './pitr-window-restarted.ts';
import { pitrWindowShort } from './pitr-window-short.ts';
import { policyTagUnclear } from './policy-tag-unclear.ts';
import { protectionChanged } from './protection-changed.ts';
import { recoveryPointOverdue } from './recovery-point-overdue.ts';
import { recoveryPointsEnding } from './recovery-points-ending.ts';
import { recoveryPointsNotDeleted } from './recovery-points-not-deleted.ts';
import { recoveryPointsOfLostTable } from './recovery-points-of-lost-table.ts';
import { recoveryPointsUnproven } from './recovery-points-unproven.ts';
import { recoveryPointsVanished } from './recovery-points-vanished.ts';
import { recoveryPointsWithoutPolicy } from './recovery-points-without-policy.ts';
import { restorableLag } from './restorable-lag.ts';
import { restoreSlowerThanRto } from './restore-slower-than-rto.ts';
import { subscriberUnreached } from './subscriber-unreached.ts';
import { tableDeleted } from './table-deleted.ts';
import { tableInaccessible } from './table-inaccessible.ts';
import { tableReplaced } from './table-replaced.ts';
import { tableShrunk } from './table-shrunk.ts';
import { unknownPolicy } from './unknown-policy.ts';
import { unscheduledRecoveryPoints } from './unscheduled-recovery-points.ts';
import { untaggedTables } from './untagged-tables.ts';
import { vaultKeyUnusable } from './vault-key-unusable.ts';
import { vaultLockRefuses } from './vault-lock-refuses.ts';
import { vaultLockedForGood } from './vault-locked-for-good.ts';
import { vaultMissing } from './vault-missing.ts';
import { vaultPolicyDenies } from './vault-policy-denies.ts';
import { vaultRoleUnusable } from './vault-role-unusable.ts';
import { vaultUnchecked } from './vault-unchecked.ts';
import { vaultUnguarded } from './vault-unguarded.ts';
import { waitingForFirstTable } from './waiting-for-first-table.ts';

/** The kinds that are seen in what drills came to: while one is open, that is read. */
export const DRILL_KINDS: readonly FindingKind[] = [
  'drill-cap-reached',
  'drill-failed',
  'drill-overdue',
  'drill-proves-less',
  'drill-table-left-over',
  'restore-slower-than-rto',
];

/** Every kind that an observation shows. */
export const OBSERVED_KINDS: readonly ObservedKind[] = [
  alsoBackedUp,
  backupJobFailed,
  backupJobWithIssues,
  backupKeyEnding,
  backupKeyUnusable,
  backupKeysUnchecked,
  backupSettingsOff,
  backupStuck,
  copiesVanished,
  copyFailing,
  copyImpossible,
  copyOverdue,
  coverageDropped,
  deletedTableEnded,
  deletedTableEnding,
  drillCapReached,
  drillFailed,
  drillNameTagged,
  drillOverdue,
  drillProvesLess,
  drillTableLeftOver,
  fromTheFuture,
  guardrailRefusal,
  holdLifted,
  holdUnclear,
  jobStuck,
  lostTableEnding,
  muteRefused,
  muted,
  noConfirmedSubscription,
  noLongerProtected,
  observationGap,
  pitrOff,
  pitrWindowRestarted,
  pitrWindowShort,
  policyTagUnclear,
  protectionChanged,
  recoveryPointOverdue,
  recoveryPointsEnding,
  recoveryPointsNotDeleted,
  recoveryPointsOfLostTable,
  recoveryPointsUnproven,
  recoveryPointsVanished,
  recoveryPointsWithoutPolicy,
  restorableLag,
  restoreSlowerThanRto,
  subscriberUnreached,
  tableDeleted,
  tableInaccessible,
  tableReplaced,
  tableShrunk,
  unknownPolicy,
  unscheduledRecoveryPoints,
  untaggedTables,
  vaultKeyUnusable,
  vaultLockedForGood,
  vaultLockRefuses,
  vaultMissing,
  vaultPolicyDenies,
  vaultRoleUnusable,
  vaultUnchecked,
  vaultUnguarded,
  waitingForFirstTable,
];

/** Every kind that only the outcomes of actions show, one for each kind of action. */
export const ATTEMPTED_KINDS: readonly AttemptedKind[] = [backupsFailing, expiriesFailing, pitrRepairFailing];

/** Every kind of finding, by name; the source of everything that depends on a kind. */
export const CATALOGUE: ReadonlyMap<string, KindTraits> = new Map(
  [...OBSERVED_KINDS, ...ATTEMPTED_KINDS].map((kind) => [kind.kind, kind]),
);

/** Selects the names of kinds by what the catalogue says of them. */
export const kindsThat = (has: (kind: KindTraits) => boolean): ReadonlySet<string> =>
  new Set([...CATALOGUE.values()].filter(has).map(({ kind }) => kind));

/** SAFETY: while one of these is open, nothing of its table expires. */
export const STOPPING_EXPIRY: ReadonlySet<string> = kindsThat(({ stopsExpiry }) => stopsExpiry === true);

const NEVER_MUTED: ReadonlySet<string> = kindsThat(({ neverMuted }) => neverMuted === true);

/** Whether a mute of its table suppresses a kind of finding. */
export const isMutable = (kind: FindingKind): boolean => !NEVER_MUTED.has(kind);

const byId = (a: Finding, b: Finding): number => (a.id < b.id ? -1 : 1);

/** Selects the kinds that can find something in what was looked at. */
const kindsFor = ({ observation }: Pick<CheckContext, 'observation'>): readonly ObservedKind[] =>
  OBSERVED_KINDS.filter(({ findsFrom = [] }) =>
    findsFrom.every((facet) => observation.facets.includes(facet)),
  );

/**
 * Finds everything that an observation shows to be wrong, sorted by id. `muted` counts the other findings and therefore
 * runs last.
 */
export const findingsOf = (context: CheckContext): readonly Finding[] => {
  const others = kindsFor(context).filter((kind) => kind !== muted);
  const found = others.flatMap((kind) => kind.find(context));
  const heldBack = [...context.openFindings, ...found].filter(({ kind }) => isMutable(kind));
  return [...found, ...muted.find({ ...context, heldBack })].toSorted(byId);
};

/** SAFETY: the recovery points that findings keep from expiring. Collects those that any kind keeps or kept, by id. */
export const keptByFindings = (sight: KeepSight): ReadonlyMap<string, Kept> =>
  new Map(kindsFor(sight).flatMap((kind) => (kind.keeps?.(sight) ?? []).map((kept) => [kept.id, kept])));

/** Returns the ids of findings that a run found and repaired. */
export const repairedIn = (found: readonly Finding[], outcomes: readonly Outcome[]): ReadonlySet<string> => {
  const done = outcomes.filter(({ status }) => status === 'done').map(({ action }) => action);
  const isRepaired = ({ kind, table }: Finding): boolean =>
    done.some((action) => action.kind === CATALOGUE.get(kind)?.repairedBy && action.table === table);
  return new Set(found.filter(isRepaired).map(({ id }) => id));
};

/**
 * Finds what went wrong with a run's actions, sorted by id. A refusal counts as a failure; a deferred action does not.
 */
export const findingsOfOutcomes = (attempt: Attempt): readonly Finding[] =>
  ATTEMPTED_KINDS.flatMap((kind) => kind.find(attempt)).toSorted(byId);
