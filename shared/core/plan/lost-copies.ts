import { DAY_MS } from '../../model/instant.ts';
import type { KnownPoint, LostCopy, VaultRecord } from '../../model/vault-record.ts';
import { isOver, type Seen } from './known-copies.ts';

/** How long the loss of a copy is reported, so that people can investigate it. */
const LOST_MS = 7 * DAY_MS;

const keyOf = ({ source, vault }: Pick<LostCopy, 'source' | 'vault'>): string => `${vault} ${source}`;

/**
 * What was completed, is not over, and a whole list does not show any more. Nothing here deletes a copy, and AWS Backup none before its time, so that
 * somebody did.
 */
const newlyLost = (
  { points = [] }: Partial<VaultRecord>,
  left: readonly KnownPoint[],
  { now }: Seen,
): readonly LostCopy[] => {
  const there = new Set(
    left.flatMap(({ copies = [], id }) => copies.map(({ vault }) => keyOf({ source: id, vault }))),
  );
  return points.flatMap(({ copies = [], createdAt, id: source, policy }) =>
    copies
      .filter((copy) => copy.state === 'completed' && !isOver(copy, now))
      .map(({ vault }) => ({ vault, policy, source, createdAt, goneAt: now }))
      .filter((copy) => !there.has(keyOf(copy))),
  );
};

/**
 * Lists the copies of a table that somebody deleted within a week, the oldest source first. One that is there again, as another copy of the same
 * source, was deleted all the same.
 */
export const lostCopiesOf = (
  before: VaultRecord | undefined,
  left: readonly KnownPoint[],
  seen: Seen,
): readonly LostCopy[] => {
  const known = (before?.lostCopies ?? []).filter(({ goneAt }) => seen.now - goneAt < LOST_MS);
  const lost = newlyLost(before ?? {}, left, seen);
  const all = new Map([...known, ...lost].map((copy) => [keyOf(copy), copy]));
  return [...all.values()].toSorted((a, b) => a.createdAt - b.createdAt || (keyOf(a) < keyOf(b) ? -1 : 1));
};
