import { CreateBackupCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Action, CreateAction } from '../../model/action.ts';
import { type Failure, ownFailure } from '../../model/failure.ts';
import type { NotDone, Outcome } from '../../model/outcome.ts';
import type { CallWindow, Engine, EngineAction, PitrSwitch } from '../../ports/engine.ts';
import type { Clock } from '../../ports/time.ts';
import { CallWindowError, withinWindow } from '../aws/call-window.ts';
import { type FailedCall, failureOf } from '../aws/errors.ts';
import { statedText } from '../aws/reading.ts';
import type { BackupLister } from './list-backups.ts';

const deferring =
  (reason: string) =>
  async (action: Action): Promise<Outcome> => ({
    action,
    status: 'deferred',
    failure: ownFailure('dry-run', reason),
  });

/**
 * Creates an engine that lists as the given one does, carries out the given kinds of action, and
 * defers every other for that reason.
 */
export const deferringEngine = (
  engine: Engine,
  reason: string,
  carriesOut: readonly EngineAction['kind'][] = [],
): Engine => ({
  list: (query) => engine.list(query),
  ...(engine.jobs !== undefined && { jobs: engine.jobs }),
  apply: (action, window) =>
    carriesOut.includes(action.kind) ? engine.apply(action, window) : deferring(reason)(action),
});

/** Creates a switch that defers every change for that reason. */
export const deferringPitrSwitch = (reason: string): PitrSwitch => ({ enable: deferring(reason) });

/** What making a backup needs. `once` never repeats a call whose answer was lost. */
export interface BackupMaker extends BackupLister {
  readonly once: DynamoDBClient;
  readonly clock: Clock;
}

/** Refused only at this moment; the next run finds it due again. */
const LATER = new Set([
  'BackupInUseException',
  'ContinuousBackupsUnavailableException',
  'LimitExceededException',
  'TableInUseException',
  'TableNotFoundException',
]);

const statusOf = ({ kind, name }: FailedCall): NotDone['status'] =>
  LATER.has(name) || kind === 'throttled' || kind === 'out-of-time' ? 'deferred' : 'failed';

/** Such an answer is treated as lost. */
const NAMELESS = ownFailure('answer-unusable', 'the answer names no backup', { operation: 'CreateBackup' });

const uncertain = (action: CreateAction, failure: Failure): NotDone => ({
  action,
  status: 'failed',
  failure,
  uncertain: true,
});

const SILENT: readonly string[] = ['ETIMEDOUT', 'TimeoutError'];

/** A service that answered with a failure has finished with the call. */
const unansweredBy = ({ name, status }: FailedCall): Pick<NotDone, 'unanswered'> => {
  if (status !== undefined) return {};
  return { unanswered: SILENT.includes(name) ? 'silent' : 'closed' };
};

const outcomeOf = (action: CreateAction, failed: FailedCall): Outcome =>
  failed.kind === 'ambiguous'
    ? { ...uncertain(action, failed.failure), ...unansweredBy(failed) }
    : { action, status: statusOf(failed), failure: failed.failure };

/**
 * Makes the backup of an action whose claim is held, inside the window only. Retries only
 * throttling, which makes nothing. After a lost answer, or one that names no backup, the outcome is
 * uncertain: the caller looks it up once the call has settled.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateBackup.html (checked 2026-11-22)
 */
export const createBackup = async (
  { once, clock }: Pick<BackupMaker, 'once' | 'clock'>,
  action: CreateAction,
  window: CallWindow,
): Promise<Outcome> => {
  try {
    const command = new CreateBackupCommand({ TableName: action.table, BackupName: action.name });
    const { BackupDetails } = await once.send(withinWindow(command, clock, window));
    const arn = statedText(BackupDetails?.BackupArn);
    if (arn === undefined) return uncertain(action, NAMELESS);
    return { action, status: 'done', reason: `the service is making ${arn}` };
  } catch (error) {
    if (error instanceof CallWindowError)
      return { action, status: 'deferred', failure: ownFailure('outside-window', error.message) };
    return outcomeOf(action, failureOf('CreateBackup', error));
  }
};
