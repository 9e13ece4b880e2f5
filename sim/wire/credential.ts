import type { Sent } from '../call.ts';

/** What a request was signed for. */
export interface Scope {
  readonly accessKeyId: string;
  readonly region: string;
  readonly service: string;
}

/** Either in a header or, where the address itself is signed, in the query. */
const credentialOf = ({ headers, query = {} }: Sent): string => {
  const signed = query['X-Amz-Credential'];
  if (typeof signed === 'string') return signed;
  return /Credential=([^,\s]+)/.exec(headers.authorization ?? '')?.[1] ?? '';
};

/** Reads with which key, for which Region and for which service a request was signed; undefined where it does not say. */
export const scopeOf = (sent: Sent): Scope | undefined => {
  const [accessKeyId = '', , region, service] = credentialOf(sent).split('/');
  return region === undefined || service === undefined ? undefined : { accessKeyId, region, service };
};
