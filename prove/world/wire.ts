import type { SimAccount } from '../../sim/account.ts';
import { connectedCall } from '../../sim/answer.ts';
import type { Call } from '../../sim/call.ts';
import { connectionFailure, isServiceFailure, type ServiceFailure } from '../../sim/failure.ts';
import { requestHandlerOf, type SdkRequestHandler } from '../../sim/request-handler.ts';
import type { Kill, Sleep } from '../story/event.ts';
import { createNap, type Nap } from './nap.ts';
import type { CallRecord } from './record.ts';

/** The wire of one Lambda container: it writes down every call, and can die with it. */
export interface Wire {
  readonly handler: SdkRequestHandler;
  /** The same without the SDK and its texts: what the operation gives, or its failure. */
  call(call: Call, region: string): Promise<object | ServiceFailure>;
  /** A run begins: its calls go into that list. Resolves when the container is killed, if it is to be. */
  begin(calls: CallRecord[], kill: Kill | undefined, asleep?: Sleep): Promise<'killed'>;
  /** From now on no call is sent any more: Lambda's time is up. */
  die(): void;
  /** From now on answers that are no errors come back as this makes of them. */
  twist(twist: Twist): void;
}

/** Makes of an operation's answer what comes back instead. */
export type Twist = (operation: string, body: string) => string;

const asItIs: Twist = (_, body) => body;

/** A new one for each call: whatever waits for it can be forgotten with it. */
const never = (): Promise<never> => new Promise(() => undefined);

const textOf = (body: unknown): string =>
  body instanceof Uint8Array
    ? Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8')
    : String(body ?? '');

const operationOf = (headers: Readonly<Record<string, string>>, body: string): string => {
  const target = headers['x-amz-target'] ?? headers['X-Amz-Target'];
  return target?.split('.')[1] ?? /Action=(\w+)/.exec(body)?.[1] ?? '';
};

/** Few of a run's calls are ever read again. */
const recordOf = ({ operation, input }: Call): CallRecord => ({
  operation,
  get body() {
    return JSON.stringify(input);
  },
  answer: 'lost',
});

/** What stands in for S3 answers with a stream, which only its reader may read: its status says enough. */
const failureName = (status: number, body: unknown): string => {
  if (status < 300) return 'ok';
  if (!(body instanceof Uint8Array)) return String(status);
  const text = Buffer.from(body).toString('utf8');
  return /"__type":"(?:[^"#]*#)?(\w+)"/.exec(text)?.[1] ?? /<Code>(\w+)</.exec(text)?.[1] ?? String(status);
};

/** How long AWS takes a signed request, whatever held it up. */
const SIGNED_MS = 5 * 60_000;

const isDue = (
  { operation, call: nth }: Kill,
  calls: readonly CallRecord[],
  { operation: now }: CallRecord,
) =>
  operation === undefined
    ? calls.length >= nth
    : now === operation && calls.filter((one) => one.operation === operation).length >= nth;

type Handled = Awaited<ReturnType<SdkRequestHandler['handle']>>;

/** What comes back, and what that is called in the record. */
interface Reply<Answer> {
  readonly said: string;
  readonly answer: Answer;
}

const replyTo = async (account: SimAccount, call: Call): Promise<Reply<object | ServiceFailure>> => {
  try {
    return { said: 'ok', answer: await connectedCall(account, call) };
  } catch (error) {
    if (isServiceFailure(error)) return { said: error.code, answer: error };
    throw error;
  }
};

const twisted = (handled: Handled, operation: string, twist: Twist): Handled => {
  const text = Buffer.from(handled.response.body).toString('utf8');
  return { response: { ...handled.response, body: Buffer.from(twist(operation, text), 'utf8') } };
};

/** Creates a wire to an account, with the timers of its container. */
export const createWire = (account: SimAccount, nap: Nap = createNap(account.clock)): Wire => {
  const inner = requestHandlerOf(account);
  let calls: CallRecord[] = [];
  let kill: Kill | undefined;
  let asleep: Sleep | undefined;
  let isDead = false;
  let death = Promise.withResolvers<'killed'>();
  let twist = asItIs;
  const injectFault = (): Promise<never> => {
    isDead = true;
    death.resolve('killed');
    return never();
  };
  /** It sleeps once, and all other calls with it. */
  const sleepAt = async ({ operation }: CallRecord, when: Sleep['when']): Promise<void> => {
    if (asleep?.operation !== operation || asleep.when !== when) return await nap.over();
    const { ms } = asleep;
    asleep = undefined;
    await nap.take(ms);
  };
  const pass = async <Answer>(call: CallRecord, send: () => Promise<Reply<Answer>>): Promise<Answer> => {
    if (isDead) return await never();
    calls.push(call);
    const isLast = kill !== undefined && isDue(kill, calls, call);
    if (isLast && kill?.when === 'before') return await injectFault();
    const leavesAt = account.clock.now();
    await sleepAt(call, 'before');
    // Nobody takes a request whose signature is older, and the connection is gone.
    if (account.clock.now() - leavesAt > SIGNED_MS) throw connectionFailure('reset');
    const { said, answer } = await send();
    await sleepAt(call, 'after');
    if (isLast || isDead) return await injectFault();
    call.answer = said;
    return answer;
  };
  const handle: SdkRequestHandler['handle'] = async (request, options) => {
    const body = textOf(request.body);
    const record: CallRecord = { operation: operationOf(request.headers, body), body, answer: 'lost' };
    const handled = await pass(record, async () => {
      const answer = await inner.handle(request, options);
      return { said: failureName(answer.response.statusCode, answer.response.body), answer };
    });
    const isTold = record.answer === 'ok' && twist !== asItIs;
    return isTold ? twisted(handled, record.operation, twist) : handled;
  };
  return {
    handler: { ...inner, handle },
    call: (call, region) =>
      pass(recordOf(call), () => {
        // This world stands in for the account in its own Region.
        const there = region === account.region ? undefined : account.state.regions.get(region);
        return replyTo(there ?? account, call);
      }),
    begin(into, how, sleep) {
      calls = into;
      kill = how;
      asleep = sleep;
      nap.begin();
      death = Promise.withResolvers<'killed'>();
      return death.promise;
    },
    die: () => void injectFault(),
    twist: (wanted) => {
      twist = wanted;
    },
  };
};
