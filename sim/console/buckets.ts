import type { SimAccount } from '../account.ts';
import type { StoredObject } from '../s3/buckets.ts';

/** Makes an empty bucket. */
export const createBucket = (account: SimAccount, name: string): void =>
  void account.state.buckets.set(name, new Map());

/** Puts an object into a bucket, in place of the one of that key. Throws where there is no such bucket. */
export const putObject = (account: SimAccount, bucket: string, key: string, bytes: Uint8Array): void => {
  const objects = account.state.buckets.get(bucket);
  if (objects === undefined) throw new Error(`There is no bucket ${bucket} in the simulated account.`);
  objects.set(key, { key, bytes: Promise.resolve(bytes), at: account.clock.now() });
};

/** The keys in a bucket, sorted; none where there is no such bucket. */
export const keysOf = (account: SimAccount, bucket: string): readonly string[] => {
  account.state.settle();
  return [...(account.state.buckets.get(bucket)?.keys() ?? [])].sort();
};

/** Reads an object as someone with every right would; undefined where there is none. */
export const objectIn = (account: SimAccount, bucket: string, key: string): StoredObject | undefined =>
  account.state.buckets.get(bucket)?.get(key);

/** Reads the text of an object as someone with every right would; undefined where there is none. */
export const objectText = async (
  account: SimAccount,
  bucket: string,
  key: string,
): Promise<string | undefined> => {
  const bytes = await objectIn(account, bucket, key)?.bytes;
  return bytes === undefined ? undefined : Buffer.from(bytes).toString();
};
