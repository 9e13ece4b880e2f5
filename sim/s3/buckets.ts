import { createHash } from 'node:crypto';

/** One object. Its bytes may still be on their way where a service writes it; whoever reads waits. */
export interface StoredObject {
  readonly key: string;
  readonly bytes: Promise<Uint8Array>;
  readonly at: number;
  readonly contentType?: string;
}

/** The buckets that an account has in a Region, by name, with their objects by key. */
export type Buckets = Map<string, Map<string, StoredObject>>;

export const createBuckets = (): Buckets => new Map();

/** As S3 states it of an object that came in one part. */
export const etagOf = (bytes: Uint8Array): string => `"${createHash('md5').update(bytes).digest('hex')}"`;
