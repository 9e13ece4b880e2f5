import type { Action } from '../../model/action.ts';
import { assertNever } from '../../model/errors.ts';
import type { Observation } from '../../model/observation.ts';

/** What is missing is created, then copied, before what is surplus expires. */
const RANK: Readonly<Record<Action['kind'], number>> = {
  create: 0,
  copy: 1,
  'enable-pitr': 2,
  expire: 3,
};

const urgencyOf = (action: Action): number => (action.kind === 'create' ? action.urgency : 0);

/** Among equals: by table, policy, and what distinguishes the actions of a series. */
const keyOf = (action: Action): readonly string[] => {
  switch (action.kind) {
    case 'create':
      return [action.table, action.policy, action.name];
    case 'copy':
      return [action.table, action.policy, action.recoveryPoint.name, action.destination];
    case 'enable-pitr':
      return [action.table];
    case 'expire':
      return [action.table, action.policy, action.recoveryPoint.name, action.recoveryPoint.id];
    default:
      return assertNever(action);
  }
};

const compareKeys = (a: readonly string[], b: readonly string[]): number => {
  for (const [index, part] of a.entries()) {
    const other = b[index] ?? '';
    if (part !== other) return part < other ? -1 : 1;
  }
  return 0;
};

const compare = (a: Action, b: Action): number => {
  const [urgencyA, urgencyB] = [urgencyOf(a), urgencyOf(b)];
  if (a.kind !== b.kind) return RANK[a.kind] - RANK[b.kind];
  if (urgencyA !== urgencyB) return urgencyA > urgencyB ? -1 : 1;
  return compareKeys(keyOf(a), keyOf(b));
};

/** Sorts actions by urgency, most urgent first; among equals by table, policy and slot, so that plans can be compared. */
export const inOrder = (actions: readonly Action[]): readonly Action[] => actions.toSorted(compare);

/** Rotates `names` to start at `beginAt`, or at the next name when it no longer exists; wraps around. Starts at the first without `beginAt`. */
export const rotateFrom = (names: readonly string[], beginAt: string | undefined): readonly string[] =>
  beginAt === undefined
    ? names
    : [...names.filter((name) => name >= beginAt), ...names.filter((name) => name < beginAt)];

/**
 * Returns where the next run begins to read point-in-time recovery: at the first table that was
 * left because time ran out, in rotation order. Undefined when none was left. A run that does not
 * know the tables leaves the turn as it was.
 */
export const nextTurn = (
  { gaps }: Pick<Observation, 'gaps'>,
  beganAt: string | undefined,
): string | undefined => {
  const isBlind = gaps.some(({ facet, table }) => facet === 'tags' && table === undefined);
  if (isBlind) return beganAt;
  const left = gaps.flatMap(({ deferred, facet, table }) =>
    facet === 'pitr' && deferred === true && table !== undefined ? [table] : [],
  );
  return rotateFrom(left.toSorted(), beganAt)[0];
};
