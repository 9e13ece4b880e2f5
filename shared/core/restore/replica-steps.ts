import type { SettingStep } from '../../model/restore.ts';
import type { ReplicaSettings } from '../../model/table-settings.ts';
import type { RestoreContext, RestoreInput } from './context.ts';
import { expectedTags } from './expected.ts';
import { insightsSteps } from './observer-steps.ts';
import { missingTags, pitrSteps } from './plain-steps.ts';

/** What a Region has for itself is set there, once its replica is made. */
const ownSteps = (
  wanted: ReplicaSettings,
  live: ReplicaSettings | undefined,
  context: RestoreContext,
): readonly SettingStep[] => {
  const { region } = wanted;
  const tags = wanted.tags && missingTags(expectedTags(wanted.tags, context), live?.tags);
  const pitr = pitrSteps({
    expected: { ...(wanted.pitr && { pitr: wanted.pitr }) },
    live: { ...(live?.pitr && { pitr: live.pitr }) },
  });
  // Every replica has the indexes of its table.
  const insights = insightsSteps({
    expected: { ...(wanted.insights && { insights: wanted.insights }) },
    live: { ...(live?.insights && { insights: live.insights }) },
  });
  const isProtected = wanted.deletionProtection !== true || live?.deletionProtection === true;
  return [
    ...(isProtected ? [] : [{ kind: 'deletion-protection', on: true, region } as const]),
    ...(tags === undefined || Object.keys(tags).length === 0
      ? []
      : [{ kind: 'tags', tags, region } as const]),
    ...[...pitr, ...insights].map((step) => ({ ...step, region }) as SettingStep),
  ];
};

/** Makes each replica again, then gives it what its Region has for itself. */
export const replicaSteps = ({ expected, live, context }: RestoreInput): readonly SettingStep[] =>
  (expected.replicas ?? []).flatMap((wanted): readonly SettingStep[] => {
    const { region, keyArn, tableClass } = wanted;
    if (region === context.names.to.region) return [];
    const has = live.replicas?.find((replica) => replica.region === region);
    const make: SettingStep = {
      kind: 'replica',
      region,
      ...(keyArn !== undefined && { keyArn }),
      ...(tableClass !== undefined && { tableClass }),
    };
    return [...(has === undefined ? [make] : []), ...ownSteps(wanted, has, context)];
  });
