// Written by `npm run kinds` from the files of this folder, each of which says what its kind is found from.
import { alsoBackedUp, alsoBackedUpFinder } from './also-backed-up.ts';
import { backupJobFailed, backupJobFailedFinder } from './backup-job-failed.ts';
import { backupJobWithIssues, backupJobWithIssuesFinder } from './backup-job-with-issues.ts';
import { backupKeyEnding, backupKeyEndingFinder } from './backup-key-ending.ts';
import { backupKeyUnusable, backupKeyUnusableFinder } from './backup-key-unusable.ts';
import { backupKeysUnchecked, backupKeysUncheckedFinder } from './backup-keys-unchecked.ts';
import { backupSettingsOff, backupSettingsOffFinder } from './backup-settings-off.ts';
import { backupStuck, backupStuckFinder } from './backup-stuck.ts';
import { backupsFailing } from './backups-failing.ts';
import { copiesVanished, copiesVanishedFinder } from './copies-vanished.ts';
import { copyFailing, copyFailingFinder } from './copy-failing.ts';
import { copyImpossible, copyImpossibleFinder } from './copy-impossible.ts';
import { copyOverdue, copyOverdueFinder } from './copy-overdue.ts';
import { coverageDropped, coverageDroppedFinder } from './coverage-dropped.ts';
import { deletedTableEnded, deletedTableEndedFinder } from './deleted-table-ended.ts';
import { deletedTableEnding, deletedTableEndingFinder } from './deleted-table-ending.ts';
import { drillCapReached, drillCapReachedFinder } from './drill-cap-reached.ts';
import { drillFailed, drillFailedFinder } from './drill-failed.ts';
import { drillNameTagged, drillNameTaggedFinder } from './drill-name-tagged.ts';
import { drillOverdue, drillOverdueFinder } from './drill-overdue.ts';
import { drillProvesLess, drillProvesLessFinder } from './drill-proves-less.ts';
import { drillTableLeftOver, drillTableLeftOverFinder } from './drill-table-left-over.ts';
import { expiriesFailing } from './expiries-failing.ts';
import { fromTheFuture, fromTheFutureFinder } from './from-the-future.ts';
import { guardrailRefusal, guardrailRefusalFinder } from './guardrail-refusal.ts';
import { holdLifted, holdLiftedFinder } from './hold-lifted.ts';
import { holdUnclear, holdUnclearFinder } from './hold-unclear.ts';
import { jobStuck, jobStuckFinder } from './job-stuck.ts';
import type { AttemptedKind, Finder, KindTraits } from './kind.ts';
import { lostTableEnding, lostTableEndingFinder } from './lost-table-ending.ts';
import { muteRefused, muteRefusedFinder } from './mute-refused.ts';
import { muted, mutedFinder } from './muted.ts';
import { noConfirmedSubscription, noConfirmedSubscriptionFinder } from './no-confirmed-subscription.ts';
import { noLongerProtected, noLongerProtectedFinder } from './no-longer-protected.ts';
import { observationGap, observationGapFinder } from './observation-gap.ts';
import { pitrOff, pitrOffFinder } from './pitr-off.ts';
import { pitrRepairFailing } from './pitr-repair-failing.ts';
import { pitrWindowRestarted, pitrWindowRestartedFinder } from './pitr-window-restarted.ts';
import { pitrWindowShort, pitrWindowShortFinder } from './pitr-window-short.ts';
import { policyTagUnclear, policyTagUnclearFinder } from './policy-tag-unclear.ts';
import { protectionChanged, protectionChangedFinder } from './protection-changed.ts';
import { recoveryPointOverdue, recoveryPointOverdueFinder } from './recovery-point-overdue.ts';
import { recoveryPointsEnding, recoveryPointsEndingFinder } from './recovery-points-ending.ts';
import { recoveryPointsNotDeleted, recoveryPointsNotDeletedFinder } from './recovery-points-not-deleted.ts';
import {
  recoveryPointsOfLostTable,
  recoveryPointsOfLostTableFinder,
} from './recovery-points-of-lost-table.ts';
import { recoveryPointsUnproven, recoveryPointsUnprovenFinder } from './recovery-points-unproven.ts';
import { recoveryPointsVanished, recoveryPointsVanishedFinder } from './recovery-points-vanished.ts';
import {
  recoveryPointsWithoutPolicy,
  recoveryPointsWithoutPolicyFinder,
} from './recovery-points-without-policy.ts';
import { restorableLag, restorableLagFinder } from './restorable-lag.ts';
import { restoreSlowerThanRto, restoreSlowerThanRtoFinder } from './restore-slower-than-rto.ts';
import { subscriberUnreached, subscriberUnreachedFinder } from './subscriber-unreached.ts';
import { tableDeleted, tableDeletedFinder } from './table-deleted.ts';
import { tableInaccessible, tableInaccessibleFinder } from './table-inaccessible.ts';
import { tableReplaced, tableReplacedFinder } from './table-replaced.ts';
import { tableShrunk, tableShrunkFinder } from './table-shrunk.ts';
import { unknownPolicy, unknownPolicyFinder } from './unknown-policy.ts';
import { unscheduledRecoveryPoints, unscheduledRecoveryPointsFinder } from './unscheduled-recovery-points.ts';
import { untaggedTables, untaggedTablesFinder } from './untagged-tables.ts';
import { vaultKeyUnusable, vaultKeyUnusableFinder } from './vault-key-unusable.ts';
import { vaultLockRefuses, vaultLockRefusesFinder } from './vault-lock-refuses.ts';
import { vaultLockedForGood, vaultLockedForGoodFinder } from './vault-locked-for-good.ts';
import { vaultMissing, vaultMissingFinder } from './vault-missing.ts';
import { vaultPolicyDenies, vaultPolicyDeniesFinder } from './vault-policy-denies.ts';
import { vaultRoleUnusable, vaultRoleUnusableFinder } from './vault-role-unusable.ts';
import { vaultUnchecked, vaultUncheckedFinder } from './vault-unchecked.ts';
import { vaultUnguarded, vaultUnguardedFinder } from './vault-unguarded.ts';
import { waitingForFirstTable, waitingForFirstTableFinder } from './waiting-for-first-table.ts';

/** Every kind that an observation shows. */
export const OBSERVED_KINDS: readonly KindTraits[] = [
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
  vaultLockRefuses,
  vaultLockedForGood,
  vaultMissing,
  vaultPolicyDenies,
  vaultRoleUnusable,
  vaultUnchecked,
  vaultUnguarded,
  waitingForFirstTable,
];

/** Every kind that only the outcomes of actions show, one for each kind of action. */
export const ATTEMPTED_KINDS: readonly AttemptedKind[] = [backupsFailing, expiriesFailing, pitrRepairFailing];

/** What any run can find. */
export const FOUND_BY_ANY_RUN: readonly Finder[] = [
  backupStuckFinder,
  coverageDroppedFinder,
  fromTheFutureFinder,
  holdUnclearFinder,
  muteRefusedFinder,
  mutedFinder,
  observationGapFinder,
  protectionChangedFinder,
  tableInaccessibleFinder,
  unknownPolicyFinder,
  waitingForFirstTableFinder,
];

/** What only runs find that look into vaults. */
export const FOUND_IN_VAULTS: readonly Finder[] = [
  alsoBackedUpFinder,
  backupJobFailedFinder,
  backupJobWithIssuesFinder,
  copiesVanishedFinder,
  copyFailingFinder,
  copyImpossibleFinder,
  copyOverdueFinder,
  jobStuckFinder,
  recoveryPointsEndingFinder,
  recoveryPointsNotDeletedFinder,
  vaultMissingFinder,
];

/** What only runs find that list all recovery points: not backups, which list the newest. */
export const FOUND_IN_WHOLE_LISTS: readonly Finder[] = [
  guardrailRefusalFinder,
  holdLiftedFinder,
  lostTableEndingFinder,
  recoveryPointOverdueFinder,
  recoveryPointsOfLostTableFinder,
  recoveryPointsUnprovenFinder,
  recoveryPointsVanishedFinder,
  tableShrunkFinder,
  unscheduledRecoveryPointsFinder,
];

/** What only runs find that know the names of all tables, or look at each: audits and hints. */
export const FOUND_BY_LOOKING_CLOSER: readonly Finder[] = [
  deletedTableEndedFinder,
  deletedTableEndingFinder,
  drillNameTaggedFinder,
  noLongerProtectedFinder,
  pitrOffFinder,
  pitrWindowRestartedFinder,
  pitrWindowShortFinder,
  policyTagUnclearFinder,
  recoveryPointsWithoutPolicyFinder,
  restorableLagFinder,
  tableDeletedFinder,
  tableReplacedFinder,
  untaggedTablesFinder,
];

/** What only audits find, because nothing else asks: drills, keys, what vaults need, and who receives messages. */
export const FOUND_BY_AUDITS: readonly Finder[] = [
  backupKeyEndingFinder,
  backupKeyUnusableFinder,
  backupKeysUncheckedFinder,
  backupSettingsOffFinder,
  drillCapReachedFinder,
  drillFailedFinder,
  drillOverdueFinder,
  drillProvesLessFinder,
  drillTableLeftOverFinder,
  noConfirmedSubscriptionFinder,
  restoreSlowerThanRtoFinder,
  subscriberUnreachedFinder,
  vaultKeyUnusableFinder,
  vaultLockRefusesFinder,
  vaultLockedForGoodFinder,
  vaultPolicyDeniesFinder,
  vaultRoleUnusableFinder,
  vaultUncheckedFinder,
  vaultUnguardedFinder,
];
