import type { OpenFinding } from '../../shared/model/memory.ts';
import type { Life } from '../invariants/life.ts';
import { canBeLost, isUnprotected, looseIn } from '../truth/protection.ts';
import type { Scene } from '../world/record.ts';

/** 12. A table that was protected never stops being protected in silence; and no loss is reported that is none. */
export const neverSilent = (
  open: readonly OpenFinding[],
  scene: Scene,
  { optedOut }: Life,
): readonly string[] => {
  const ids = new Set(open.map(({ id }) => id));
  const lost = open.filter(({ kind }) => kind === 'no-longer-protected');
  const lostTables = new Set(lost.map(({ table }) => table));
  const loose = looseIn(scene);
  return [
    ...lost
      .filter((finding) => !canBeLost(finding, scene))
      .map(({ id }) => `${id} is open and cannot be true`),
    ...loose
      .filter(
        ({ table, policy }) =>
          !ids.has(`no-longer-protected/${table.name}/${policy}`) &&
          !ids.has(`recovery-points-without-policy/${policy}`),
      )
      .map(({ table, policy }) => `nobody knows that ${table.name} is not under ${policy} any more`),
    ...loose
      .filter((one) => isUnprotected(one, scene) && !optedOut.has(one.table.name))
      .filter(({ table }) => !lostTables.has(table.name))
      .map(({ table }) => `${table.name} was protected, is not any more, and nothing says so`),
  ];
};
