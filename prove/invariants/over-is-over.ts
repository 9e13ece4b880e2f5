import type { FindingKind } from '../../shared/model/finding.ts';
import { DECIDED, trueFindings } from '../truth/findings.ts';
import { toldBy } from '../truth/told.ts';
import type { Scene } from '../world/record.ts';
import type { Invariant } from './invariant.ts';
import type { Life } from './life.ts';

const isDecided = (id: string): boolean => DECIDED.some((kind: FindingKind) => id.startsWith(`${kind}/`));

/** A run reads the tags of a recreated table from the table itself; the tagging API shows them later. */
const asTrue = (scene: Scene): Scene => ({
  ...scene,
  tables: scene.tables.map((table) => ({ ...table, tags: table.ownTags ?? table.tags })),
});

const isTrueIn = (scene: Scene, { mutes }: Life): ((id: string) => boolean) => {
  const [shown, own] = [scene, asTrue(scene)].map((one) => new Set(trueFindings(one, mutes)));
  return (id) => shown?.has(id) === true && own?.has(id) === true;
};

/** 9. Nothing is reported as resolved that is still so: a run does not close what it did not look at. */
export const overIsOver: Invariant = (run, life) => {
  if (run.overlapped || run.skewMs !== 0) return [];
  const resolved = toldBy(run, life).resolved.filter(isDecided);
  if (resolved.length === 0) return [];
  const before = resolved.filter(isTrueIn(run.before, life));
  if (before.length === 0) return [];
  // What time alone ends may have ended while the run was under way.
  return before.filter(isTrueIn(run.later, life)).map((id) => `${id} was told to be over, and is still so`);
};
