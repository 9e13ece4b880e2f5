import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  PutItemCommand,
  ResourceNotFoundException,
} from '@aws-sdk/client-dynamodb';
import { StateTableMissingError } from '../../model/errors.ts';
import { DAY_MS, SECOND_MS } from '../../model/instant.ts';
import type { Claim } from '../../ports/state-store.ts';
import type { StateTable } from './table.ts';

/** A claim, whether it may be taken over from a run that is over, and what tells this very call from every other. */
export interface ClaimCall extends Claim {
  readonly retake: boolean;
  readonly token: string;
}

/**
 * How long a claim stays in the table after it ended. A slot can be due for as long as its schedule's longest interval, a year and a leap
 * day, and until then the claim says that it was tried.
 */
const KEPT_MS = 400 * DAY_MS;

const keyOf = ({ id }: Pick<Claim, 'id'>) => ({ pk: { S: `claim#${id}` }, sk: { S: 'claim' } });

/** The token is for the SDK's retries: when the first answer was lost, the second finds its own claim and not a stranger's. */
const FREE = 'attribute_not_exists(pk) OR holder = :holder';
const FREE_OR_OVER = `${FREE} OR heldUntil < :now`;

const toItem = (claim: ClaimCall) => ({
  ...keyOf(claim),
  runId: { S: claim.runId },
  holder: { S: claim.token },
  heldUntil: { N: String(claim.heldUntil) },
  expiresAt: { N: String(Math.ceil((claim.heldUntil + KEPT_MS) / SECOND_MS)) },
});

/** What a condition answers is an answer; everything else is thrown. */
const holds = async (write: Promise<unknown>): Promise<boolean> => {
  try {
    await write;
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    if (error instanceof ResourceNotFoundException)
      throw new StateTableMissingError(error.message, { cause: error });
    throw error;
  }
};

/**
 * Given a claim, writes it unless somebody holds it and returns whether it is held by this call. At the edge a claim at its `heldUntil` is
 * still held; past it, it is taken over only where `retake` says so. The same run claiming twice is told no: a run delivered twice has
 * one id.
 */
export const claimSlot = ({ client, name }: StateTable, claim: ClaimCall): Promise<boolean> =>
  holds(
    client.send(
      new PutItemCommand({
        TableName: name,
        Item: toItem(claim),
        ConditionExpression: claim.retake ? FREE_OR_OVER : FREE,
        ExpressionAttributeValues: {
          ':holder': { S: claim.token },
          ...(claim.retake && { ':now': { N: String(claim.now) } }),
        },
      }),
    ),
  );

/** Given a claim, deletes it if that run still holds it. At the edge nothing happens to one that is gone or somebody else's. */
export const releaseSlot = async (
  { client, name }: StateTable,
  claim: Pick<Claim, 'id' | 'runId'>,
): Promise<void> => {
  await holds(
    client.send(
      new DeleteItemCommand({
        TableName: name,
        Key: keyOf(claim),
        ConditionExpression: 'runId = :runId',
        ExpressionAttributeValues: { ':runId': { S: claim.runId } },
      }),
    ),
  );
};
