import type { RecoveryPointOrigin } from '../../model/recovery-point.ts';
import { parseRecoveryPointName } from '../../model/recovery-point-name.ts';

/** Returns an equal text that was seen before, if any, so that equal texts are stored once. */
export type Sharer = (text: string) => string;

/** Creates an empty sharer. It keeps every text that it has seen until it is released itself. */
export const createSharer = (): Sharer => {
  const seen = new Map<string, string>();
  return (text) => {
    const known = seen.get(text);
    if (known === undefined) seen.set(text, text);
    return known ?? text;
  };
};

/** Reads what a backup's name says of who made it; undefined for everybody else's. */
export type OriginReader = (name: string) => RecoveryPointOrigin | undefined;

/**
 * SAFETY: the only place that reads whose a backup of DynamoDB is. Creates a reader that reads each
 * name once: names recur from table to table, and reading one is the most expensive step of a list.
 */
export const createOriginReader = (): OriginReader => {
  const known = new Map<string, RecoveryPointOrigin | undefined>();
  return (name) => {
    const origin = known.get(name);
    if (origin !== undefined || known.has(name)) return origin;
    const read = parseRecoveryPointName(name);
    known.set(name, read);
    return read;
  };
};
