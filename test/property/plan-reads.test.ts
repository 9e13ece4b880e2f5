import { expect, it } from 'vitest';
import { planWorld } from '../../bench/plan-world.ts';
import type { Mode } from '../../shared/model/plan.ts';
import { plan } from '../support/decide-plan.ts';
import { counted } from '../support/reads.ts';

// What a decision costs is held by what it reads, because seconds depend on the machine. Before each series was looked at once, an audit read 2,499.

const TABLES = 20;

const readsOf = (mode: Mode, tables: number): number => {
  const { value, reads } = counted(planWorld(mode, tables));
  plan(value);
  return reads();
};

it.each<{ mode: Mode; most: number }>([
  { mode: 'protect', most: 850 },
  { mode: 'expire', most: 1_200 },
  { mode: 'audit', most: 1_290 },
])('$mode reads at most $most things of a table with 25 recovery points', ({ mode, most }) => {
  const more = readsOf(mode, 2 * TABLES) - readsOf(mode, TABLES);
  expect(Math.round(more / TABLES)).toBeLessThanOrEqual(most);
});
