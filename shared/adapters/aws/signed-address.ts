import { buildQueryString } from '@smithy/core/protocols';
import { Hash } from '@smithy/core/serde';
import { SignatureV4 } from '@smithy/signature-v4';
import { type Instant, SECOND_MS } from '../../model/instant.ts';

/** Whose key signs. */
export interface SigningKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** One request that anyone may make with the address alone. */
export interface SignedRequest {
  readonly method: 'GET' | 'PUT';
  /** Without a query. */
  readonly url: URL;
  readonly region: string;
  readonly now: Instant;
  /** At most seven days. The address ends with the session of the key as well, whatever this says. */
  readonly validMs: number;
}

/** Says for the signature that the body is not signed. Whoever has the address does not send it, so it is neither moved into the query nor signed. */
const CONTENT = 'x-amz-content-sha256';

/**
 * Signs an address of S3, so that it is a right of its own until it expires: whoever has it needs no other.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html (its example is in the test)
 */
export const signedAddress = async (
  { method, url, region, now, validMs }: SignedRequest,
  credentials: SigningKey,
): Promise<string> => {
  const sha256 = Hash.bind(null, 'sha256');
  const signer = new SignatureV4({ service: 's3', region, credentials, sha256, uriEscapePath: false });
  const { query } = await signer.presign(
    {
      ...{ method, protocol: url.protocol, hostname: url.hostname, path: url.pathname, query: {} },
      headers: { host: url.host, [CONTENT]: 'UNSIGNED-PAYLOAD' },
    },
    {
      expiresIn: Math.floor(validMs / SECOND_MS),
      signingDate: new Date(now),
      unhoistableHeaders: new Set([CONTENT]),
      unsignableHeaders: new Set([CONTENT]),
    },
  );
  return `${url.origin}${url.pathname}?${buildQueryString(query ?? {})}`;
};
