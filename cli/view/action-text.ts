import { amountText } from '../../shared/core/money/amount.ts';
import { earlyCold } from '../../shared/core/money/early-cold.ts';
import { PRICES } from '../../shared/core/money/prices.ts';
import { bytesOfPointsText } from '../../shared/core/text/bytes-sum.ts';
import { ageText, daysText, minuteText } from '../../shared/core/text/time.ts';
import { counted } from '../../shared/core/text/words.ts';
import type {
  Action,
  CopyAction,
  CreateAction,
  EnablePitrAction,
  ExpireAction,
} from '../../shared/model/action.ts';
import { assertNever } from '../../shared/model/errors.ts';
import type { Instant } from '../../shared/model/instant.ts';
import type { RecoveryPoint } from '../../shared/model/recovery-point.ts';
import type { Row } from './columns.ts';

/** What is planned and waits is deferred by a run. */
const withWaits = ({ reason, waits }: Pick<CreateAction | CopyAction, 'reason' | 'waits'>): string =>
  waits === undefined ? reason : `${reason}; waits: ${waits.message}`;

const createRow = (action: CreateAction): Row => [
  { text: '+', tone: 'good' },
  action.table,
  action.policy,
  minuteText(action.slot),
  withWaits(action),
];

const copyRow = (action: CopyAction): Row => [
  { text: '+', tone: 'good' },
  action.table,
  action.policy,
  minuteText(action.recoveryPoint.createdAt),
  action.destination,
  withWaits(action),
];

/** What is paid although it is deleted; nothing of what is warm. */
const coldText = (recoveryPoint: RecoveryPoint, now: Instant): string => {
  const early = earlyCold(recoveryPoint, now, PRICES);
  if (early === undefined) return '';
  return `; ${daysText(early.days)} of the 90 in cold storage are left and are paid all the same: ${amountText(early.amount)}`;
};

const expireRow = ({ table, policy, recoveryPoint, reason }: ExpireAction, now: Instant): Row => [
  { text: '-', tone: 'bad' },
  table,
  policy,
  minuteText(recoveryPoint.createdAt),
  ageText(now - recoveryPoint.createdAt),
  bytesOfPointsText([recoveryPoint]),
  `${reason}${coldText(recoveryPoint, now)}`,
];

const repairRow = ({ table, recoveryPeriodDays, reason }: EnablePitrAction): Row => [
  { text: '~', tone: 'warning' },
  table,
  daysText(recoveryPeriodDays),
  reason,
];

/**
 * Formats an action as a row: `+` creates or copies, `-` expires, `~` repairs; then what, and why. Rows of
 * one kind have the same columns.
 */
export const actionRow = (action: Action, now: Instant): Row => {
  switch (action.kind) {
    case 'create':
      return createRow(action);
    case 'copy':
      return copyRow(action);
    case 'expire':
      return expireRow(action, now);
    case 'enable-pitr':
      return repairRow(action);
    default:
      return assertNever(action);
  }
};

/** Counts actions of one kind, in the words of that kind: `3 recovery points to expire, 1.2 GB`. */
export const actionsTitle = (kind: Action['kind'], actions: readonly Action[]): string => {
  const points = counted(actions.length, 'recovery point');
  switch (kind) {
    case 'create':
      return `${points} to create`;
    case 'copy':
      return `${points} to copy`;
    case 'expire':
      return `${points} to expire, ${bytesOfPointsText(actions.flatMap(expiringOf))}`;
    case 'enable-pitr':
      return `point-in-time recovery to switch on for ${counted(actions.length, 'table')}`;
    default:
      return assertNever(kind);
  }
};

const expiringOf = (action: Action): readonly RecoveryPoint[] =>
  action.kind === 'expire' ? [action.recoveryPoint] : [];
