import { CreateBackupCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { CreateAction } from '../../model/action.ts';
import { CLOCK_TOLERANCE_MS, type Instant } from '../../model/instant.ts';
import type { Outcome, OutcomeStatus } from '../../model/outcome.ts';
import type { Clock } from '../../ports/clock.ts';
import type { CallWindow } from '../../ports/engine.ts';
import type { Log } from '../../ports/log.ts';
import { CallWindowError, withinWindow } from '../aws/call-window.ts';
import { type Failure, failureOf } from '../aws/errors.ts';
import { statedText } from '../aws/stated.ts';
import { listBackups } from './list-backups.ts';

/** What making a backup needs. `once` never sends a call again whose answer was lost. */
export interface BackupMaker {
  readonly dynamodb: DynamoDBClient;
  readonly once: DynamoDBClient;
  readonly clock: Clock;
  readonly log: Log;
}

/** Refused only for the moment; the next run finds it due again. */
const LATER = new Set([
  'BackupInUseException',
  'ContinuousBackupsUnavailableException',
  'LimitExceededException',
  'TableInUseException',
  'TableNotFoundException',
]);

const statusOf = ({ kind, name }: Failure): OutcomeStatus =>
  LATER.has(name) || kind === 'throttled' ? 'deferred' : 'failed';

/**
 * The answer was lost, so the list says whether the backup exists. Its name carries the slot, and the lower bound leaves room for clocks
 * that disagree.
 */
const lookUp = async (
  maker: BackupMaker,
  action: CreateAction,
  startedAt: Instant,
  reason: string,
): Promise<Outcome> => {
  const { items, gap } = await listBackups(maker, {
    table: action.table,
    since: startedAt - CLOCK_TOLERANCE_MS,
  });
  const made = items.find(
    (point) => point.name === action.name && point.tableId === action.tableId && point.status !== 'deleted',
  );
  if (made !== undefined)
    return {
      action,
      status: 'done',
      reason: `the answer was lost (${reason}) but the backup is there: ${made.id}`,
    };
  const notSeen =
    gap === undefined ? 'the backup is not in the list' : `whether it was made is not known: ${gap}`;
  return { action, status: 'failed', reason: `${reason}; ${notSeen}`, uncertain: true };
};

/** Such an answer is as good as lost. */
const NAMELESS = 'CreateBackup: the answer names no backup';

const recover = (
  maker: BackupMaker,
  action: CreateAction,
  startedAt: Instant,
  failure: Failure,
): Promise<Outcome> | Outcome =>
  failure.kind === 'ambiguous'
    ? lookUp(maker, action, startedAt, failure.reason)
    : { action, status: statusOf(failure), reason: failure.reason };

/**
 * Given an action whose claim is held, makes the backup and returns what became of it. Sent once; sent again only after throttling, which
 * makes nothing, and never outside of the window. At the edge, after a lost answer or one that names no backup, the table's backups are looked up: found is done, not found is failed and uncertain.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateBackup.html (checked 2026-11-22)
 */
export const createBackup = async (
  maker: BackupMaker,
  action: CreateAction,
  window: CallWindow,
): Promise<Outcome> => {
  const startedAt = maker.clock.now();
  try {
    const command = new CreateBackupCommand({ TableName: action.table, BackupName: action.name });
    const { BackupDetails } = await maker.once.send(withinWindow(command, maker.clock, window));
    const arn = statedText(BackupDetails?.BackupArn);
    if (arn === undefined) return await lookUp(maker, action, startedAt, NAMELESS);
    return { action, status: 'done', reason: `the service is making ${arn}` };
  } catch (error) {
    if (error instanceof CallWindowError) return { action, status: 'deferred', reason: error.message };
    return await recover(maker, action, startedAt, failureOf('CreateBackup', error));
  }
};
