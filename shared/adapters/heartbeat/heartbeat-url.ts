import { UserError } from '../../model/errors.ts';
import type { Beat } from '../../ports/heartbeat.ts';

const SUFFIX: Readonly<Record<Beat, string>> = { start: '/start', success: '', failure: '/fail' };

const LOCAL_HOSTS: readonly string[] = ['127.0.0.1', 'localhost', '[::1]'];

/** What is secret in it must not travel in the clear; on one's own machine it does not travel. */
const isFit = ({ protocol, hostname, pathname }: URL): boolean =>
  (protocol === 'https:' || (protocol === 'http:' && LOCAL_HOSTS.includes(hostname))) && pathname !== '/';

/**
 * Given the text of a secret and a beat, returns the URL to get: the check's own for a success, `/start` and `/fail` below it otherwise, a
 * query kept. At the edge a text that is no HTTPS address with a path is a `UserError` that does not repeat it.
 * @see https://healthchecks.io/docs/http_api/ (checked 2026-11-23)
 */
export const heartbeatUrl = (text: string, parameter: string, beat: Beat): URL => {
  const url = URL.parse(text.trim());
  if (url === null || !isFit(url))
    throw new UserError({
      code: 'heartbeat-url',
      what: `The parameter ${parameter} holds no address of a check.`,
      fix: 'Write one such as https://hc-ping.com/your-uuid into it, as a SecureString.',
    });
  url.pathname = `${url.pathname.replace(/\/+$/, '')}${SUFFIX[beat]}`;
  return url;
};
