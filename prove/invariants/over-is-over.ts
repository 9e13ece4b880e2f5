import type { FindingKind } from '../../shared/model/finding.ts';
import { DECIDED, trueFindings } from '../truth/findings.ts';
import { toldBy } from '../truth/told.ts';
import type { Scene } from '../world/record.ts';
import type { Invariant } from './invariant.ts';
import type { Life } from './life.ts';

const isDecided = (id: string): boolean => DECIDED.some((kind: FindingKind) => id.startsWith(`${kind}/`));

const isTrueIn = (scene: Scene, { mutes }: Life): ((id: string) => boolean) => {
  const ids = new Set(trueFindings(scene, mutes));
  return (id) => ids.has(id);
};

/** 9. Nothing is told to be over that is still so: what a run did not look at, it does not close. */
export const overIsOver: Invariant = (run, life) => {
  if (run.overlapped || run.skewMs !== 0) return [];
  const resolved = toldBy(run, life).resolved.filter(isDecided);
  if (resolved.length === 0) return [];
  const before = resolved.filter(isTrueIn(run.before, life));
  if (before.length === 0) return [];
  // What time alone ends may have ended while the run was under way.
  return before.filter(isTrueIn(run.later, life)).map((id) => `${id} was told to be over, and is still so`);
};
