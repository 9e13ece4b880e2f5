import type { Action } from '../../model/action.ts';
import type { Mode } from '../../model/plan.ts';

const KIND: Readonly<Record<Mode, Action['kind']>> = {
  protect: 'create',
  expire: 'expire',
  audit: 'enable-pitr',
};

/**
 * Given a mode, returns whether it may carry an action out. At the edge there is none: each mode has one kind, and its role allows no
 * other.
 */
export const carriesOut = (mode: Mode, action: Action): boolean => KIND[mode] === action.kind;
