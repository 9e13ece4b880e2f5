import { messageOf } from '../../model/errors.ts';

interface SocketError {
  readonly code?: unknown;
  readonly hostname?: unknown;
  readonly port?: unknown;
  readonly errors?: readonly SocketError[];
}

const DEFAULT_PORTS: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 };

/** The proxy's own answer, a port of it that nobody listens on, or a name of it that is not known. */
const isOf = ({ code, errors = [], hostname, port }: SocketError, proxy: URL): boolean =>
  (typeof code === 'string' && code.startsWith('ERR_PROXY_')) ||
  hostname === proxy.hostname ||
  port === Number(proxy.port || DEFAULT_PORTS[proxy.protocol]) ||
  errors.some((one) => isOf(one, proxy));

/** Says that it was the proxy that let no call through; undefined where it was not. A password in its address is not shown. */
export const proxyFailureText = (thrown: unknown, proxy: string | undefined): string | undefined => {
  const url = proxy === undefined ? null : URL.parse(proxy);
  if (url === null || !(thrown instanceof Error) || !isOf(thrown as SocketError, url)) return undefined;
  const { code } = thrown as SocketError;
  return `the proxy ${url.origin}, which HTTPS_PROXY names, refused the connection or cannot be reached (${messageOf(thrown) || String(code)})`;
};
