import { text } from 'node:stream/consumers';
import { SECOND_MS } from '../../model/instant.ts';

/** A page on its way to a signed address. */
export interface Parcel {
  readonly address: string;
  readonly body: string;
}

/** What came of it: the status, zero where no answer came, and the beginning of what was said. */
export interface Answer {
  readonly status: number;
  readonly text: string;
}

/** Sends a page. Never rejects. */
export type Send = (parcel: Parcel) => Promise<Answer>;

const HEADERS = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' };

/** In milliseconds: some megabytes on a small function. */
const TIMEOUT_MS = 20 * SECOND_MS;

const overNetwork: Send = async ({ address, body }) => {
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const response = await fetch(address, {
      method: 'PUT',
      headers: HEADERS,
      body,
      redirect: 'error',
      signal,
    });
    return { status: response.status, text: await response.text() };
  } catch {
    return { status: 0, text: '' };
  }
};

/** What an SDK client takes in place of the network. */
interface Handler {
  handle(request: object): Promise<{
    readonly response: { readonly statusCode: number; readonly body: Body };
  }>;
}

type Body = Uint8Array | AsyncIterable<Uint8Array>;

const textOf = async (body: Body): Promise<string> =>
  body instanceof Uint8Array ? new TextDecoder().decode(body) : await text(body);

const isHandler = (value: unknown): value is Handler =>
  typeof value === 'object' && value !== null && 'handle' in value && typeof value.handle === 'function';

const through =
  (handler: Handler): Send =>
  async ({ address, body }) => {
    const { pathname: path, searchParams, host } = new URL(address);
    const request = {
      method: 'PUT',
      path,
      query: Object.fromEntries(searchParams),
      headers: { ...HEADERS, host },
      body,
    };
    try {
      const { response } = await handler.handle(request);
      return { status: response.statusCode, text: await textOf(response.body) };
    } catch {
      return { status: 0, text: '' };
    }
  };

/** Chooses what sends: what replaces the network of an SDK client, where it is given and is no options of it; else the network. */
export const sendBy = (requestHandler: unknown): Send =>
  isHandler(requestHandler) ? through(requestHandler) : overNetwork;
