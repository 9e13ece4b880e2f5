import type { Call } from '../../sim/call.ts';
import type { Item } from '../../sim/dynamodb/items/item-engine.ts';
import { type ServiceFailure, serviceFailure } from '../../sim/failure.ts';
import { refuseUnless } from '../world/state-items.ts';

const MINUTE_MS = 60_000;

/** AWS takes a signature that is five minutes old, and none that is older or as far ahead. */
export const SIGNATURE_MS = 5 * MINUTE_MS;

/** The moment at which a walk begins: a quarter of an hour after the slot. */
export const START = Date.UTC(2026, 2, 10, 3, 15);

/** The token of a variant whose runs give claims back by the id of their run, which follows. */
export const ANY_OF = 'any of ';

const TABLE = 'orders';

export type Answer = object | ServiceFailure;

/** A call that has left. */
export interface Sent {
  readonly run: number;
  readonly call: Call;
  /** By the clock of the run. */
  readonly signedAt: number;
}

/** Of AWS only what claims are about: the recovery points of one slot, by when they were made, and one claim. It is never changed, but followed by another. */
export interface Service {
  readonly points: readonly number[];
  /** The claim as it stands, and which run wrote it. */
  readonly claim?: { readonly by: number; readonly item: Item };
}

interface Keyed {
  readonly pk?: { readonly S?: string };
}

const keyOf = ({ input }: Call): string => ((input.Item ?? input.Key) as Keyed | undefined)?.pk?.S ?? '';

/** Returns whether a call is about the slot. Everything else a run asks is answered at once. */
export const isWalked = (call: Call): boolean =>
  ['CreateBackup', 'ListBackups'].includes(call.operation) || keyOf(call).startsWith('claim#');

const ARN = `arn:aws:dynamodb:us-east-1:111122223333:table/${TABLE}`;

const AT_ONCE: Readonly<Record<string, object>> = {
  BatchWriteItem: { UnprocessedItems: {} },
  DeleteItem: {},
  DescribeTable: {
    Table: {
      TableName: TABLE,
      TableId: 'orders-1',
      TableStatus: 'ACTIVE',
      TableSizeBytes: 1,
      CreationDateTime: START / 1_000 - 3_600,
    },
  },
  GetResources: {
    ResourceTagMappingList: [{ ResourceARN: ARN, Tags: [{ Key: 'backup:policy', Value: 'standard' }] }],
    PaginationToken: '',
  },
  GetTopicAttributes: { Attributes: { SubscriptionsConfirmed: '1', SubscriptionsPending: '0' } },
  Publish: { MessageId: '1' },
  PutItem: {},
  Query: { Items: [], Count: 0 },
};

/** Returns what is answered to a call that is not about the slot. */
export const answerAtOnce = ({ operation }: Call): object => {
  const answer = AT_ONCE[operation];
  if (answer === undefined) throw new Error(`nobody knows ${operation} here`);
  return answer;
};

const NAME = 'tablekeeper.prod.standard.20260310T030000Z';

const summaryOf = (createdAt: number, index: number) => ({
  TableName: TABLE,
  TableId: 'orders-1',
  BackupArn: `${ARN}/backup/${index}`,
  BackupName: NAME,
  BackupStatus: 'AVAILABLE',
  BackupType: 'USER',
  BackupSizeBytes: 1,
  BackupCreationDateTime: createdAt / 1_000,
});

/** A call that took effect, or was refused: what it left behind and what is answered. */
interface Effect {
  readonly service: Service;
  readonly answer: Answer;
}

const create = (service: Service, { signedAt }: Sent, now: number): Effect => {
  if (Math.abs(now - signedAt) > SIGNATURE_MS)
    return { service, answer: serviceFailure('InvalidSignatureException', 'Signature expired') };
  const points = [...service.points, now];
  const answer = { BackupDetails: { BackupArn: `${ARN}/backup/${service.points.length}` } };
  return { service: { ...service, points }, answer };
};

const heldByRun = ({ input }: Call, item: Item | undefined): Item | undefined => {
  const { ':holder': asked } = input.ExpressionAttributeValues as Readonly<Record<string, { S: string }>>;
  const isMeant = item !== undefined && asked?.S === `${ANY_OF}${(item.runId as { S: string }).S}`;
  return isMeant ? { ...item, holder: asked } : item;
};

const change = (service: Service, { run, call }: Sent): Effect => {
  try {
    refuseUnless(call.input, heldByRun(call, service.claim?.item));
  } catch (error) {
    return { service, answer: error as ServiceFailure };
  }
  const { points } = service;
  const item = call.input.Item as Item | undefined;
  return { service: { points, ...(item && { claim: { by: run, item } }) }, answer: {} };
};

/** Returns what a call about the slot comes to when it takes effect now. */
export const takeEffect = (service: Service, sent: Sent, now: number): Effect => {
  if (sent.call.operation === 'CreateBackup') return create(service, sent, now);
  return sent.call.operation === 'ListBackups'
    ? { service, answer: { BackupSummaries: service.points.map(summaryOf) } }
    : change(service, sent);
};
