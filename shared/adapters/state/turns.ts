import { ConditionalCheckFailedException, DeleteItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { DAY_MS, SECOND_MS } from '../../model/instant.ts';
import type { HeldTurn, Turn } from '../../ports/state-store.ts';
import { keyOf, placeOf, type StateTable } from './items.ts';

/** Long past its end a turn says nothing any more. */
const KEPT_MS = DAY_MS;

const keyIn = (table: StateTable, { name }: Pick<Turn, 'name'>) =>
  keyOf({ pk: placeOf(table, `turn#${name}`), sk: 'turn' });

/** Whether the condition held; everything but the condition's own answer is thrown. */
const holds = async (write: Promise<unknown>): Promise<boolean> => {
  try {
    await write;
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
};

/**
 * Takes the turn of that name unless another call holds it. An expired turn is free. The token distinguishes this call from every other, so that a
 * retry whose first response was lost finds its own turn, and two runs of one id do not share one.
 */
export const takeTurn = async (
  table: StateTable,
  { name, now, heldUntil }: Turn,
  token: string,
): Promise<HeldTurn | undefined> => {
  const isTaken = await holds(
    table.client.send(
      new PutItemCommand({
        TableName: table.name,
        Item: {
          ...keyIn(table, { name }),
          holder: { S: token },
          heldUntil: { N: String(heldUntil) },
          expiresAt: { N: String(Math.ceil((heldUntil + KEPT_MS) / SECOND_MS)) },
        },
        ConditionExpression: 'attribute_not_exists(pk) OR holder = :holder OR heldUntil < :now',
        ExpressionAttributeValues: { ':holder': { S: token }, ':now': { N: String(now) } },
      }),
    ),
  );
  return isTaken ? { name, token } : undefined;
};

/** Gives a turn back, if it is still held by the call that took it. */
export const endTurn = async (table: StateTable, { name, token }: HeldTurn): Promise<void> => {
  await holds(
    table.client.send(
      new DeleteItemCommand({
        TableName: table.name,
        Key: keyIn(table, { name }),
        ConditionExpression: 'holder = :holder',
        ExpressionAttributeValues: { ':holder': { S: token } },
      }),
    ),
  );
};
