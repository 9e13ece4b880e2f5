import { GROWING } from '../truth/protection.ts';
import { toldBy } from '../truth/told.ts';
import { hadMemory, type RunRecord } from '../world/record.ts';
import type { Invariant } from './invariant.ts';

const isWithoutMemory = (run: RunRecord): boolean =>
  run.mode === 'audit' && run.end === 'not-whole' && !hadMemory(run);

/**
 * 9. A finding is reported as new once, until it is reported as resolved; and nothing is resolved that was never reported. If a run sent an alert and
 * could not save that (it failed, was killed, or ran beside another), the next one reports again: at least once, not never. An audit that cannot read
 * what was reported reports everything that is wrong, and fails.
 */
export const toldOnce: Invariant = (run, life) => {
  if (run.overlapped || isWithoutMemory(run)) return [];
  const { toldOpen, maybeTold, inDoubt, repaired } = life;
  const { opened, resolved } = toldBy(run, life);
  const isSure = (id: string): boolean =>
    inDoubt.size === 0 && !maybeTold.has(id) && !maybeTold.has(id.split('/')[0] ?? id);
  return [
    ...opened
      .filter((id) => toldOpen.has(id) && !repaired.has(id) && isSure(id))
      .filter((id) => !GROWING.some((kind) => kind === id.split('/')[0]))
      .map((id) => `${id} was told as new a second time`),
    ...resolved
      .filter((id) => !toldOpen.has(id) && isSure(id))
      .map((id) => `${id} was told to be over, and nobody had heard of it`),
  ];
};
