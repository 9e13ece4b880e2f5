import type { Instant } from '../../model/instant.ts';
import type { RetentionDecision } from '../../model/plan.ts';
import { incarnationOf } from './incarnation.ts';
import { type Judged, judgeStream } from './judge.ts';
import { refusalsOf } from './refusals.ts';
import type { Stream } from './stream.ts';

const heldBack = (judged: Judged, because: readonly string[]): Pick<Judged, 'decision' | 'reasons'> =>
  judged.decision === 'keep' || because.length === 0 ? judged : { decision: 'keep', reasons: because };

/**
 * Given a stream at a moment, returns one decision for each of its recovery points, newest slot first, with every reason. Only available
 * ones of the confirmed incarnation ever expire, never the newest of them, and none while anything in `refusalsOf` stands against it. At
 * the edge: one listed twice is decided once; without points there are no decisions.
 */
export const decideStream = (stream: Stream, now: Instant): readonly RetentionDecision[] => {
  const because = refusalsOf(stream, now).map((refusal) => `held back: ${refusal}`);
  const policy = stream.policy.name;
  return judgeStream(stream, incarnationOf(stream), now).map((judged) => {
    const { decision, reasons } = heldBack(judged, because);
    return { recoveryPoint: judged.point.recoveryPoint, policy, decision, reasons };
  });
};
