import { bytesText } from '../../shared/core/text/bytes.ts';
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
import type { Row } from './columns.ts';

const createRow = ({ table, policy, slot, reason }: CreateAction): Row => [
  { text: '+', tone: 'good' },
  table,
  policy,
  minuteText(slot),
  reason,
];

const copyRow = ({ table, policy, recoveryPoint, destination, reason }: CopyAction): Row => [
  { text: '+', tone: 'good' },
  table,
  policy,
  minuteText(recoveryPoint.createdAt),
  destination,
  reason,
];

const expireRow = ({ table, policy, recoveryPoint, reason }: ExpireAction, now: Instant): Row => [
  { text: '-', tone: 'bad' },
  table,
  policy,
  minuteText(recoveryPoint.createdAt),
  ageText(now - recoveryPoint.createdAt),
  bytesText(recoveryPoint.sizeBytes),
  reason,
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
      return `${points} to expire, ${bytesText(actions.reduce((sum, action) => sum + sizeOf(action), 0))}`;
    case 'enable-pitr':
      return `point-in-time recovery to switch on for ${counted(actions.length, 'table')}`;
    default:
      return assertNever(kind);
  }
};

const sizeOf = (action: Action): number => (action.kind === 'expire' ? action.recoveryPoint.sizeBytes : 0);
