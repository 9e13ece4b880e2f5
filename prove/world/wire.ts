import type { SimAccount } from '../../sim/account.ts';
import { requestHandlerOf, type SdkRequestHandler } from '../../sim/request-handler.ts';
import type { TickTrouble } from '../story/event.ts';
import type { CallRecord } from './record.ts';

/** The wire of one Lambda container: it writes down every call, and can die with it. */
export interface Wire {
  readonly handler: SdkRequestHandler;
  /** A run begins: its calls go into that list. Resolves when the container is killed, if it is told to be. */
  begin(calls: CallRecord[], kill: TickTrouble['kill']): Promise<'killed'>;
  /** From now on no call leaves any more: Lambda's time is over. */
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

const failureName = (status: number, body: Uint8Array): string => {
  if (status < 300) return 'ok';
  const text = Buffer.from(body).toString('utf8');
  return /"__type":"(?:[^"#]*#)?(\w+)"/.exec(text)?.[1] ?? /<Code>(\w+)</.exec(text)?.[1] ?? String(status);
};

/** Given an account, returns a wire to it. */
export const createWire = (account: SimAccount): Wire => {
  const inner = requestHandlerOf(account);
  let calls: CallRecord[] = [];
  let kill: TickTrouble['kill'];
  let isDead = false;
  let death = Promise.withResolvers<'killed'>();
  let twist = asItIs;
  const strike = (): Promise<never> => {
    isDead = true;
    death.resolve('killed');
    return never();
  };
  const handle: SdkRequestHandler['handle'] = async (request, options) => {
    if (isDead) return await never();
    const body = textOf(request.body);
    const call: CallRecord = { operation: operationOf(request.headers, body), body, answer: 'lost' };
    calls.push(call);
    const isLast = kill !== undefined && calls.length >= kill.call;
    if (isLast && kill?.when === 'before') return await strike();
    const answer = await inner.handle(request, options);
    if (isLast || isDead) return await strike();
    const { response } = answer;
    call.answer = failureName(response.statusCode, response.body);
    if (call.answer !== 'ok' || twist === asItIs) return answer;
    const text = Buffer.from(response.body).toString('utf8');
    return { response: { ...response, body: Buffer.from(twist(call.operation, text), 'utf8') } };
  };
  return {
    handler: { ...inner, handle },
    begin(into, how) {
      calls = into;
      kill = how;
      death = Promise.withResolvers<'killed'>();
      return death.promise;
    },
    die: () => void strike(),
    twist: (wanted) => {
      twist = wanted;
    },
  };
};
