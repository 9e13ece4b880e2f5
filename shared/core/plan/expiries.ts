import type { ExpireAction } from '../../model/action.ts';
import type { RetentionDecision } from '../../model/plan.ts';
import { decideStream } from '../retention/decide.ts';
import type { PlanInput } from './input.ts';
import { leftoversOf } from './leftovers.ts';
import { streamKey } from './own-points.ts';
import type { Scene } from './scene.ts';

const keyOf = ({ policy, recoveryPoint }: RetentionDecision): string =>
  streamKey(recoveryPoint.tableName, policy);

/** Each stream's decisions come newest slot first; only the streams among each other need an order. */
const inOrder = (decisions: readonly RetentionDecision[]): readonly RetentionDecision[] =>
  [...Map.groupBy(decisions, keyOf)]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, ofStream]) => ofStream);

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
        ...scene.streams.flatMap((stream) => decideStream(stream, now)),
        ...leftoversOf(scene, policies),
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
