import type { Call } from '../../sim/call.ts';
import { connectionFailure, type ServiceFailure, serviceFailure } from '../../sim/failure.ts';
import { createStateItems } from '../world/state-items.ts';

const MINUTE_MS = 60_000;

/** AWS takes a signature that is five minutes old, and none that is older or as far ahead. */
const SIGNATURE_MS = 5 * MINUTE_MS;

/** The moment at which a walk begins: a quarter of an hour after the slot. */
export const START = Date.UTC(2026, 2, 10, 3, 15);

export const TABLE = 'orders';

/** A call on its way. It takes effect at one moment and is answered at another, and a run may sleep or die before either. */
export interface Sent {
  readonly run: number;
  readonly call: Call;
  /** By the clock of the run. */
  readonly signedAt: number;
  /** What it came to, once it took effect. */
  effect: object | ServiceFailure | undefined;
  readonly answer: (answer: object | ServiceFailure) => void;
  readonly fail: (error: Error) => void;
}

/** The claim as it stands, and which run wrote it. */
export interface HeldBy {
  readonly by: number;
  readonly item: object;
}

/** Of AWS only what claims are about: one list, one slot, one item. Everything else a run asks is answered at once. */
export interface Service {
  now: number;
  /** When each recovery point of the slot was made. */
  readonly points: number[];
  claim: HeldBy | undefined;
  readonly sent: Sent[];
  receive(run: number, call: Call, signedAt: number): Promise<object | ServiceFailure>;
  takeEffect(sent: Sent): Promise<void>;
  end(sent: Sent, how: 'answered' | 'lost' | 'throttled'): void;
}

interface Keyed {
  readonly pk?: { readonly S?: string };
}

const keyOf = ({ input }: Call): string => ((input.Item ?? input.Key) as Keyed | undefined)?.pk?.S ?? '';

const isWalked = (call: Call): boolean =>
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

const tooOld = (): ServiceFailure => serviceFailure('InvalidSignatureException', 'Signature expired');

const create = (service: Service, { signedAt }: Sent): object | ServiceFailure => {
  if (Math.abs(service.now - signedAt) > SIGNATURE_MS) return tooOld();
  service.points.push(service.now);
  return { BackupDetails: { BackupArn: `${ARN}/backup/${service.points.length - 1}` } };
};

/** A service where nothing has happened yet. */
export const createService = (): Service => {
  const items = createStateItems();
  // Which of an account's tables is asked makes no difference here.
  const stateTable = undefined as unknown as Parameters<typeof items.call>[0];
  const change = async ({ run, call }: Sent): Promise<object | ServiceFailure> => {
    try {
      const done = await items.call(stateTable, call.operation, call.input);
      const item = call.input.Item as object | undefined;
      service.claim = item && { by: run, item };
      return done;
    } catch (error) {
      return error as ServiceFailure;
    }
  };
  const perform = (sent: Sent): object | ServiceFailure | Promise<object | ServiceFailure> => {
    if (sent.call.operation === 'CreateBackup') return create(service, sent);
    return sent.call.operation === 'ListBackups'
      ? { BackupSummaries: service.points.map(summaryOf) }
      : change(sent);
  };
  const service: Service = {
    now: START,
    points: [],
    claim: undefined,
    sent: [],
    receive: (run, call, signedAt) => {
      if (!isWalked(call)) {
        const answer = AT_ONCE[call.operation];
        return answer === undefined
          ? Promise.reject(new Error(`nobody knows ${call.operation} here`))
          : Promise.resolve(answer);
      }
      const { promise, resolve, reject } = Promise.withResolvers<object | ServiceFailure>();
      service.sent.push({ run, call, signedAt, effect: undefined, answer: resolve, fail: reject });
      return promise;
    },
    takeEffect: async (sent) => {
      sent.effect = await perform(sent);
    },
    end: (sent, how) => {
      service.sent.splice(service.sent.indexOf(sent), 1);
      if (how === 'answered') sent.answer(sent.effect ?? {});
      else if (how === 'lost') sent.fail(connectionFailure('reset'));
      else sent.answer(serviceFailure('ThrottlingException', 'Rate exceeded'));
    },
  };
  return service;
};
