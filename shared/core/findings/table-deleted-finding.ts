import { type Finding, findingId } from '../../model/finding.ts';
import type { OpenFinding } from '../../model/memory.ts';
import { isPassingTable } from '../../model/passing-table.ts';
import type { RecoveryPoint } from '../../model/recovery-point.ts';
import { isKnownDeleted, type LostTable } from '../protection/deletions.ts';
import { isUnaware, NO_POINTS } from '../protection/known-deletion.ts';
import { shortHash } from '../text/digest.ts';
import { utcText } from '../text/time.ts';
import { advisedFor } from './advised.ts';
import { lostTableAdvice, lostTableNeeds } from './lost-table-advice.ts';
import {
  copiesText,
  type DeletionScope,
  endsText,
  leftOf,
  pointsText,
  systemDenials,
  systemText,
  vaultLossText,
} from './lost-table-text.ts';
import { replicaText } from './replica-text.ts';

/**
 * Marks that the finding also covers the loss of the table's recovery points, so that a later loss is reported again.
 */
const subjectsIn = (available: readonly RecoveryPoint[], { copies = [] }: LostTable): readonly string[] =>
  available.length + copies.length === 0 ? [shortHash(NO_POINTS)] : [];

const isNothingLeft = ({ replica, systemGap }: LostTable, best: string | undefined): boolean =>
  best === undefined && systemGap === undefined && (replica?.standsIn.length ?? 0) === 0;

/** Dated, because the finding stays as it is once the table is gone. */
const goneText = ({ isLeaving }: LostTable, now: number): string =>
  isLeaving === true ? `is being deleted, as of ${utcText(now)}` : 'was deleted';

const findingOf = (lost: LostTable, scope: DeletionScope): Finding => {
  const { name } = lost;
  const { now } = scope;
  const { available, living, best } = leftOf(lost, now);
  return {
    id: findingId('table-deleted', name),
    kind: 'table-deleted',
    severity: isNothingLeft(lost, best) ? 'critical' : 'warning',
    table: name,
    fact: `${name}, which a policy keeps, ${goneText(lost, now)}.${replicaText(lost.replica)} ${pointsText(available, lost)}${available.length === 0 ? '' : endsText(lost, scope)}${vaultLossText(lost)}${copiesText(lost)} ${systemText(lost, scope)}`,
    measured: 'deleted',
    promised: 'kept recoverable',
    since: living?.createdAt ?? now,
    ...advisedFor(
      name,
      (table) => lostTableAdvice(lost, table, best, scope),
      lostTableNeeds(lost, best, scope),
    ),
    ...systemDenials(lost),
    subjects: subjectsIn(available, lost),
  };
};

const emptiedOf = (lost: LostTable, scope: DeletionScope): Finding => {
  const finding = findingOf(lost, scope);
  const left = finding.severity === 'critical' ? ' Nothing is left to restore it from.' : '';
  const { endedAt } = lost;
  const who =
    endedAt === undefined
      ? 'Tablekeeper did not delete them'
      : `AWS Backup deleted the last of them by ${utcText(endedAt)}, the end that it was given when it was made`;
  return {
    ...finding,
    fact:
      `${lost.name}, which a policy keeps, was deleted, and its last recovery points are gone since; ${who}.${replicaText(lost.replica)} ` +
      `${systemText(lost, scope)}${left}`,
    measured: 'deleted, its recovery points as well',
  };
};

/**
 * Returns one finding per table whose deletion was reported and whose last recovery points have gone since: a warning
 * while DynamoDB's own backup exists, critical when nothing is left.
 */
export const tablesEmptied = (
  lost: readonly LostTable[],
  openFindings: readonly OpenFinding[],
  scope: DeletionScope,
): readonly Finding[] =>
  lost
    .filter((table) => leftOf(table, scope.now).available.length === 0)
    .filter(({ name }) => openFindings.some((open) => open.table === name && isUnaware(open, scope.now)))
    .map((table) => emptiedOf(table, scope));

/**
 * Returns one finding per deleted table that a policy should have kept: what is left of it, and until when. A loss that
 * is already open is not found a second time, and tables of AWS Backup's restore tests are ignored because they come
 * and go.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/PointInTimeRecovery_Howitworks.html (checked 2026-11-22)
 */
export const tablesDeleted = (
  lost: readonly LostTable[],
  openFindings: readonly OpenFinding[],
  scope: DeletionScope,
): readonly Finding[] =>
  lost
    .filter(
      ({ name, wasGoverned }) =>
        wasGoverned && !isPassingTable(name) && !isKnownDeleted(name, openFindings, scope.memory, scope.now),
    )
    .map((table) => findingOf(table, scope));
