import { describe, expect, it } from 'vitest';
import { signedAddress } from '../../../shared/adapters/aws/signed-address.ts';
import { DAY_MS } from '../../../shared/model/instant.ts';

/** In which order parameters come is all the same to S3, which sorts them. */
const partsOf = (address: string) => {
  const { host, pathname, searchParams } = new URL(address);
  return { host, pathname, ...Object.fromEntries(searchParams) };
};

describe('a signed address', () => {
  /** https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html (its example) */
  const EXAMPLE = {
    method: 'GET',
    url: new URL('https://examplebucket.s3.amazonaws.com/test.txt'),
    region: 'us-east-1',
    now: Date.UTC(2013, 4, 24),
    validMs: DAY_MS,
  } as const;
  const KEY = {
    accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
    secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  };

  it('is the one of AWS’s own example', async () => {
    const published =
      'https://examplebucket.s3.amazonaws.com/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404';
    expect(partsOf(await signedAddress(EXAMPLE, KEY))).toEqual(partsOf(published));
  });

  it('carries the session of a role, encoded, and signs the host alone', async () => {
    const address = await signedAddress(EXAMPLE, { ...KEY, sessionToken: "a+b/c='(d)*" });
    expect(address).toContain('&X-Amz-Security-Token=a%2Bb%2Fc%3D%27%28d%29%2A&');
    expect(address).toContain('&X-Amz-SignedHeaders=host');
    expect(new URL(address).searchParams.get('X-Amz-Security-Token')).toBe("a+b/c='(d)*");
  });

  it('is another one for another method, key, hour and object', async () => {
    const others = await Promise.all([
      signedAddress(EXAMPLE, KEY),
      signedAddress({ ...EXAMPLE, method: 'PUT' }, KEY),
      signedAddress({ ...EXAMPLE, now: EXAMPLE.now + 1000 }, KEY),
      signedAddress({ ...EXAMPLE, url: new URL('https://examplebucket.s3.amazonaws.com/test2.txt') }, KEY),
      signedAddress(EXAMPLE, { ...KEY, secretAccessKey: 'other' }),
    ]);
    const signatures = others.map((address) => new URL(address).searchParams.get('X-Amz-Signature'));
    expect(new Set(signatures).size).toBe(others.length);
  });
});
