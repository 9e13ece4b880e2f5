import type { ComposeOptions } from '../shared/run/compose-wire.ts';
import { createVirtualClock, type VirtualClock } from '../sim/clock.ts';
import type { Answered, Sent } from './messages.ts';
import { LATENCY_MS } from './rate-bound.ts';

/** A clock that stands still while a request is under way, and the wire to the process that holds the account. */
export interface DistantAccount {
  readonly clock: VirtualClock;
  readonly requestHandler: NonNullable<ComposeOptions['requestHandler']>;
  hear(answer: Answered): void;
}

interface Response {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly body: Uint8Array;
}

const textOf = (body: unknown): string =>
  body instanceof Uint8Array
    ? Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8')
    : String(body ?? '');

/** Connects clients to the account of the parent process: every call takes its latency, in virtual time. */
export const distantAccount = (now: number): DistantAccount => {
  const waiting = new Map<number, (response: Response) => void>();
  const clock = createVirtualClock(now, { busy: () => waiting.size > 0 });
  let sent = 0;
  return {
    clock,
    hear: ({ id, statusCode, headers, body }) => {
      waiting.get(id)?.({ statusCode, headers: { ...headers }, body: Buffer.from(body, 'utf8') });
      waiting.delete(id);
    },
    requestHandler: {
      metadata: { handlerProtocol: 'http/1.1' },
      handle: async (request: { headers: Record<string, string>; body?: unknown }) => {
        await clock.sleep(LATENCY_MS);
        sent += 1;
        const { headers, body } = request;
        const message: Sent = { kind: 'sent', id: sent, at: clock.now(), headers, body: textOf(body) };
        const answered = new Promise<Response>((resolve) => waiting.set(message.id, resolve));
        process.send?.(message);
        return { response: await answered };
      },
    } as unknown as NonNullable<ComposeOptions['requestHandler']>,
  };
};
