import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SimAccount } from './account.ts';
import { answer } from './answer.ts';
import { isConnectionFailure } from './failure.ts';
import { readQuery } from './wire/rest.ts';

export interface SimServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Names the header in which every answer says what time it is in the account. */
const CLOCK_HEADER = 'x-simulated-time';

const readBody = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
};

const headersOf = (request: IncomingMessage): Record<string, string> =>
  Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));

/** A request line without a method or a path does not come through Node's parser. */
const lineOf = ({ method = 'POST', url = '/' }: IncomingMessage) => {
  const [path = '/', query = ''] = url.split('?');
  return { method, path, query: readQuery(query) };
};

const serve = async (
  account: SimAccount,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const bytes = await readBody(request);
  const body = bytes.toString('utf8');
  const {
    status,
    headers,
    body: text,
  } = await answer(account, { ...lineOf(request), headers: headersOf(request), body, bytes, via: 'http' });
  // A date would let every client correct its clock by it, and virtual time is not theirs; who wants it reads the header of our own.
  response.sendDate = false;
  const time = new Date(account.clock.now()).toISOString();
  response.writeHead(status, { ...headers, [CLOCK_HEADER]: time, 'content-length': Buffer.byteLength(text) });
  response.end(text);
};

const breakOff = (response: ServerResponse, error: unknown): void => {
  if (isConnectionFailure(error)) {
    response.socket?.resetAndDestroy();
    return;
  }
  response.writeHead(500, { 'content-type': 'text/plain' });
  response.end(error instanceof Error ? error.stack : String(error));
};

/** Serves an account on 127.0.0.1; the URL is for `--endpoint-url`. Takes a free port unless one is given. */
export const startServer = async (
  account: SimAccount,
  options: { readonly port?: number } = {},
): Promise<SimServer> => {
  const server = createServer((request, response) => {
    serve(account, request, response).catch((error: unknown) => breakOff(response, error));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
};
