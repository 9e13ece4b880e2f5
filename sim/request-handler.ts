import { Readable } from 'node:stream';
import type { SimAccount } from './account.ts';
import { answer } from './answer.ts';
import type { Query } from './call.ts';
import { isS3 } from './wire/s3.ts';

interface SdkRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly method?: string;
  readonly path?: string;
  readonly query?: unknown;
}

interface SdkResponse {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  /** For the client of S3 a stream of it, which is all that it takes. */
  readonly body: Uint8Array;
}

interface CallOptions {
  readonly abortSignal?: unknown;
}

/** What a client of the AWS SDK v3 takes as its `requestHandler`. */
export interface SdkRequestHandler {
  readonly metadata: { readonly handlerProtocol: string };
  handle(request: SdkRequest, options?: CallOptions): Promise<{ readonly response: SdkResponse }>;
  updateHttpClientConfig(): void;
  httpHandlerConfigs(): Record<string, never>;
  destroy(): void;
}

const textOf = (body: unknown): string => {
  if (body === undefined || body === null) return '';
  if (typeof body === 'string') return body;
  if (body instanceof Uint8Array) {
    return Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8');
  }
  throw new TypeError('The simulated account takes bodies of text or bytes only.');
};

const lowerCaseKeys = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

const abortError = (): Error => Object.assign(new Error('Request aborted'), { name: 'AbortError' });

const untilAborted = <T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> => {
  if (!signal) return work;
  const { promise, reject } = Promise.withResolvers<never>();
  const abort = (): void => reject(abortError());
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort, { once: true });
  return Promise.race([work, promise]).finally(() => signal.removeEventListener('abort', abort));
};

/** Makes a request handler that answers in this process, without sockets. Any credentials do. */
export const requestHandlerOf = (account: SimAccount): SdkRequestHandler => ({
  metadata: { handlerProtocol: 'http/1.1' },
  async handle(request, options) {
    const sent = {
      headers: lowerCaseKeys(request.headers),
      body: textOf(request.body),
      method: request.method ?? 'POST',
      path: request.path ?? '/',
      query: (request.query ?? {}) as Query,
      via: 'memory' as const,
    };
    const signal = options?.abortSignal instanceof AbortSignal ? options.abortSignal : undefined;
    const { status, headers, body } = await untilAborted(answer(account, sent), signal);
    const received = typeof body === 'string' ? Buffer.from(body, 'utf8') : body;
    const streamed = isS3(sent) ? (Readable.from([received]) as unknown as Uint8Array) : received;
    return { response: { statusCode: status, headers: { ...headers }, body: streamed } };
  },
  updateHttpClientConfig() {},
  httpHandlerConfigs: () => ({}),
  destroy() {},
});
