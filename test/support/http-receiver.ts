import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a server answers once: a status; nothing at all; or a connection that breaks. */
export type ReceiverAnswer =
  | { readonly status: number; readonly text?: string; readonly headers?: Readonly<Record<string, string>> }
  | 'hangs'
  | 'breaks';

/** One request as it came. */
export interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** Exactly what was sent. */
  readonly raw: string;
}

/** A server on this machine that stands in for a service, and takes everything unless answers were set. */
export const startReceiver = async (usual: ReceiverAnswer = { status: 202 }) => {
  const received: Received[] = [];
  const answers: ReceiverAnswer[] = [];
  let hanging = 0;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const raw = Buffer.concat(chunks).toString('utf8');
    received.push({ path: request.url ?? '', headers: request.headers, raw });
    const answer = answers.shift() ?? usual;
    if (answer === 'breaks') return void response.socket?.resetAndDestroy();
    if (answer !== 'hangs') return void response.writeHead(answer.status, answer.headers).end(answer.text);
    hanging += 1;
    response.once('close', () => {
      hanging -= 1;
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    /** Gives each of these answers once, then the usual one again. */
    answerWith: (...given: readonly ReceiverAnswer[]) => void answers.splice(0, answers.length, ...given),
    hanging: () => hanging,
    close: () =>
      new Promise<void>((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
};
