import type { Action } from '../../model/action.ts';
import { assertNever } from '../../model/errors.ts';

/** What is missing is made before what is surplus goes. */
const RANK: Readonly<Record<Action['kind'], number>> = { create: 0, 'enable-pitr': 1, expire: 2 };

const urgencyOf = (action: Action): number => (action.kind === 'create' ? action.urgency : 0);

/** Among equals: by table, policy, and what tells one action of a stream from another. */
const keyOf = (action: Action): readonly string[] => {
  switch (action.kind) {
    case 'create':
      return [action.table, action.policy, action.name];
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

/**
 * Given actions in any order, returns them most urgent first. At the edge, among equals: by table, policy and slot, so that plans
 * compare.
 */
export const inOrder = (actions: readonly Action[]): readonly Action[] => actions.toSorted(compare);
