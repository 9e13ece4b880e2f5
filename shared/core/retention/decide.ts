import type { Instant } from '../../model/instant.ts';
import type { RetentionDecision } from '../../model/plan.ts';
import type { Stream } from '../scene/stream.ts';
import { incarnationOf } from './counting.ts';
import { countedOf, type Judged, judgeStream, madeAt } from './judge.ts';
import { isLatestFilled, refusalsOf } from './refusals.ts';

const heldBack = (judged: Judged, because: readonly string[]): Pick<Judged, 'decision' | 'reasons'> =>
  judged.decision === 'keep' || because.length === 0 ? judged : { decision: 'keep', reasons: because };

const NOT_YET = ['kept until the latest slot has its recovery point'];

/**
 * SAFETY: while the latest slot has no recovery point yet, only that expires which would expire without the newest one as well. So the
 * history is never shorter than the rules ask for, should neither of the two prove good. Undefined where the latest slot is filled.
 */
const withoutNewest = (stream: Stream, now: Instant): ReadonlySet<string> | undefined => {
  if (isLatestFilled(stream, now)) return undefined;
  const tableId = incarnationOf(stream);
  const counted = countedOf(stream, tableId, now);
  const newest = counted.toSorted((a, b) => madeAt(b) - madeAt(a))[0];
  const points = stream.points.filter((point) => point.recoveryPoint.id !== newest?.recoveryPoint.id);
  const expiring = judgeStream({ ...stream, points }, tableId, now).filter(
    ({ decision }) => decision === 'expire',
  );
  return new Set(expiring.map(({ point }) => point.recoveryPoint.id));
};

/**
 * SAFETY: only available recovery points of the confirmed incarnation ever expire, never the newest of them, and none while `refusalsOf` returns
 * anything. Returns one decision for each recovery point of a series, newest slot first, with every reason; one listed twice is decided once.
 */
export const decideStream = (stream: Stream, now: Instant): readonly RetentionDecision[] => {
  const because = refusalsOf(stream, now).map((refusal) => `held back: ${refusal}`);
  const policy = stream.policy.name;
  const judged = judgeStream(stream, incarnationOf(stream), now);
  const isFree = because.length === 0 && judged.some(({ decision }) => decision === 'expire');
  const mayGo = isFree ? withoutNewest(stream, now) : undefined;
  return judged.map((one) => {
    const { recoveryPoint } = one.point;
    const isTooEarly = mayGo?.has(recoveryPoint.id) === false;
    const { decision, reasons } = heldBack(one, isTooEarly ? NOT_YET : because);
    return { recoveryPoint, policy, decision, reasons };
  });
};

/**
 * Whether the rules of a series would let anything expire, whichever incarnation the table turns out to be. It selects the tables worth confirming:
 * where it is false, `decideStream` expires nothing. Refusals are not considered.
 */
export const proposesExpiry = (stream: Stream, now: Instant): boolean =>
  [...new Set(stream.points.map(({ recoveryPoint }) => recoveryPoint.tableId))].some((tableId) =>
    judgeStream(stream, tableId, now).some(({ decision }) => decision === 'expire'),
  );
