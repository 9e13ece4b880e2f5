import { type Instant, isoInstant } from '../../model/instant.ts';
import { ageText } from '../text/time.ts';
import { type ListReach, newestOf } from './due.ts';
import type { Stream } from './stream.ts';

/**
 * How a table stands under one policy, by the age of what can be restored: `unseen` is what the list does not reach far enough to tell.
 */
export interface Standing {
  readonly kind: 'kept' | 'late' | 'none' | 'unseen';
  readonly text: string;
}

const standingOfNone = ({ policy }: Stream, now: Instant, { since, whole }: ListReach): Standing => {
  if (!whole) return { kind: 'unseen', text: `recovery points of ${policy.name} could not be listed whole` };
  if (since === undefined) return { kind: 'none', text: `no recovery point of ${policy.name}` };
  const text = `no available recovery point of ${policy.name} since ${isoInstant(since)}`;
  return now - since > policy.rpoMs
    ? { kind: 'late', text: `${text}; at most ${ageText(policy.rpoMs)} is promised` }
    : { kind: 'unseen', text: `${text}; this run did not look further back` };
};

/**
 * Given a stream, a moment and how far the list reaches, returns whether the newest available recovery point is as young as the policy
 * promises. At the edge exactly the promised age is kept, and an old one at the end of a list with a gap proves nothing.
 */
export const standingOf = (stream: Stream, now: Instant, reach: ListReach): Standing => {
  const { policy } = stream;
  const newest = newestOf(stream, now, ['available']);
  if (newest === undefined) return standingOfNone(stream, now, reach);
  const ageMs = now - newest.recoveryPoint.createdAt;
  const text = `the newest recovery point of ${policy.name} is ${ageText(ageMs)} old`;
  if (ageMs <= policy.rpoMs) return { kind: 'kept', text };
  return reach.whole
    ? { kind: 'late', text: `${text}; at most ${ageText(policy.rpoMs)} is promised` }
    : { kind: 'unseen', text: `${text}, in a list with a gap` };
};
