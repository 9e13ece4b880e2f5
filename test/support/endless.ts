import type { SimAccount } from '../../sim/account.ts';
import { requestHandlerOf, type SdkRequestHandler } from '../../sim/request-handler.ts';

/** What a list's answer says of where its next page begins, when that is the nth. */
const NEXT: Readonly<Record<string, (nth: string) => object>> = {
  GetResources: (nth) => ({ PaginationToken: nth }),
  ListBackups: (nth) => ({ LastEvaluatedBackupArn: nth }),
  ListTables: (nth) => ({ LastEvaluatedTableName: nth }),
  Query: (nth) => ({ LastEvaluatedKey: { pk: { S: 'any' }, sk: { S: nth } } }),
};

/** The operations whose answers come in pages. */
export const LISTS: readonly string[] = Object.keys(NEXT);

/** So slow that few pages fit into a run. */
const LATENCY_MS = 1_000;

/** Returns a wire to the account on which one list never ends: every page is the first one, and there is always a next. */
export const endlessly = (account: SimAccount, operation: string): SdkRequestHandler => {
  const inner = requestHandlerOf(account);
  const first = new Map<string, object>();
  let pages = 0;
  const handle: SdkRequestHandler['handle'] = async (request, options) => {
    const target = request.headers['x-amz-target'] ?? request.headers['X-Amz-Target'] ?? '';
    if (target.split('.')[1] !== operation) return await inner.handle(request, options);
    const { ExclusiveStartKey, ExclusiveStartBackupArn, ExclusiveStartTableName, PaginationToken, ...asked } =
      JSON.parse(new TextDecoder().decode(request.body as Uint8Array));
    const key = JSON.stringify(asked);
    await account.clock.sleep(LATENCY_MS);
    if (!first.has(key)) {
      const { response } = await inner.handle({ ...request, body: key }, options);
      if (response.statusCode !== 200) return { response };
      first.set(key, JSON.parse(Buffer.from(response.body).toString('utf8')));
    }
    pages += 1;
    const body = JSON.stringify({ ...first.get(key), ...NEXT[operation]?.(`page-${pages}`) });
    const headers = { 'content-type': 'application/x-amz-json-1.0' };
    return { response: { statusCode: 200, headers, body: Buffer.from(body) } };
  };
  return { ...inner, handle };
};
