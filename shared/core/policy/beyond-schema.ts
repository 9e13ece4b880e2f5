import { parseDuration } from '../../model/duration.ts';
import { withUsualSpaces } from '../calendar/cron-fields.ts';
import { isZoneName } from '../calendar/zone.ts';
import type { Advice, Mistake } from './mistake.ts';
import { rpoAdvice, scheduleAdvice } from './schedule-mistake.ts';
import { durationAdvice, policyNameAdvice } from './value-mistake.ts';
import { vaultMistakes } from './vault-mistakes.ts';

type Content = Readonly<Record<string, unknown>>;

const asMap = (value: unknown): Content =>
  typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};

/** Whether the schedule can keep the RPO; values that are invalid by themselves are skipped, because the schema reports them. */
const promiseAdvice = (timezone: unknown, { schedule, rpo }: Content): Advice | undefined => {
  if (typeof timezone !== 'string' || typeof schedule !== 'string' || typeof rpo !== 'string')
    return undefined;
  const duration = durationAdvice(rpo) === undefined ? parseDuration(rpo) : undefined;
  const isRight = isZoneName(timezone) && scheduleAdvice(schedule) === undefined;
  return isRight && duration !== undefined
    ? rpoAdvice({ schedule: withUsualSpaces(schedule), timezone }, duration)
    : undefined;
};

const mistakesOf = (name: string, timezone: unknown, policy: Content): readonly Mistake[] => {
  const path = ['policies', name];
  const aboutName = policyNameAdvice(name);
  const aboutPromise = promiseAdvice(timezone, policy);
  const code = 'policies-value';
  return [
    ...(aboutName === undefined ? [] : [{ code, path, atKey: true, ...aboutName } as const]),
    ...(aboutPromise === undefined ? [] : [{ code, path: [...path, 'rpo'], ...aboutPromise } as const]),
    ...vaultMistakes(name, timezone, policy),
  ];
};

/**
 * Finds the mistakes in a policy file that its schema leaves out so that one never hides another: invalid policy names, RPOs that their schedules
 * can never keep, and what is said of vaults. Empty for content that is not a map of policies.
 */
export const mistakesBeyondSchema = (content: unknown): readonly Mistake[] => {
  const { timezone = 'UTC', policies } = asMap(content);
  if (Array.isArray(policies)) return [];
  return Object.entries(asMap(policies)).flatMap(([name, policy]) =>
    mistakesOf(name, timezone, asMap(policy)),
  );
};
