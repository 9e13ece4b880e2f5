import { loadPolicies } from '../../shared/core/policy/load.ts';
import { compose } from '../../shared/run/compose.ts';
import { everyFinder } from '../../shared/run/compose-finders.ts';
import type { Deps } from '../../shared/run/deps.ts';
import { reconcile } from '../../shared/run/reconcile.ts';
import type { Call } from '../../sim/call.ts';
import { isServiceFailure } from '../../sim/failure.ts';
import { bypassSdk } from '../world/lean-client.ts';
import { type Answer, answerAtOnce, isWalked } from './service.ts';

const MINUTE_MS = 60_000;

const POLICIES = loadPolicies(
  'policies:\n  standard:\n    schedule: "0 3 * * *"\n    retention: { daily: 7 }\n',
  'policies.yml',
);

/** Makes of the parts of a run what the code is to be judged with: as it is, or with one of its rules taken away. */
export type Variant = (parts: Deps) => Deps;

/** Which run it is. */
export interface TerminalOptions {
  readonly index: number;
  readonly runId: string;
}

/** When something reaches a run: by the clock of the world, and how far its own is off. */
interface Moment {
  readonly now: number;
  readonly skewMs: number;
}

/** Everything that reaches a run from outside, and the only input of what it does. */
export type Told = Moment &
  (
    | { readonly kind: 'starts' }
    /** The answer to its nth call about the slot. */
    | { readonly kind: 'hears'; readonly nth: number; readonly answer: Answer | Error }
    /** The nth wait ends. */
    | { readonly kind: 'wakes'; readonly nth: number }
  );

/** A call about the slot that is not answered yet. */
export interface Pending {
  readonly nth: number;
  readonly call: Call;
  readonly signedAt: number;
}

export interface Waiting {
  readonly nth: number;
  readonly dueAt: number;
}

/** Where a run stands: what it waits for. */
export interface ClaimState {
  readonly pending: readonly Pending[];
  readonly waiting: readonly Waiting[];
  readonly isOver: boolean;
}

/** Everything that promises alone can do has been done after a turn of the event loop. */
const quiet = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Beyond five minutes AWS refuses, and the SDK signs by the time of its answers from then on. */
const signatureTime = ({ now, skewMs }: Moment): number =>
  Math.abs(skewMs) > 5 * MINUTE_MS ? now : now + skewMs;

const TOKEN = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** Tokens are random. Here they are numbers, so that a run with the same past does the same. */
const withNumberedTokens = (seat: TerminalOptions): ((call: Call) => Call) => {
  const numbers = new Map<string, string>();
  const numberOf = (token: string): string => {
    const number = numbers.get(token) ?? `token ${seat.index}.${numbers.size}`;
    numbers.set(token, number);
    return number;
  };
  return (call) => ({ ...call, input: JSON.parse(JSON.stringify(call.input).replaceAll(TOKEN, numberOf)) });
};

type Wire = (call: Call) => Promise<Answer>;

const partsOf = (wire: Wire, clock: Deps['clock']): Deps =>
  compose({
    policies: POLICIES,
    instance: 'prod',
    accountId: '111122223333',
    region: 'us-east-1',
    stateTable: 'tablekeeper-prod-state',
    topicArn: 'arn:aws:sns:us-east-1:111122223333:tablekeeper-prod-alerts',
    clock,
    finders: everyFinder(),
    random: () => 0,
    credentials: { accessKeyId: 'walk', secretAccessKey: 'walk' },
    wrapClient: bypassSdk({ wire: { call: wire }, accessKeyId: 'walk' }),
  });

interface Open<Value> {
  readonly resolve: (value: Value) => void;
  readonly reject: (error: Error) => void;
}

/** A run in progress, and how to pass it what happens. */
const onStage = (seat: TerminalOptions, variant: Variant) => {
  let moment: Moment = { now: 0, skewMs: 0 };
  let isOver = false;
  const calls: (Pending & Open<Answer>)[] = [];
  const waits: (Waiting & Open<void>)[] = [];
  const numbered = withNumberedTokens(seat);
  const wire: Wire = async (call) => {
    if (!isWalked(call)) return answerAtOnce(call);
    const { promise, ...open } = Promise.withResolvers<Answer>();
    calls.push({ nth: calls.length, call: numbered(call), signedAt: signatureTime(moment), ...open });
    return await promise;
  };
  const clock: Deps['clock'] = {
    now: () => moment.now + moment.skewMs,
    sleep: async (ms) => {
      if (ms <= 0) return;
      const { promise, ...open } = Promise.withResolvers<void>();
      waits.push({ nth: waits.length, dueAt: moment.now + Math.ceil(ms), ...open });
      await promise;
    },
    // Time-outs stand still while a machine sleeps. A run that abandons a call has silently lost its response.
    after: () => () => undefined,
  };
  const start = async (): Promise<void> => {
    const parts = variant(partsOf(wire, clock));
    const deadline = parts.clock.now() + 15 * MINUTE_MS;
    await reconcile(parts, { mode: 'protect', runId: seat.runId, deadline });
  };
  const hear = (nth: number, answer: Answer | Error): void =>
    answer instanceof Error && !isServiceFailure(answer)
      ? calls[nth]?.reject(answer)
      : calls[nth]?.resolve(answer);
  const end = (): void => {
    isOver = true;
  };
  const tell = (told: Told): void => {
    moment = told;
    if (told.kind === 'starts') void start().then(end, end);
    else if (told.kind === 'hears') hear(told.nth, told.answer);
    else waits[told.nth]?.resolve();
  };
  return { tell, calls, waits, isOver: () => isOver };
};

const without = <One extends { readonly nth: number }>(all: readonly One[], over: ReadonlySet<number>) =>
  all.filter(({ nth }) => !over.has(nth));

const nthsOf = (past: readonly Told[], kind: 'hears' | 'wakes'): ReadonlySet<number> =>
  new Set(past.flatMap((told) => (told.kind === kind ? [told.nth] : [])));

/** Replays a run as a function would do it, passing it one thing after the other, and returns where it is then. */
export const replay = async (
  seat: TerminalOptions,
  past: readonly Told[],
  variant: Variant,
): Promise<ClaimState> => {
  const run = onStage(seat, variant);
  for (const told of past) {
    run.tell(told);
    await quiet();
  }
  return {
    pending: without(run.calls, nthsOf(past, 'hears')).map(({ nth, call, signedAt }) => ({
      nth,
      call,
      signedAt,
    })),
    waiting: without(run.waits, nthsOf(past, 'wakes')).map(({ nth, dueAt }) => ({ nth, dueAt })),
    isOver: run.isOver(),
  };
};
