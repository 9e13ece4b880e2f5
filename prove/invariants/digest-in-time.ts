import { latestSlotOf } from '../truth/slots.ts';
import { isPlain, type RunRecord } from '../world/record.ts';
import type { Invariant } from './invariant.ts';

const digestSlotOf = ({ before: { file, at } }: RunRecord): number | undefined =>
  file.digest === undefined ? undefined : latestSlotOf(file.digest, file.timezone, at);

/** A digest is sent only by audits, if it is configured, once for each slot; an audit that sees everything leaves none unsent. */
export const digestInTime: Invariant = (run, { digestedSlot, maybeDigested }) => {
  const slot = digestSlotOf(run);
  if (run.overlapped) return [];
  if (run.digests > 0 && (run.mode !== 'audit' || slot === undefined))
    return [`a ${run.mode} run sent a digest, which nobody asked of it`];
  if (slot === undefined || run.mode !== 'audit' || run.skewMs !== 0 || maybeDigested) return [];
  if (run.digests > 0 && digestedSlot >= slot) return ['the same digest was sent a second time'];
  return isPlain(run) && run.digests === 0 && digestedSlot < slot
    ? ['a digest was due, and the audit sent none']
    : [];
};
