import type { Instant } from '../../model/instant.ts';
import type { RetentionDecision } from '../../model/plan.ts';
import { incarnationOf } from './incarnation.ts';
import { type Judged, judgeStream } from './judge.ts';
import { refusalsOf } from './refusals.ts';
import type { Stream } from './stream.ts';

const heldBack = (judged: Judged, refusals: readonly string[]): Judged =>
  judged.decision === 'keep' || refusals.length === 0
    ? judged
    : { ...judged, decision: 'keep', reasons: refusals.map((refusal) => `held back: ${refusal}`) };

/**
 * Given a stream at a moment, returns one decision for each of its recovery points, newest slot first, with every reason. Only available
 * ones of the confirmed incarnation ever expire, never the newest of them, and none while anything in `refusalsOf` stands against it. At
 * the edge: one listed twice is decided once; without points there are no decisions.
 */
export const decideStream = (stream: Stream, now: Instant): readonly RetentionDecision[] => {
  const refusals = refusalsOf(stream, now);
  return judgeStream(stream, incarnationOf(stream), now)
    .map((judged) => heldBack(judged, refusals))
    .map(({ point, decision, reasons }) => ({
      recoveryPoint: point.recoveryPoint,
      policy: stream.policy.name,
      decision,
      reasons,
    }));
};
