import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { refusalOf } from './limits.ts';

/** What the webhook answers once: a status and a text; nothing at all; or a connection that breaks. */
export type SlackAnswer =
  | {
      readonly status: number;
      readonly text?: string;
      readonly headers?: Readonly<Record<string, string>>;
    }
  | 'hangs'
  | 'breaks';

/** One message as it was posted, whether or not it was taken. */
export interface PostedMessage {
  readonly method: string;
  readonly path: string;
  readonly contentType: string;
  readonly body: unknown;
  /** What it was answered. */
  readonly answer: SlackAnswer;
}

export interface SlackServer {
  /** The address of its webhook, with a secret in it. */
  readonly webhook: string;
  readonly posted: readonly PostedMessage[];
  /** Gives each of these answers once, then Slack's own again. Replaces what was left of earlier ones. */
  answerWith(...answers: readonly SlackAnswer[]): void;
  /** How many requests are left without an answer on purpose. */
  hanging(): number;
  close(): Promise<void>;
}

/** What nobody may ever read in an error or a log. */
export const WEBHOOK_SECRET = 'XoXsEcReTxOxO0123456789a';

const OK: SlackAnswer = { status: 200, text: 'ok' };

const readBody = async (request: IncomingMessage): Promise<unknown> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    return undefined;
  }
};

const readPost = async (request: IncomingMessage): Promise<Omit<PostedMessage, 'answer'>> => ({
  method: request.method ?? '',
  path: request.url ?? '',
  contentType: request.headers['content-type'] ?? '',
  body: await readBody(request),
});

/** As Slack answers: `ok`, or its word for what is wrong. */
const answerTo = (body: unknown): SlackAnswer => {
  const refusal = refusalOf(body);
  return refusal === undefined ? OK : { status: 400, text: refusal };
};

const give = (response: ServerResponse, answer: Exclude<SlackAnswer, 'hangs'>): void => {
  if (answer === 'breaks') {
    response.socket?.resetAndDestroy();
    return;
  }
  response.writeHead(answer.status, { 'content-type': 'text/html', ...answer.headers });
  response.end(answer.text ?? '');
};

/** Stands in for Slack's incoming webhooks on 127.0.0.1: records what is posted, and takes what Slack would take, unless answers were set. */
export const startSlackServer = async (): Promise<SlackServer> => {
  const posted: PostedMessage[] = [];
  const answers: SlackAnswer[] = [];
  let hanging = 0;
  const server = createServer(async (request, response) => {
    const post = await readPost(request);
    const answer = answers.shift() ?? answerTo(post.body);
    posted.push({ ...post, answer });
    if (answer !== 'hangs') return give(response, answer);
    hanging += 1;
    response.once('close', () => {
      hanging -= 1;
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    webhook: `http://127.0.0.1:${port}/services/T0/B0/${WEBHOOK_SECRET}`,
    posted,
    answerWith: (...given) => void answers.splice(0, answers.length, ...given),
    hanging: () => hanging,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
};
