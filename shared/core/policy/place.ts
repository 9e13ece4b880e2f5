import { isMap, isNode, isScalar, isSeq, type Pair, type YAMLMap } from 'yaml';
import type { Mistake } from './mistake.ts';

/** A mistake and its place: the offset into the text. */
export interface Placed {
  readonly mistake: Mistake;
  readonly offset: number;
}

/** Returns where a node of a document begins in the text; undefined for anything that is not a node. */
export const offsetOf = (node: unknown): number | undefined => (isNode(node) ? node.range?.[0] : undefined);

type Pairs = ReadonlyMap<unknown, Pair<unknown, unknown>>;
type PairFinder = (node: unknown, key: PropertyKey) => Pair<unknown, unknown> | undefined;

const pairsOf = (map: YAMLMap<unknown, unknown>): Pairs =>
  new Map(
    map.items.toReversed().map((pair) => [isScalar(pair.key) ? String(pair.key.value) : undefined, pair]),
  );

/**
 * Looks up the pairs of maps by their keys. A file may have as many mistakes as keys, so each map
 * is read once.
 */
const pairFinder = (): PairFinder => {
  const known = new Map<unknown, Pairs>();
  return (node, key) => {
    if (!isMap(node)) return undefined;
    const pairs = known.get(node) ?? pairsOf(node);
    known.set(node, pairs);
    return pairs.get(key);
  };
};

/** Follows a path as far as it goes: to the value or, if requested, empty or missing, to its key. */
const offsetAt = (root: unknown, { path, atKey = false }: Mistake, pairIn: PairFinder): number => {
  let node = root;
  let offset = 0;
  for (const [index, part] of path.entries()) {
    if (isSeq(node) && typeof part === 'number') {
      node = node.items[part];
      offset = offsetOf(node) ?? offset;
      continue;
    }
    const pair = pairIn(node, part);
    if (pair === undefined) return offset;
    const isLast = index === path.length - 1;
    const isEmpty = isScalar(pair.value) && pair.value.value === null;
    const wantsValue = isLast && !atKey && !isEmpty;
    offset = (wantsValue ? offsetOf(pair.value) : undefined) ?? offsetOf(pair.key) ?? offset;
    node = pair.value;
  }
  return path.length === 0 ? (offsetOf(root) ?? 0) : offset;
};

/** Creates a function that returns the offset of a mistake in a document. A missing setting is placed where it would belong. */
export const placeFinder = (root: unknown): ((mistake: Mistake) => number) => {
  const pairIn = pairFinder();
  return (mistake) => offsetAt(root, mistake, pairIn);
};
