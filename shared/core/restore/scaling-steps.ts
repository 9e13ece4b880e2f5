import type { SettingStep } from '../../model/restore.ts';
import type { ScalableTarget, ScalingRule, TableSettings } from '../../model/table-settings.ts';
import type { RestoreInput } from './context.ts';
import { isSame } from './same.ts';

/** What a target or a rule scales. */
export interface Scaled {
  readonly resourceId: string;
  readonly dimension: string;
}

/** Says whether two are about the same capacity. */
export const isSameResource = (one: Scaled, other: Scaled): boolean =>
  one.resourceId === other.resourceId && one.dimension === other.dimension;

/** Finds the target for the same capacity. */
export const targetLike = (wanted: Scaled, live: readonly ScalableTarget[]): ScalableTarget | undefined =>
  live.find((target) => isSameResource(wanted, target));

/** Finds the rule of the same kind and name for the same capacity. */
export const ruleLike = (wanted: ScalingRule, live: readonly ScalingRule[]): ScalingRule | undefined =>
  live.find((rule) => isSameResource(wanted, rule) && rule.kind === wanted.kind && rule.name === wanted.name);

const INDEX = '/index/';

/** An index that the restored table has not, or a table that is paid on demand, cannot be scaled. */
export const canScale = ({ resourceId }: Scaled, live: Partial<TableSettings>, mode?: string): boolean => {
  if (mode === 'PAY_PER_REQUEST') return false;
  const at = resourceId.indexOf(INDEX);
  const index = at < 0 ? undefined : resourceId.slice(at + INDEX.length);
  return index === undefined || (live.shape?.globalIndexes.some(({ name }) => name === index) ?? true);
};

/** Registers what auto scaling may move, then how it does: all targets first, because a rule needs its target. */
export const scalingSteps = ({ expected, live }: RestoreInput): readonly SettingStep[] => {
  const { targets, rules } = expected['auto-scaling'] ?? { targets: [], rules: [] };
  const has = live['auto-scaling'];
  const mode = expected.shape?.billingMode;
  return [
    ...targets
      .filter((target) => canScale(target, live, mode))
      .filter((target) => !isSame(target, targetLike(target, has?.targets ?? [])))
      .map((target) => ({ kind: 'scalable-target', target }) as const),
    ...rules
      .filter((rule) => canScale(rule, live, mode))
      .filter((rule) => !isSame(rule, ruleLike(rule, has?.rules ?? [])))
      .map((rule) => ({ kind: 'scaling-rule', rule }) as const),
  ];
};
