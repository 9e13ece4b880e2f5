import { AHEAD_DAYS, type DeployChanges } from '../shared/core/explain/deploy-changes.ts';
import { type Amount, amountText } from '../shared/core/money/amount.ts';
import { PRICES } from '../shared/core/money/prices.ts';
import { bytesOfPointsText } from '../shared/core/text/bytes-sum.ts';
import { costCommand } from '../shared/core/text/commands.ts';
import { minuteText } from '../shared/core/text/time.ts';
import { type Deployment, wholeCommand } from '../shared/core/text/whole-command.ts';
import { counted, listed } from '../shared/core/text/words.ts';
import { assertNever } from '../shared/model/errors.ts';
import type { RecoveryPoint } from '../shared/model/recovery-point.ts';
import { commandText } from '../shared/model/shell.ts';
import type { ChangesSeen, SettledCosts } from '../shared/run/deploy-changes.ts';

const tableLine = (table: string, points: readonly RecoveryPoint[]): string => {
  const [oldest, newest] = [points[0], points.at(-1)];
  const span =
    oldest === undefined || newest === undefined || points.length === 1
      ? minuteText(oldest?.createdAt ?? 0)
      : `${minuteText(oldest.createdAt)} to ${minuteText(newest.createdAt)}`;
  return `  ${table}: ${counted(points.length, 'recovery point')} of ${span}`;
};

/** Tables in lines of their own before the rest is only counted. */
const MOST_TABLES = 20;

const expiringLines = ({ expiring, heldByGuardrail }: DeployChanges): readonly string[] => {
  const byTable = [...Map.groupBy(expiring, ({ tableName }) => tableName)].toSorted(([a], [b]) =>
    a < b ? -1 : 1,
  );
  const rest = byTable.length - MOST_TABLES;
  return [
    ...byTable.slice(0, MOST_TABLES).map(([table, points]) => tableLine(table, points)),
    ...(rest > 0 ? [`  and of ${counted(rest, 'more table', 'more tables')}`] : []),
    ...(expiring.length > 0 && heldByGuardrail
      ? ['  The guardrail would hold back what may go at once, until someone approves it.']
      : []),
  ];
};

const summaryOf = (
  { newlyGoverned, noLongerGoverned, expiring, expiringAnyway }: DeployChanges,
  isCompared: boolean,
): string => {
  const other = isCompared ? ', sooner than by the deployed policies' : '';
  const parts = [
    ...(newlyGoverned.length > 0 ? [`${counted(newlyGoverned.length, 'table')} newly governed`] : []),
    ...(noLongerGoverned.length > 0
      ? [`${counted(noLongerGoverned.length, 'table')} no longer governed`]
      : []),
    `${counted(expiring.length, 'recovery point')} would expire over the next ${AHEAD_DAYS} days${expiring.length > 0 ? ` (${bytesOfPointsText(expiring)})${other}` : ''}${expiringAnyway > 0 ? `, and ${expiringAnyway.toLocaleString('en-US')} more as before` : ''}`,
  ];
  return `This deployment: ${parts.join(', ')}.`;
};

/** Sums that lack the size of a table say of which; more than a few are only counted. */
const lacksText = (lacks: readonly string[]): string =>
  lacks.length === 0 ? '' : ` Not known, and in no sum: ${listed(lacks)}.`;

const isUnknown = ({ lacks, usd }: Amount): boolean => lacks.length > 0 && usd === 0;

const costLines = ({ deployed, given }: SettledCosts, deployment: Deployment): readonly string[] => {
  const before = deployed === undefined ? '' : `, ${amountText(deployed)} by the deployed policies`;
  const lacks = [...new Set([...given.lacks, ...(deployed?.lacks ?? [])])].toSorted();
  const costs = isUnknown(given)
    ? `What it costs once all rules are full is not known${before}`
    : `Once all rules are full it costs ${amountText(given)} a month${before}`;
  return [
    `${costs} (${PRICES.origin}, ${PRICES.readAt}).${lacksText(lacks)} What it costs month by month:`,
    `  ${commandText(wholeCommand(costCommand(), deployment))}`,
  ];
};

const namesLine = (what: string, names: readonly string[]): readonly string[] =>
  names.length === 0 ? [] : [`  ${what}: ${listed(names)}`];

/** Formats what a deployment would change, a line for each table that loses recovery points. */
export const changesLines = (seen: ChangesSeen): readonly string[] => {
  switch (seen.kind) {
    case 'same':
      return ['The policies are those that are deployed: nothing changes for any table.'];
    case 'unseen':
      return [`What this deployment would change for tables could not be looked at: ${seen.why}`];
    case 'seen':
      return [
        summaryOf(seen.changes, seen.isCompared),
        ...namesLine('newly governed', seen.changes.newlyGoverned),
        ...namesLine('no longer governed', seen.changes.noLongerGoverned),
        ...expiringLines(seen.changes),
        ...costLines(seen.settled, seen.deployment),
      ];
    default:
      return assertNever(seen);
  }
};
