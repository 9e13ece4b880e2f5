import { SECOND_MS } from '../../model/instant.ts';
import type { Heartbeat } from '../../ports/heartbeat.ts';
import type { Secret } from '../../ports/secrets.ts';
import { heartbeatUrl } from './heartbeat-url.ts';

/** What a heartbeat is made of. The secret holds the address. */
export interface HttpHeartbeatOptions {
  readonly secret: Secret;
  /** How long to wait for an answer, in milliseconds; ten seconds unless given. */
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 10 * SECOND_MS;

/** A beat that is lost once would wake somebody for nothing. */
const MOST_ATTEMPTS = 2;

/** An error of fetch and its causes name the host and the path: only what kind of failure it was is told. */
const wordOf = (thrown: unknown): string => {
  if (!(thrown instanceof Error)) return 'the connection broke';
  if (thrown.name === 'TimeoutError') return 'no answer in time';
  const { cause } = thrown;
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  return typeof code === 'string' ? code : 'the connection broke';
};

/** Undefined once the watcher has it; otherwise why not. */
const getOnce = async (url: URL, timeoutMs: number): Promise<string | undefined> => {
  try {
    const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(timeoutMs) });
    await response.body?.cancel();
    return response.ok ? undefined : `the answer was ${response.status}`;
  } catch (error) {
    return wordOf(error);
  }
};

/**
 * Given the secret that holds the address of a check, returns the heartbeat that gets it. At the edge a beat is tried twice, waiting ten
 * seconds each time; every failure is thrown in words that do not hold the address, which is read afresh after one.
 * @see https://healthchecks.io/docs/http_api/ (checked 2026-11-23)
 */
export const createHttpHeartbeat = ({ secret, timeoutMs = TIMEOUT_MS }: HttpHeartbeatOptions): Heartbeat => ({
  tell: async (beat) => {
    const url = heartbeatUrl(await secret.read(), secret.name, beat);
    let why: string | undefined;
    for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt += 1) {
      why = await getOnce(url, timeoutMs);
      if (why === undefined) return;
    }
    secret.forget();
    throw new Error(`the address in ${secret.name} did not take it: ${why}`);
  },
});
