import type { TerminalOptions } from '../shared/run/compose.ts';

type Clock = NonNullable<TerminalOptions['clock']>;

const HEADER = 'x-simulated-time';
const TIMEOUT_MS = 2_000;
/** The duration of a request over the loopback is not a difference of clocks. */
const SAME_MS = 1_000;
/** Names of this machine. */
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

const timeThere = async (url: string): Promise<number> => {
  try {
    const { headers } = await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(TIMEOUT_MS) });
    return Date.parse(headers.get(HEADER) ?? '');
  } catch {
    // Nothing answers there, or too late: the first call to AWS reports it, with what to do.
    return Number.NaN;
  }
};

const clockAhead = (offsetMs: number): Clock => ({
  now: () => Date.now() + offsetMs,
  sleep: async (ms) => {
    if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms));
  },
  after: (ms, wake) => {
    const timer = setTimeout(wake, Math.max(0, ms));
    return () => clearTimeout(timer);
  },
});

/**
 * SAFETY: trusts only an endpoint on this machine, so that nothing elsewhere can say what is old
 * enough to expire. Returns the clock of a simulated account that answers at the endpoint, or
 * undefined when the time there is the time here.
 */
export const simulatedClock = async (endpoint: string): Promise<Clock | undefined> => {
  if (!LOOPBACK.test(URL.parse(endpoint)?.hostname ?? '')) return undefined;
  const offsetMs = (await timeThere(endpoint)) - Date.now();
  return Math.abs(offsetMs) > SAME_MS ? clockAhead(offsetMs) : undefined;
};
