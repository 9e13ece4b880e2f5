import {
  DeleteRecoveryPointCommand,
  DescribeRecoveryPointCommand,
  type DescribeRecoveryPointCommandOutput,
} from '@aws-sdk/client-backup';
import type { ExpireAction } from '../../../model/action.ts';
import { type Failure, ownFailure } from '../../../model/failure.ts';
import type { Outcome } from '../../../model/outcome.ts';
import { isCopy, type RecoveryPoint } from '../../../model/recovery-point.ts';
import { isFields } from '../../../model/shape.ts';
import { partitionOf, tableArn } from '../../../model/target.ts';
import { isKeptByAwsBackup } from '../../../model/vault-arn.ts';
import { parsePointTag } from '../../../model/vault-tag.ts';
import type { CallWindow } from '../../../ports/engine.ts';
import { CallWindowError, withinWindow } from '../../aws/call-window.ts';
import { type FailedCall, failureOf } from '../../aws/errors.ts';
import { statedInstant, statedText } from '../../aws/reading.ts';
import { readPointTag } from './point-origin.ts';
import type { VaultParts } from './vault-clients.ts';

const GOOD: readonly unknown[] = ['AVAILABLE', 'COMPLETED'];

/** Refused only at this moment; the next run finds it due again. */
const LATER = new Set(['InvalidResourceStateException', 'ServiceUnavailableException']);

/** What keeps a recovery point whoever asks. Codes differ, and two of them are also those of other refusals. */
const HELD = /legal hold|vault lock|vault is locked|minimum retention|explicit deny in a resource-based/i;

const isHeld = ({ failure }: FailedCall): boolean => HELD.test(failure.message);

const outcomeOf = (action: ExpireAction, failed: FailedCall): Outcome => {
  const { cutShort, failure, kind, name } = failed;
  if (kind === 'not-found')
    return { action, status: 'done', reason: 'the recovery point is not there any more' };
  if (isHeld(failed))
    return {
      action,
      status: 'deferred',
      failure: ownFailure('held', 'a lock or a hold keeps it', { because: failure }),
    };
  if (LATER.has(name) || kind === 'throttled' || kind === 'out-of-time' || cutShort === true)
    return { action, status: 'deferred', failure };
  return { action, status: kind === 'refused' ? 'refused' : 'failed', failure };
};

/** Each listed fact, as listed and as it is now. All must agree, or this is not the recovery point that was decided on. */
const changesOf = (
  listed: RecoveryPoint,
  now: DescribeRecoveryPointCommandOutput,
  arnOfTable: string,
): readonly string[] => {
  const facts: readonly (readonly [what: string, before: unknown, after: unknown])[] = [
    ['ARN', listed.id, now.RecoveryPointArn],
    ['table', arnOfTable, now.ResourceArn],
    ['creation', listed.createdAt, statedInstant(now.CreationDate)],
  ];
  const changed = facts
    .filter(([, before, after]) => before !== after)
    .map(([what]) => `its ${what} is another one`);
  // A backup plan's is never this deployment's, whatever was noted of it.
  if (isFields(now.CreatedBy) && statedText(now.CreatedBy.BackupPlanId) !== undefined)
    return [...changed, 'a backup plan made it'];
  return GOOD.includes(now.Status) ? changed : [...changed, `it is ${now.Status ?? 'in no status'}`];
};

const changed = (action: ExpireAction, message: string): Outcome => ({
  action,
  status: 'refused',
  failure: ownFailure('backup-changed', `the recovery point is not what was listed: ${message}`),
});

/** A denial stays until somebody ends it, so a person has to hear of it; everything else is asked for again at the next run. */
const unreadMark = (action: ExpireAction, failure: Failure): Outcome => ({
  action,
  status: failure.kind === 'call' && failure.denial !== undefined ? 'failed' : 'deferred',
  failure,
});

/** SAFETY: a mark that is not what it was listed as proves nothing, and neither does one that cannot be read. */
const remarked = async (parts: VaultParts, action: ExpireAction): Promise<Outcome | undefined> => {
  const { id, location, origin, tableId } = action.recoveryPoint;
  if (!isKeptByAwsBackup(id)) return undefined;
  const tag = await readPointTag(parts, {
    id,
    vault: { target: location.target, name: location.vault ?? '' },
  });
  if ('unread' in tag) return unreadMark(action, tag.unread);
  if (tag.value === undefined) return undefined;
  const mark = parsePointTag(tag.value, partitionOf(parts.target));
  const isSame =
    mark !== undefined &&
    mark.tableId === tableId &&
    mark.origin.instance === origin?.instance &&
    mark.origin.policy === origin.policy &&
    mark.origin.slot === origin.slot;
  return isSame ? undefined : changed(action, 'its tag says that it is another one');
};

const recheck = async (parts: VaultParts, action: ExpireAction): Promise<Outcome | undefined> => {
  const { recoveryPoint } = action;
  const { id, location, tableName } = recoveryPoint;
  try {
    const command = new DescribeRecoveryPointCommand({
      BackupVaultName: location.vault,
      RecoveryPointArn: id,
    });
    const answer = await parts.clientIn(location.target.region).send(command);
    const [first] = changesOf(recoveryPoint, answer, tableArn(tableName, parts.target));
    return first === undefined ? await remarked(parts, action) : changed(action, first);
  } catch (error) {
    return outcomeOf(action, failureOf('DescribeRecoveryPoint', error));
  }
};

const NOT_A_COPY = 'a copy is deleted by AWS Backup alone, when its time is over';

/**
 * SAFETY: reads the recovery point and its mark again and asks for its deletion only if both are still what was listed; one that differs in any way is
 * refused and stays. AWS Backup deletes later, and answers the same where it may not: the next run sees whether it is gone. What a lock, a legal
 * hold or the vault's policy keeps is deferred.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_DeleteRecoveryPoint.html (not verified)
 */
export const deleteVaultPoint = async (
  parts: VaultParts,
  action: ExpireAction,
  window: CallWindow,
): Promise<Outcome> => {
  const { id, location } = action.recoveryPoint;
  if (isCopy(action.recoveryPoint, parts.target)) return changed(action, NOT_A_COPY);
  const notNow = await recheck(parts, action);
  if (notNow !== undefined) return notNow;
  try {
    const command = new DeleteRecoveryPointCommand({ BackupVaultName: location.vault, RecoveryPointArn: id });
    await parts.clientIn(location.target.region).send(withinWindow(command, parts.clock, window));
    return { action, status: 'done', reason: `${action.reason}; AWS Backup deletes it from now on` };
  } catch (error) {
    if (error instanceof CallWindowError)
      return { action, status: 'deferred', failure: ownFailure('outside-window', error.message) };
    return outcomeOf(action, failureOf('DeleteRecoveryPoint', error));
  }
};
