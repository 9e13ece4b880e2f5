import {
  type ClientOptions,
  createDynamoDBClient,
  createOnceClient,
  createTaggingClient,
} from '../../shared/adapters/aws/clients.ts';
import { createInventory } from '../../shared/adapters/aws/inventory.ts';
import { createLimiter } from '../../shared/adapters/aws/limiter.ts';
import { API_LIMITS } from '../../shared/adapters/aws/limits.ts';
import { type CallRecorder, createCallRecorder } from '../../shared/adapters/aws/pacing.ts';
import { createPitrSwitch } from '../../shared/adapters/aws/pitr.ts';
import { createDynamoDBEngine } from '../../shared/adapters/engines/dynamodb.ts';
import type { Instant } from '../../shared/model/instant.ts';
import type { CallWindow } from '../../shared/ports/engine.ts';
import type { Log } from '../../shared/ports/log.ts';
import { type AccountOptions, createAccount } from '../../sim/account.ts';
import { createVirtualClock, type VirtualClock } from '../../sim/clock.ts';
import { requestHandlerOf } from '../../sim/request-handler.ts';

// The adapters as a run has them, on an account at the wire: the simulated one, or one that gives written answers.

export const NOW: Instant = Date.UTC(2026, 10, 23, 5);
export const REGION = 'us-east-1';
export const TARGET = { accountId: '111122223333', region: REGION };

/** A window that is never over. */
export const ALWAYS: CallWindow = { from: 0, until: Number.POSITIVE_INFINITY };

type RequestHandler = NonNullable<ClientOptions['requestHandler']>;

/** A warning that was logged, in one line. */
const recordingLog = (lines: string[]): Log => ({
  info: () => undefined,
  warn: (message) => void lines.push(message),
  error: (message) => void lines.push(message),
});

export const optionsOn = (
  requestHandler: RequestHandler,
  clock: VirtualClock,
  recorder: CallRecorder,
): ClientOptions => ({
  region: REGION,
  clock,
  recorder,
  limiter: createLimiter({ clock, limits: API_LIMITS }),
  requestHandler,
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  random: () => 0.5,
});

const adaptersOn = (requestHandler: RequestHandler, clock: VirtualClock) => {
  const recorder = createCallRecorder();
  const options = optionsOn(requestHandler, clock, recorder);
  const dynamodb = createDynamoDBClient(options);
  const logged: string[] = [];
  const log = recordingLog(logged);
  return {
    clock,
    recorder,
    options,
    dynamodb,
    logged,
    inventory: createInventory({ dynamodb, tagging: createTaggingClient(options), region: REGION }),
    engine: createDynamoDBEngine({ clock, dynamodb, once: createOnceClient(options), log, target: TARGET }),
    pitrSwitch: createPitrSwitch(dynamodb),
    /** Waits for the work while virtual time moves. */
    run: <T>(work: Promise<T>): Promise<T> => clock.run(work),
  };
};

/** Adapters on a simulated account with nothing in it. */
export const onSim = (settings: Partial<AccountOptions> = {}) => {
  const clock = createVirtualClock(NOW);
  const account = createAccount({ region: REGION, clock, ...settings });
  return { account, ...adaptersOn(requestHandlerOf(account), clock) };
};

/** What a service answers: a status, 200 unless given, and a body, or something that breaks on the way. */
export interface Answer {
  readonly status?: number;
  readonly body?: unknown;
  readonly breaks?: Error;
}

/** One call as it was sent. */
export interface SentCall {
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** SNS and STS are sent forms, as text. */
const inputOf = (body: unknown): SentCall['input'] =>
  typeof body === 'string'
    ? Object.fromEntries(new URLSearchParams(body))
    : JSON.parse(new TextDecoder().decode(body as Uint8Array));

/** Adapters on a service that answers what a test writes, and the calls it was sent. */
export const onAnswers = (answer: (call: SentCall) => Answer) => {
  const sent: SentCall[] = [];
  const handle = async (request: { headers: Record<string, string>; body: unknown }) => {
    const operation = (request.headers['x-amz-target'] ?? '').split('.').at(-1) ?? '';
    const call = { operation, input: inputOf(request.body) };
    sent.push(call);
    const { status = 200, body = {}, breaks } = answer(call);
    if (breaks !== undefined) throw breaks;
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const headers = { 'content-type': 'application/x-amz-json-1.0' };
    return { response: { statusCode: status, headers, body: Buffer.from(text) } };
  };
  const handler = { metadata: { handlerProtocol: 'http/1.1' }, handle } as unknown as RequestHandler;
  return { sent, ...adaptersOn(handler, createVirtualClock(NOW)) };
};
