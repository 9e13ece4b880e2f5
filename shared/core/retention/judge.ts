import type { Instant } from '../../model/instant.ts';
import { inOrder, newestFirst, uncountedReason } from './counting.ts';
import { floorOf } from './floor.ts';
import { type KeepReason, keepReasonText } from './reasons.ts';
import { type Retained, retain } from './retain.ts';
import type { Stream, StreamPoint } from './stream.ts';

/** What the rules and the floor alone say of one recovery point; no refusal is looked at. */
export interface Judged {
  readonly point: StreamPoint;
  readonly decision: 'keep' | 'expire';
  readonly reasons: readonly string[];
}

const FLOOR_REASONS = ['the newest available one, which never expires'];

const textsOfOne = new WeakMap<KeepReason, readonly string[]>();

/** Most are kept for one reason, which they share with the same slot of other tables; so they share its text. */
const textsOf = (reasons: readonly KeepReason[]): readonly string[] => {
  const [only] = reasons;
  if (only === undefined || reasons.length > 1) return reasons.map(keepReasonText);
  const texts = textsOfOne.get(only) ?? [keepReasonText(only)];
  textsOfOne.set(only, texts);
  return texts;
};

const judgedByRules = ({ point, keptBy, passedBy }: Retained<StreamPoint>, onFloor: boolean): Judged => {
  if (keptBy.length > 0) return { point, decision: 'keep', reasons: textsOf(keptBy) };
  return onFloor
    ? { point, decision: 'keep', reasons: FLOOR_REASONS }
    : { point, decision: 'expire', reasons: passedBy };
};

/** What is said of the recovery points that count, which come newest first. */
const judgeCounted = (
  counted: readonly StreamPoint[],
  { policy }: Stream,
  now: Instant,
): readonly Judged[] => {
  const { retention, timezone } = policy;
  const floor = floorOf(counted);
  const said = retain({ points: counted, retention, timezone, now });
  return said.map((retained) => judgedByRules(retained, floor.has(retained.point)));
};

/**
 * Given a stream, the incarnation its table is taken for, and a moment, returns what rules and floor say of each of its recovery points,
 * newest slot first. At the edge: without an incarnation nothing counts and everything is kept.
 */
export const judgeStream = (stream: Stream, tableId: string | undefined, now: Instant): readonly Judged[] => {
  const uncounted: Judged[] = [];
  const counted: StreamPoint[] = [];
  for (const point of inOrder(stream.points)) {
    const reason = uncountedReason(point, tableId, now);
    if (reason === undefined) counted.push(point);
    else uncounted.push({ point, decision: 'keep', reasons: [reason] });
  }
  const judged = judgeCounted(counted, stream, now);
  return uncounted.length === 0
    ? judged
    : [...judged, ...uncounted].toSorted((one, other) => newestFirst(one.point, other.point));
};
