import type { ExpireAction } from '../../model/action.ts';
import type { RetentionDecision } from '../../model/plan.ts';
import { decideStream } from '../retention/decide.ts';
import type { PlanInput } from '../scene/input.ts';
import { streamKey } from '../scene/own-points.ts';
import type { Scene } from '../scene/scene.ts';
import { leftoversOf } from './leftovers.ts';

type OfStream = readonly [key: string, decisions: readonly RetentionDecision[]];

/** Each stream's decisions come newest slot first; only the streams among each other need an order. */
const inOrder = (streams: readonly OfStream[]): readonly RetentionDecision[] =>
  streams.toSorted(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, decisions]) => decisions);

const keyOf = ({ policy, recoveryPoint }: RetentionDecision): string =>
  streamKey(recoveryPoint.tableName, policy);

/**
 * Given what a plan is decided from, returns a decision on every recovery point of ours, sorted by table, policy, newest slot first. At
 * the edge none where the list of recovery points was not asked for whole: nothing is said of a part.
 */
export const retentionOf = (
  { now, observation, policies }: PlanInput,
  scene: Scene,
): readonly RetentionDecision[] =>
  observation.facets.includes('recovery-points')
    ? inOrder([
        ...scene.streams.map(
          (stream): OfStream => [streamKey(stream.table, stream.policy.name), decideStream(stream, now)],
        ),
        ...Map.groupBy(leftoversOf(scene, policies), keyOf),
      ])
    : [];

/**
 * Given the decisions, returns one expiry for each recovery point that no rule keeps. At the edge: whether the guardrail lets them is not
 * asked here.
 */
export const expiriesOf = (decisions: readonly RetentionDecision[]): readonly ExpireAction[] =>
  decisions
    .filter(({ decision }) => decision === 'expire')
    .map(({ policy, reasons, recoveryPoint }) => ({
      kind: 'expire',
      table: recoveryPoint.tableName,
      policy,
      recoveryPoint,
      reason: reasons.join('; '),
    }));
