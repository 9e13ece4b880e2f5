import type { OpenFinding } from '../../shared/model/memory.ts';
import type { Life } from '../invariants/life.ts';

/** People were told of all that is open, and of the end of all that is over. */
export const peopleKnow = (
  open: readonly OpenFinding[],
  { toldOpen, maybeTold }: Life,
): readonly string[] => {
  const ids = new Set(open.map(({ id }) => id));
  const isSure = (id: string): boolean => !maybeTold.has(id) && !maybeTold.has(id.split('/')[0] ?? id);
  return [
    ...[...ids]
      .filter((id) => !toldOpen.has(id) && isSure(id))
      .map((id) => `nobody was told of ${id}, which is open`),
    ...[...toldOpen]
      .filter((id) => !ids.has(id) && isSure(id))
      .map((id) => `nobody was told that ${id} is over`),
  ];
};
