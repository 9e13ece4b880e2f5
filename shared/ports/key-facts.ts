import type { KeyFacts } from '../model/key-facts.ts';
import type { ManifestHead } from '../model/manifest.ts';

/** Reads which keys tables stood under, and asks how keys stand. It only reads. */
export interface KeyFactReader {
  /** What audits kept. Throws when the store cannot be reached. */
  readHeads(): Promise<readonly ManifestHead[]>;
  /** Asks KMS once for each, in the Region of the key. Never throws for what it answers. */
  readKeys(arns: readonly string[]): Promise<KeyFacts['keys']>;
}
