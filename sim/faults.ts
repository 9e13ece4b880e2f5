import type { Call, Input } from './call.ts';
import type { VirtualClock } from './clock.ts';
import type { Random } from './random.ts';

/** Something that goes wrong on purpose. Without any limit it goes wrong at every call. */
export interface Fault {
  /** The operation's name, such as `CreateBackup`, or `*` for all. */
  readonly operation: string;
  /** What an internal error is answered with instead, such as a table that is not visible yet. */
  readonly answer?: { readonly code: string; readonly message: string; readonly status?: number };
  readonly kind:
    | 'throttle'
    | 'internal-error'
    | 'timeout'
    | 'timeout-after-effect'
    | 'connection-reset'
    | 'connection-reset-after-effect'
    | 'access-denied'
    | 'slow';
  /** How many times at most. */
  readonly times?: number;
  /** From 0 to 1. */
  readonly probability?: number;
  /** Not before this instant. */
  readonly from?: number;
  /** Not at or after this instant. */
  readonly until?: number;
  /** Virtual time that passes first: what a timeout takes, or how slow slow is. */
  readonly delayMs?: number;
  readonly when?: (input: Input) => boolean;
  /** Why access is denied, in IAM's words: `with an explicit deny in a service control policy`. No policy of the caller allows it unless given. */
  readonly because?: string;
  /** How many matching calls pass unharmed before the first fault. */
  readonly after?: number;
}

export interface Faults {
  add(fault: Fault): { remove(): void };
  clear(): void;
  /** Gives the fault that this call gets, if any, and counts it. */
  inject(call: Call): Fault | undefined;
}

interface Armed {
  readonly fault: Fault;
  seen: number;
  injected: number;
}

const governsCall = (fault: Fault, call: Call, now: number): boolean =>
  (fault.operation === '*' || fault.operation === call.operation) &&
  now >= (fault.from ?? Number.NEGATIVE_INFINITY) &&
  now < (fault.until ?? Number.POSITIVE_INFINITY) &&
  (fault.when?.(call.input) ?? true);

const isDue = (armed: Armed, random: Random): boolean => {
  armed.seen += 1;
  const { after = 0, times = Number.POSITIVE_INFINITY, probability = 1 } = armed.fault;
  if (armed.seen <= after || armed.injected >= times) return false;
  if (probability < 1 && random.fraction() >= probability) return false;
  armed.injected += 1;
  return true;
};

export const createFaults = (clock: VirtualClock, random: Random): Faults => {
  const all = new Set<Armed>();
  return {
    add(fault) {
      const armed: Armed = { fault, seen: 0, injected: 0 };
      all.add(armed);
      return { remove: () => void all.delete(armed) };
    },
    clear: () => all.clear(),
    inject(call) {
      for (const armed of all) {
        if (governsCall(armed.fault, call, clock.now()) && isDue(armed, random)) return armed.fault;
      }
      return undefined;
    },
  };
};
