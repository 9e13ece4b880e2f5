import { type Advice, advise } from '../../model/advice.ts';
import type { DrillPhase } from '../../model/drill.ts';
import { assertNever } from '../../model/errors.ts';
import { failureText } from '../../model/failure.ts';
import { DOCTOR_COMMAND, explainCommand, logCommand } from '../text/commands.ts';
import { utcText } from '../text/time.ts';
import { counted, quotedReason } from '../text/words.ts';
import type { DrillWait } from './waits.ts';
import { MOST_AT_ONCE } from './wanted.ts';

const PHASES: Readonly<Record<DrillPhase, string>> = {
  planned: 'is planned, and nothing is asked for yet',
  started: 'waits for what AWS restores or exports',
  active: 'has its table, and puts settings back',
  settings: 'puts settings back',
  checking: 'checks what was restored',
  deleting: 'deletes what it made',
  ended: 'has ended',
};

const usdText = (usd: number): string => `$${usd.toFixed(2)}`;

/** Words what a drill waits for, as a sentence. */
export const drillWaitText = (wait: DrillWait): string => {
  switch (wait.kind) {
    case 'function':
      return wait.ranAt === undefined
        ? 'The function of drills never ran.'
        : `The function of drills last ran ${utcText(wait.ranAt)}.`;
    case 'no-bucket':
      return 'The level sampled needs a bucket, and this deployment has none.';
    case 'nothing-to-restore':
      return 'The last run found nothing of it that could be restored.';
    case 'cap':
      return `It would cost about ${usdText(wait.usd)}, and the drills of this month cost ${usdText(wait.spentUsd)} of ${usdText(wait.capUsd)} already.`;
    case 'put-off':
      return `AWS puts its restore off since ${utcText(wait.since)}: ${quotedReason(failureText(wait.failure))}.`;
    case 'under-way':
      return `Its drill of ${utcText(wait.since)} (policy ${wait.policy}) ${PHASES[wait.phase]}.`;
    case 'deletion':
      return `What its last drill made cannot be deleted since ${utcText(wait.since)}: ${quotedReason(failureText(wait.failure))}.`;
    case 'failed':
      return `The last one, which ended ${utcText(wait.at)}, failed.`;
    case 'emptied':
      return `The last one, which ended ${utcText(wait.at)}, found that the table had been emptied, and proves nothing.`;
    case 'turn':
      return `Its turn has not come: ${counted(wait.before, 'other is', 'others are')} due before it, and ${wait.underWay} of ${MOST_AT_ONCE} are under way.`;
    default:
      return assertNever(wait);
  }
};

const CAUSES: Readonly<Record<DrillWait['kind'], string>> = {
  function: 'the function of drills does not run',
  'no-bucket': 'no bucket for drills',
  'nothing-to-restore': 'nothing to restore',
  cap: 'drills reached their cap',
  'put-off': 'AWS puts restores off',
  'under-way': 'a drill under way',
  deletion: 'what a drill made is not deleted',
  failed: 'the last drill failed',
  emptied: 'the table had been emptied',
  turn: 'other drills are first',
};

/** Names what a drill waits for, the same for every table that waits for it. */
export const drillWaitCause = ({ kind }: DrillWait): string => CAUSES[kind];

/** Advises on what a drill waits for, with what shows it. */
export const drillWaitAdvice = (wait: DrillWait, table: string, functionName: string): Advice => {
  const log = logCommand(functionName);
  switch (wait.kind) {
    case 'function':
      return advise(
        'Deploy with the parameter drills=on. Where it is on, its schedule is off or its role lacks rights; see what the deployment has:',
        DOCTOR_COMMAND,
      );
    case 'no-bucket':
      return advise(
        'Deploy with the parameter drillBucket=on, or write another level. Then see that the function runs:',
        DOCTOR_COMMAND,
      );
    case 'nothing-to-restore':
      return advise('See what there is of the table, and why no backup was made:', explainCommand(table));
    case 'cap':
      return advise(
        'Raise drills.maxMonthlyUsd in the policy file, drill less often or at the level described, or let large tables out with maxSizeGb; else it waits for the next month. What every run put off:',
        log,
      );
    case 'put-off':
      return advise(
        'AWS runs fifty restores of an account at once, and refuses what it cannot do yet. It is asked for again at every run for a day. What it answers:',
        log,
      );
    case 'under-way':
      return advise('Wait for it; one that takes longer than a day fails. What every run did:', log);
    case 'deletion':
      return advise(
        'Free the table of the drill, which drill-table-left-over names, to be deleted. What every run tried:',
        log,
      );
    case 'failed':
      return advise('It is tried again a day later. Fix what it failed for; what it did:', log);
    case 'emptied':
      return advise(
        'It is made again a day later, and proves something once the table has items. What it did:',
        log,
      );
    case 'turn':
      return advise(
        'Where this stays so, ask for fewer drills: a longer interval, or the level described, which restores nothing. What every run began:',
        log,
      );
    default:
      return assertNever(wait);
  }
};
