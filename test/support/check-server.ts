import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

// Stands in for a service of health checks on 127.0.0.1.

/** What it answers once: a status; 200 and a text; nothing at all; or a connection that breaks. */
export type CheckAnswer = number | { readonly text: string } | 'hangs' | 'breaks';

export interface CheckServer {
  /** The address of the check, with a secret in it. */
  readonly url: string;
  /** Every request that came, as `GET /path?query`. */
  readonly requests: readonly string[];
  /** Queues responses: each is given once, then 200 forever. */
  answerWith(...answers: readonly CheckAnswer[]): void;
  close(): Promise<void>;
}

/** What must never be in an error or a log: the path of a check, as a self-hosted healthchecks names it. */
export const CHECK_SECRET = 'ping/5f1e1c0asecret4b7e8f0d/audit';

const give = (response: ServerResponse, answer: CheckAnswer): void => {
  if (answer === 'breaks') response.socket?.resetAndDestroy();
  else if (typeof answer === 'object') response.end(answer.text);
  else if (answer !== 'hangs')
    response.writeHead(answer, { location: 'http://127.0.0.1:1/elsewhere' }).end('OK');
};

/** Starts a check that records what is asked of it and answers as configured. */
export const startCheckServer = async (): Promise<CheckServer> => {
  const requests: string[] = [];
  const answers: CheckAnswer[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    give(response, answers.shift() ?? 200);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/${CHECK_SECRET}`,
    requests,
    answerWith: (...given) => void answers.splice(0, answers.length, ...given),
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
};
