import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  PutItemCommand,
  ResourceNotFoundException,
} from '@aws-sdk/client-dynamodb';
import { StateTableMissingError } from '../../model/errors.ts';
import { DAY_MS, type Instant, SECOND_MS } from '../../model/instant.ts';
import type { Claim, HeldClaim } from '../../ports/state-store.ts';
import { keyOf, placeOf, type StateTable } from './items.ts';

/** A claim, before when another must have expired to be taken over, and a token that distinguishes this call from every other. */
export interface ClaimCall extends Claim {
  readonly overBefore?: Instant | undefined;
  readonly token: string;
}

/**
 * How long a claim stays in the table after it ended. A slot can be due for as long as its schedule's longest interval, a year and a leap
 * day, and until then the claim says that it was tried.
 */
const KEPT_MS = 400 * DAY_MS;

const keyIn = (table: StateTable, { id }: Pick<HeldClaim, 'id'>) =>
  keyOf({ pk: placeOf(table, `claim#${id}`), sk: 'claim' });

/** The token is for the SDK's retries: when the first answer was lost, the second finds its own claim and not a stranger's. */
const FREE = 'attribute_not_exists(pk) OR holder = :holder';
const FREE_OR_OVER = `${FREE} OR heldUntil < :overBefore`;

const toItem = (table: StateTable, claim: ClaimCall) => ({
  ...keyIn(table, claim),
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

const putOf = (table: StateTable, claim: ClaimCall) => ({
  TableName: table.name,
  Item: toItem(table, claim),
  ConditionExpression: claim.overBefore === undefined ? FREE : FREE_OR_OVER,
  ExpressionAttributeValues: {
    ':holder': { S: claim.token },
    ...(claim.overBefore !== undefined && { ':overBefore': { N: String(claim.overBefore) } }),
  },
});

/**
 * Writes a claim unless another run holds it; undefined if one does. A claim whose `heldUntil` is exactly `overBefore` is still held. The same run
 * claiming twice gets it once: a run delivered twice has one id.
 */
export const claimSlot = async (table: StateTable, claim: ClaimCall): Promise<HeldClaim | undefined> => {
  const { id, token } = claim;
  return (await holds(table.client.send(new PutItemCommand(putOf(table, claim)))))
    ? { id, token }
    : undefined;
};

/**
 * Deletes a claim if the call that got it still holds it; nothing happens to one that is gone or was taken over, also by another delivery of
 * the same run.
 */
export const releaseSlot = async (table: StateTable, held: HeldClaim): Promise<void> => {
  await holds(
    table.client.send(
      new DeleteItemCommand({
        TableName: table.name,
        Key: keyIn(table, held),
        ConditionExpression: 'holder = :holder',
        ExpressionAttributeValues: { ':holder': { S: held.token } },
      }),
    ),
  );
};
