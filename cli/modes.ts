import type { Mode } from '../shared/model/plan.ts';

/** What people call a mode: the name of the function that runs in it. */
export type ModeName = 'backup' | 'prune' | 'audit';

export const MODE_NAMES: readonly ModeName[] = ['backup', 'prune', 'audit'];

/** The modes by their names. */
export const MODE_OF: Readonly<Record<ModeName, Mode>> = {
  backup: 'protect',
  prune: 'expire',
  audit: 'audit',
};
