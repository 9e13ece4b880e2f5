import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { type MotoFront, type Pass, startMotoFront } from './moto-front.ts';

// moto 5.2 answers GetResources with every resource, whatever ResourceARNList names. This server in front of its tagging API leaves out what was not
// asked for; everything else passes unchanged.

interface Asked {
  readonly ResourceARNList?: readonly string[];
}

interface Answered {
  readonly ResourceTagMappingList: readonly { readonly ResourceARN: string }[];
  readonly PaginationToken?: string | null;
}

/** AWS answers a list of ARNs on one page; moto's has room for everything in the account only when it is asked for one. */
const ONE_PAGE = { ResourcesPerPage: 100, TagsPerPage: 500 };

const headersOf = ({ headers }: IncomingMessage): Record<string, string> => ({
  'content-type': headers['content-type'] ?? '',
  'x-amz-target': String(headers['x-amz-target'] ?? ''),
  authorization: headers.authorization ?? '',
});

const ask = async (moto: string, request: IncomingMessage, body: string): Promise<Response> =>
  await fetch(moto, { method: 'POST', headers: headersOf(request), body });

const arnsIn = (request: IncomingMessage, body: string): readonly string[] | undefined => {
  const isList = headersOf(request)['x-amz-target']?.endsWith('.GetResources') === true;
  return isList ? (JSON.parse(body) as Asked).ResourceARNList : undefined;
};

const onlyThose = (said: string, arns: readonly string[]): string => {
  const { ResourceTagMappingList: all, PaginationToken } = JSON.parse(said) as Answered;
  if (PaginationToken) throw new Error('moto has more resources than fit on one page');
  return JSON.stringify({
    ResourceTagMappingList: all.filter(({ ResourceARN }) => arns.includes(ResourceARN)),
  });
};

const pass: Pass = async (moto, request, response) => {
  const body = await text(request);
  const arns = arnsIn(request, body);
  const answer = await ask(moto, request, arns === undefined ? body : JSON.stringify(ONE_PAGE));
  const said = await answer.text();
  const heard = arns !== undefined && answer.ok ? onlyThose(said, arns) : said;
  response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' });
  response.end(heard);
};

/** Starts it in front of a moto server, on a free port of this machine. */
export const startMotoTagging = (moto: string): Promise<MotoFront> => startMotoFront(moto, pass);
