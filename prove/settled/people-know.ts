import type { OpenFinding } from '../../shared/model/memory.ts';
import type { Life } from '../invariants/life.ts';

/** What is overdue because its backups fail, or its table is inaccessible, is reported with that. */
const isSymptom = ({ kind, table, policy }: OpenFinding, open: readonly OpenFinding[]): boolean =>
  kind === 'recovery-point-overdue' &&
  open.some(
    (cause) =>
      cause.table === table &&
      ((cause.kind === 'backups-failing' && cause.policy === policy) || cause.kind === 'table-inaccessible'),
  );

/** Everything open was reported, unless its table is muted or its cause was reported, and so was the resolution of everything resolved. */
export const peopleKnow = (
  open: readonly OpenFinding[],
  muted: ReadonlySet<string>,
  { toldOpen, maybeTold }: Life,
): readonly string[] => {
  const ids = new Set(open.map(({ id }) => id));
  const isMuted = ({ kind, table }: OpenFinding): boolean =>
    kind !== 'muted' && table !== undefined && muted.has(table);
  const lost = new Set(open.filter(({ kind }) => kind === 'no-longer-protected').map(({ table }) => table));
  // What else is open of a table that lost its policy waits until it is governed again.
  const isHeld = ({ kind, table }: OpenFinding): boolean => kind !== 'no-longer-protected' && lost.has(table);
  const tellable = open
    .filter((finding) => !isMuted(finding) && !isSymptom(finding, open) && !isHeld(finding))
    .map(({ id }) => id);
  const isSure = (id: string): boolean => !maybeTold.has(id) && !maybeTold.has(id.split('/')[0] ?? id);
  return [
    ...tellable
      .filter((id) => !toldOpen.has(id) && isSure(id))
      .map((id) => `nobody was told of ${id}, which is open`),
    ...[...toldOpen]
      .filter((id) => !ids.has(id) && isSure(id))
      .map((id) => `nobody was told that ${id} is over`),
  ];
};
