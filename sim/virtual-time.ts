import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import type { SimAccount } from './account.ts';
import type { VirtualClock } from './clock.ts';

const CREATED = 'http.client.request.created';

/** The HTTP requests that this process has sent and not yet had answered to the end. */
export interface RequestsInFlight {
  count(): number;
  stop(): void;
}

export const watchRequests = (): RequestsInFlight => {
  const open = new Set<ClientRequest>();
  const onCreated = (message: unknown): void => {
    const { request } = message as { readonly request: ClientRequest };
    open.add(request);
    request.once('close', () => open.delete(request));
  };
  subscribe(CREATED, onCreated);
  return {
    count: () => open.size,
    stop: () => void unsubscribe(CREATED, onCreated),
  };
};

/** Timers this short are real: they are used to let others have a turn, not to wait. */
const REAL_UP_TO_MS = 1;

/** What stands in for a timer of Node's while it waits on the virtual clock. */
interface VirtualTimer {
  readonly cancelVirtual: () => void;
  ref(): VirtualTimer;
  unref(): VirtualTimer;
  hasRef(): boolean;
  refresh(): VirtualTimer;
  close(): VirtualTimer;
}

interface VirtualTimers {
  readonly setTimeout: typeof globalThis.setTimeout;
  readonly clearTimeout: typeof globalThis.clearTimeout;
  /** How many of the real, short ones are still to fire. */
  shortOnes(): number;
}

const createTimer = (clock: VirtualClock, ms: number, fire: () => void): VirtualTimer => {
  let cancel = clock.after(ms, fire);
  const timer: VirtualTimer = {
    cancelVirtual: () => cancel(),
    ref: () => timer,
    unref: () => timer,
    hasRef: () => true,
    refresh() {
      cancel();
      cancel = clock.after(ms, fire);
      return timer;
    },
    close() {
      cancel();
      return timer;
    },
  };
  return timer;
};

const isVirtual = (timer: unknown): timer is VirtualTimer =>
  typeof timer === 'object' && timer !== null && 'cancelVirtual' in timer;

/** Makes timers that wait on the clock. The real ones must still be in place. */
const createVirtualTimers = (clock: VirtualClock): VirtualTimers => {
  const realSetTimeout = globalThis.setTimeout;
  const realClearTimeout = globalThis.clearTimeout;
  const short = new Set<unknown>();

  const setShort = (fire: () => void, ms: number): unknown => {
    const timer = realSetTimeout(() => {
      short.delete(timer);
      fire();
    }, ms);
    short.add(timer);
    return timer;
  };
  const setTimeout = (callback: (...args: unknown[]) => void, ms = 0, ...args: unknown[]): unknown => {
    const fire = (): void => callback(...args);
    return ms > REAL_UP_TO_MS ? createTimer(clock, ms, fire) : setShort(fire, ms);
  };
  const clearTimeout = (timer: unknown): void => {
    short.delete(timer);
    if (isVirtual(timer)) timer.cancelVirtual();
    else realClearTimeout(timer as NodeJS.Timeout | undefined);
  };
  return {
    setTimeout: setTimeout as typeof globalThis.setTimeout,
    clearTimeout: clearTimeout as typeof globalThis.clearTimeout,
    shortOnes: () => short.size,
  };
};

/** A Date whose idea of now is the clock's. Everything else is the real one. A function and no proxy: a run asks for the time thousands of times. */
const virtualDate = (clock: VirtualClock): DateConstructor => {
  const RealDate = globalThis.Date;
  function VirtualDate(this: unknown, ...args: unknown[]): unknown {
    if (new.target === undefined) return new RealDate(clock.now()).toString();
    const given = args.length === 0 ? [clock.now()] : args;
    return Reflect.construct(RealDate, given, new.target === VirtualDate ? RealDate : new.target);
  }
  const { parse, UTC, prototype } = RealDate;
  return Object.assign(VirtualDate, { now: clock.now, parse, UTC, prototype }) as unknown as DateConstructor;
};

/** Files being read, such as those of a module that is being loaded. */
const isReadingFiles = (): boolean =>
  process.getActiveResourcesInfo().some((resource) => resource.startsWith('FSReq'));

/**
 * Puts this process into virtual time: `Date`, `setTimeout` and `clearTimeout` follow the clock, and the clock stands
 * still while HTTP requests are under way, files are being read or short timers are to fire. Requests that sleep inside
 * one of the given accounts do not hold it up. Returns how to leave again.
 */
export const installVirtualTime = (clock: VirtualClock, ...accounts: readonly SimAccount[]): (() => void) => {
  const real = {
    Date: globalThis.Date,
    setTimeout: globalThis.setTimeout,
    clearTimeout: globalThis.clearTimeout,
  };
  const timers = createVirtualTimers(clock);
  const requests = watchRequests();
  const sleeping = (): number => accounts.reduce((sum, account) => sum + account.state.sleepingRequests, 0);
  const forget = clock.busyWhen(
    () => timers.shortOnes() > 0 || requests.count() > sleeping() || isReadingFiles(),
  );
  const { setTimeout, clearTimeout } = timers;
  Object.assign(globalThis, { Date: virtualDate(clock), setTimeout, clearTimeout });
  return () => {
    Object.assign(globalThis, real);
    requests.stop();
    forget();
  };
};
