import type { Mode } from '../shared/model/plan.ts';

/** The public name of a mode: the function that runs in it. */
export type ModeName = 'backup' | 'prune' | 'audit';

export const MODE_NAMES: readonly ModeName[] = ['backup', 'prune', 'audit'];

/** The modes by their names. */
export const MODE_OF: Readonly<Record<ModeName, Mode>> = {
  backup: 'protect',
  prune: 'expire',
  audit: 'audit',
};
