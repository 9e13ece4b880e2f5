import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { type MotoFront, type Pass, startMotoFront } from './moto-front.ts';

// moto 5.2 answers GetTopicAttributes with no subscriptions at all, however many there are, while ListSubscriptionsByTopic is right. This server in
// front of its SNS inserts the number that the list shows; everything else passes unchanged.

const COUNT = /(<key>SubscriptionsConfirmed<\/key>\s*<value>)0(<\/value>)/;

const headersOf = ({ headers }: IncomingMessage): Record<string, string> => ({
  'content-type': headers['content-type'] ?? '',
  authorization: headers.authorization ?? '',
});

const ask = async (moto: string, request: IncomingMessage, body: string): Promise<Response> =>
  await fetch(moto, { method: 'POST', headers: headersOf(request), body });

const countOf = async (moto: string, request: IncomingMessage, body: string): Promise<number> => {
  const list = new URLSearchParams(body);
  list.set('Action', 'ListSubscriptionsByTopic');
  const answer = await ask(moto, request, list.toString());
  return (await answer.text()).match(/<SubscriptionArn>arn:/g)?.length ?? 0;
};

const pass: Pass = async (moto, request, response) => {
  const body = await text(request);
  const answer = await ask(moto, request, body);
  const said = await answer.text();
  const isCount = new URLSearchParams(body).get('Action') === 'GetTopicAttributes' && answer.ok;
  const counted = isCount ? said.replace(COUNT, `$1${await countOf(moto, request, body)}$2`) : said;
  response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'text/xml' });
  response.end(counted);
};

/** Starts it in front of a moto server, on a free port of this machine. */
export const startMotoSns = (moto: string): Promise<MotoFront> => startMotoFront(moto, pass);
