import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** How an invocation ended: with the handler's answer, or with its error as Lambda reports it. */
export type Invocation =
  | { readonly ok: true; readonly answer: unknown }
  | { readonly ok: false; readonly errorType: string; readonly errorMessage: string };

interface Pending {
  readonly id: string;
  readonly event: unknown;
  readonly end: (invocation: Invocation) => void;
}

/** The side of Lambda that a runtime speaks to: it asks for the next event, and answers. */
export interface RuntimeApi {
  readonly address: string;
  invoke(event: unknown): Promise<Invocation>;
  /** Ends every invocation that is under way. */
  fail(reason: string): void;
  close(): Promise<void>;
}

const PREFIX = '/2018-06-01/runtime';
const ARN = 'arn:aws:lambda:us-east-1:123456789012:function:under-test';
const TIMEOUT_MS = 900_000;

const failureOf = (body: string): Invocation => {
  const { errorType = '', errorMessage = '' } = JSON.parse(body) as Record<string, string>;
  return { ok: false, errorType, errorMessage };
};

const hand = (response: ServerResponse, { id, event }: Pending): void => {
  response.writeHead(200, {
    'content-type': 'application/json',
    'lambda-runtime-aws-request-id': id,
    'lambda-runtime-deadline-ms': String(Date.now() + TIMEOUT_MS),
    'lambda-runtime-invoked-function-arn': ARN,
    'lambda-runtime-trace-id': 'Root=1-00000000-000000000000000000000000;Sampled=0',
  });
  response.end(JSON.stringify(event));
};

/** Events that were not taken, the runtime that waits for one, and what was taken and not answered. */
const createQueue = () => {
  const waiting: Pending[] = [];
  const underWay = new Map<string, Pending>();
  let idle: ServerResponse | undefined;
  const match = (): void => {
    const next = idle === undefined ? undefined : waiting.shift();
    if (idle === undefined || next === undefined) return;
    underWay.set(next.id, next);
    hand(idle, next);
    idle = undefined;
  };
  return {
    add: (pending: Pending): void => {
      waiting.push(pending);
      match();
    },
    wait: (response: ServerResponse): void => {
      idle = response;
      match();
    },
    end: (id: string, invocation: Invocation): void => {
      underWay.get(id)?.end(invocation);
      underWay.delete(id);
    },
    endAll: (invocation: Invocation): void => {
      for (const pending of [...waiting.splice(0), ...underWay.values()]) pending.end(invocation);
      underWay.clear();
    },
  };
};

type Queue = ReturnType<typeof createQueue>;

const answer = async (queue: Queue, request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const [, kind = '', id = '', verb = ''] = (request.url ?? '').slice(PREFIX.length).split('/');
  if (verb === '' && id === 'next') {
    queue.wait(response);
    return;
  }
  const body = await text(request);
  if (kind === 'init') queue.endAll(failureOf(body));
  else if (verb === 'error') queue.end(id, failureOf(body));
  else queue.end(id, { ok: true, answer: JSON.parse(body) });
  response.writeHead(202).end('{}');
};

/** Starts the Runtime API of one sandbox, on a free port of this machine. */
export const startRuntimeApi = async (): Promise<RuntimeApi> => {
  const queue = createQueue();
  const server = createServer((request, response) => {
    answer(queue, request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  let invocations = 0;
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    invoke: (event) =>
      new Promise((end) => {
        invocations += 1;
        queue.add({ id: `00000000-0000-4000-8000-${String(invocations).padStart(12, '0')}`, event, end });
      }),
    fail: (errorMessage) => queue.endAll({ ok: false, errorType: 'Runtime.ExitError', errorMessage }),
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
};
