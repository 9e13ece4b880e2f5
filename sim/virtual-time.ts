import type { SimAccount } from './account.ts';
import type { VirtualClock } from './clock.ts';
import { watchRequests } from './requests-in-flight.ts';
import { createVirtualTimers } from './virtual-timers.ts';

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
