import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { SimAccount } from '../../sim/account.ts';
import { requestHandlerOf } from '../../sim/request-handler.ts';

/** Opens a signed address as a browser does, by itself. */
export const openLink = async (account: SimAccount, link: string) => {
  const { host, pathname: path, searchParams } = new URL(link);
  const query = Object.fromEntries(searchParams);
  const request = { method: 'GET', path, query, headers: { host } };
  const { response } = await requestHandlerOf(account).handle(request);
  return { status: response.statusCode, text: await text(response.body as unknown as Readable) };
};
