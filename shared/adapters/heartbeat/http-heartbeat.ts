import { UserError } from '../../model/errors.ts';
import { SECOND_MS } from '../../model/instant.ts';
import type { Heartbeat } from '../../ports/messages.ts';
import type { Secret } from '../../ports/secrets.ts';
import { heartbeatUrl } from './heartbeat-services.ts';

/** What a heartbeat is made of. The secret holds the address. */
export interface HttpHeartbeatOptions {
  readonly secret: Secret;
  /** How long to wait for an answer, in milliseconds; ten seconds unless given. */
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 10 * SECOND_MS;

/** A beat that is lost once would alert someone for nothing. */
const MOST_ATTEMPTS = 2;

/** What came of asking once. */
type Asked =
  | { readonly isHeard: true }
  | { readonly isHeard: false; readonly isGone: boolean; readonly why: string };

/** An error of fetch and its causes contain the host and the path, so only the kind of failure is reported. */
const wordOf = (thrown: unknown): string => {
  if (!(thrown instanceof Error)) return 'the connection broke';
  if (thrown.name === 'TimeoutError') return 'no answer in time';
  const { cause } = thrown;
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  return typeof code === 'string' ? code : 'the connection broke';
};

/** Statuses and a word that mean the check, or the host, does not exist, however often one asks. */
const GONE_STATUSES: readonly number[] = [400, 401, 403, 404, 405, 410];
const NO_SUCH_HOST = 'ENOTFOUND';

/** healthchecks.io answers an address of no check with 200 and "OK (not found)", and one that is asked too often with "OK (rate limited)". */
const REMARK = /^OK \(([a-z ]{1,40})\)/;

const beginningOf = async ({ body }: Response): Promise<string> => {
  const reader = body?.getReader();
  const chunk = await reader?.read();
  await reader?.cancel();
  return new TextDecoder().decode(chunk?.value);
};

const getOnce = async (url: URL, timeoutMs: number): Promise<Asked> => {
  try {
    const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(timeoutMs) });
    const [, remark] = REMARK.exec(await beginningOf(response)) ?? [];
    if (response.ok && remark === undefined) return { isHeard: true };
    const isGone = remark === 'not found' || GONE_STATUSES.includes(response.status);
    return { isHeard: false, isGone, why: `the answer was ${remark ?? response.status}` };
  } catch (error) {
    const why = wordOf(error);
    return { isHeard: false, isGone: why === NO_SUCH_HOST, why };
  }
};

const ask = async (url: URL, timeoutMs: number): Promise<Asked> => {
  let asked = await getOnce(url, timeoutMs);
  for (let attempt = 1; attempt < MOST_ATTEMPTS && !asked.isHeard; attempt += 1)
    asked = await getOnce(url, timeoutMs);
  return asked;
};

const noCheck = (parameter: string, why: string): UserError =>
  new UserError({
    code: 'heartbeat-check',
    what: `There is no check at the address in ${parameter}: ${why}.`,
    fix: 'Write the address of one that exists into it, or deploy without heartbeatParameter.',
  });

/**
 * Creates a heartbeat that requests the address of a check. A beat is tried twice, waiting ten seconds each time, and the address is read again after
 * a failure; no error contains it. Throws a `UserError` if a success finds no check there; any other kind of beat that the service turns out not to
 * know is dropped. Kinds that the service is known not to support are not sent.
 * @see https://healthchecks.io/docs/http_api/ (checked 2026-11-23)
 */
export const createHttpHeartbeat = ({ secret, timeoutMs = TIMEOUT_MS }: HttpHeartbeatOptions): Heartbeat => ({
  tell: async (beat) => {
    const url = heartbeatUrl(await secret.read(), secret.name, beat);
    if (url === undefined) return undefined;
    const asked = await ask(url, timeoutMs);
    if (asked.isHeard) return undefined;
    secret.forget();
    if (asked.isGone && beat === 'success') throw noCheck(secret.name, asked.why);
    return `the address in ${secret.name} did not take it: ${asked.why}`;
  },
});
