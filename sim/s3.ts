import type { AccountWith, ContextOn, OperationsOn } from './call.ts';
import { type ServiceFailure, serviceFailure } from './failure.ts';
import { validated } from './validation.ts';

/** One object of a bucket. */
export interface StoredObject {
  readonly body: string;
  readonly contentType: string;
  readonly changedAt: number;
}

/** Buckets by name, and objects by key. */
export type Buckets = Map<string, Map<string, StoredObject>>;

export const createBuckets = (): Buckets => new Map();

/** What its operations work on. */
interface State {
  readonly buckets: Buckets;
}

const noBucket = (): ServiceFailure =>
  serviceFailure('NoSuchBucket', 'The specified bucket does not exist', 404);

const bucketOf = ({ state }: AccountWith<State>, name: string): Map<string, StoredObject> => {
  const bucket = state.buckets.get(name);
  if (!bucket) throw noBucket();
  return bucket;
};

interface Named {
  readonly Bucket: string;
  readonly Key: string;
  readonly Body?: string;
  readonly ContentType?: string;
}

const named = (input: Readonly<Record<string, unknown>>): Named =>
  validated<Named>(input, { Bucket: { required: true }, Key: { required: true, length: [1, 1024] } });

const putObject = ({ account, now }: ContextOn<State>, input: Readonly<Record<string, unknown>>): object => {
  const { Bucket, Key, Body = '', ContentType = 'binary/octet-stream' } = named(input);
  bucketOf(account, Bucket).set(Key, { body: Body, contentType: ContentType, changedAt: now });
  return {};
};

const getObject = ({ account }: ContextOn<State>, input: Readonly<Record<string, unknown>>): object => {
  const { Bucket, Key } = named(input);
  const object = bucketOf(account, Bucket).get(Key);
  if (!object) throw serviceFailure('NoSuchKey', 'The specified key does not exist.', 404);
  return { Body: object.body, ContentType: object.contentType };
};

/** Makes a bucket, empty; one that is there stays as it is. */
export const makeBucket = ({ state }: AccountWith<State>, name: string): void => {
  if (!state.buckets.has(name)) state.buckets.set(name, new Map());
};

/** Reads an object as someone with every right would; undefined where there is none. */
export const objectIn = (
  { state }: AccountWith<State>,
  bucket: string,
  key: string,
): StoredObject | undefined => state.buckets.get(bucket)?.get(key);

export const S3_OPERATIONS: OperationsOn<State> = { GetObject: getObject, PutObject: putObject };
