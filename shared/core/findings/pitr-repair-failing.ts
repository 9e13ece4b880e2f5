import type { EnablePitrAction } from '../../model/action.ts';
import { advise } from '../../model/advice.ts';
import { type Finding, findingId } from '../../model/finding.ts';
import type { Instant } from '../../model/instant.ts';
import { repairReason } from '../scene/pitr.ts';
import { explainCommand, runCommand } from '../text/commands.ts';
import { failureFix } from '../text/failure-fix.ts';
import { daysText } from '../text/time.ts';
import { failuresText } from '../text/words.ts';
import { advisedFor } from './advised.ts';
import { causedBy } from './cause.ts';
import { type AttemptedKind, type FailedAction, failedActions } from './kind.ts';

declare module '../../model/finding.ts' {
  interface FindingKinds {
    readonly 'pitr-repair-failing': true;
  }
}

const idOf = (table: string): string => findingId('pitr-repair-failing', table);

const findingOf = ({ action, status, failure }: FailedAction<EnablePitrAction>, now: Instant): Finding => {
  const { table, recoveryPeriodDays } = action;
  const days = daysText(recoveryPeriodDays);
  return {
    id: idOf(table),
    kind: 'pitr-repair-failing',
    severity: 'critical',
    table,
    ...causedBy([failure]),
    fact: `Point-in-time recovery of ${table} could not be set to ${days}: ${failuresText([failure])}.`,
    measured: status,
    promised: `on, ${days}`,
    since: now,
    ...advisedFor(table, (name) =>
      advise(
        `Every audit tries again. ${failureFix([failure], 'Check that the role may call dynamodb:UpdateContinuousBackups.')} Then:`,
        explainCommand(name),
        runCommand('audit'),
      ),
    ),
  };
};

/** Finds tables whose point-in-time recovery should have been repaired under their policy but was not. */
export const pitrRepairFailing: AttemptedKind<'pitr-repair-failing'> = {
  kind: 'pitr-repair-failing',
  title: 'PITR repair failing',
  about: 'pitr',
  attemptedIn: 'audit',
  facets: ['tags', 'details', 'pitr'],
  isNeeded: (governed) => repairReason(governed) !== undefined,
  idOf: (action) => (action.kind === 'enable-pitr' ? idOf(action.table) : undefined),
  find: ({ outcomes, now }) => failedActions(outcomes, 'enable-pitr').map((failed) => findingOf(failed, now)),
};
