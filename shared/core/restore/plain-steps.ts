import type { SettingStep } from '../../model/restore.ts';
import type { PitrSetting } from '../../model/table-settings.ts';
import type { RestoreContext, RestoreInput } from './context.ts';
import { isSamePolicy } from './policy-text.ts';

type Tags = Readonly<Record<string, string>>;

/** Returns those of the wanted tags that are not there with their value. */
export const missingTags = (wanted: Tags, live: Tags = {}): Tags =>
  Object.fromEntries(Object.entries(wanted).filter(([key, value]) => live[key] !== value));

/** Says whether a tag is the policy tag, which somebody set on the restored table since. */
export const isSetSince = (key: string, live: string | undefined, context: RestoreContext): boolean =>
  context.leavesPolicyTag === true && key === context.names.policyTag && live !== undefined;

/** Puts tags on. None is taken off, and no policy tag changed: what else stands there was put there since. */
export const tagSteps = ({
  expected,
  live,
  context,
}: Pick<RestoreInput, 'expected' | 'live' | 'context'>): readonly SettingStep[] => {
  const { leavesPolicyTag, names } = context;
  const missing = Object.entries(missingTags(expected.tags ?? {}, live.tags));
  const tags = Object.fromEntries(missing.filter(([key]) => !isSetSince(key, live.tags?.[key], context)));
  if (Object.keys(tags).length === 0) return [];
  const isLeft = leavesPolicyTag === true && tags[names.policyTag] !== undefined;
  return [{ kind: 'tags', tags, ...(isLeft && { leave: names.policyTag }) }];
};

/**
 * What the service takes where no period is given.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PointInTimeRecoverySpecification.html (checked 2026-11-28)
 */
export const DEFAULT_PERIOD_DAYS = 35;

/** Returns how far back point-in-time recovery reaches; 0 while it is off. */
export const periodDays = ({ enabled, recoveryPeriodDays = DEFAULT_PERIOD_DAYS }: PitrSetting): number =>
  enabled ? recoveryPeriodDays : 0;

/** Lists what switches point-in-time recovery on. SAFETY: a longer period is never shortened, because that drops history. */
export const pitrSteps = ({
  expected,
  live,
}: Pick<RestoreInput, 'expected' | 'live'>): readonly SettingStep[] => {
  if (expected.pitr === undefined) return [];
  const wantedDays = periodDays(expected.pitr);
  const liveDays = live.pitr === undefined ? 0 : periodDays(live.pitr);
  return wantedDays > liveDays ? [{ kind: 'pitr', recoveryPeriodDays: wantedDays }] : [];
};

const policyStep = (
  of: 'table' | 'stream',
  wanted: string | null | undefined,
  live: string | null | undefined,
): readonly SettingStep[] => {
  if (typeof wanted !== 'string') return [];
  const isThere = typeof live === 'string' && isSamePolicy(wanted, live);
  return isThere ? [] : [{ kind: 'resource-policy', of, policy: wanted }];
};

/** Puts the policies of the table and of its stream on. */
export const policySteps = ({ expected, live }: RestoreInput): readonly SettingStep[] => [
  ...policyStep('table', expected['resource-policy'], live['resource-policy']),
  ...policyStep('stream', expected['stream-policy'], live['stream-policy']),
];

/** Switches TTL on. SAFETY: only where the person asked for it on its own, because it deletes items. */
export const ttlSteps = ({ expected, live, context }: RestoreInput): readonly SettingStep[] => {
  const attribute = expected.ttl?.attribute;
  if (attribute === undefined || context.choices.ttl !== 'on') return [];
  return live.ttl?.attribute === attribute ? [] : [{ kind: 'ttl', attribute }];
};
