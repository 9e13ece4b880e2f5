import { type Document, isScalar, type Pair, Scalar, visit } from 'yaml';
import { parseDuration } from '../../model/duration.ts';
import { withUsualSpaces } from '../calendar/cron-fields.ts';
import { isZoneName } from '../calendar/zone.ts';
import type { Advice, Mistake } from './mistake.ts';
import { offsetOf, type Placed } from './place.ts';
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

/**
 * Turns every key of a document into the text that is written there. YAML reads `007`, `1e3`,
 * `True` and `null` as something else, and would rename a policy or take two for one; a name is
 * what is written.
 */
export const keepNamesAsWritten = (document: Document.Parsed): void => {
  visit(document, {
    Pair: (_, { key }) => {
      if (isScalar(key) && typeof key.value !== 'string' && (key.source ?? '') !== '') key.value = key.source;
    },
  });
};

const DECIMAL = /^-?(?:(?:0|[1-9]\d*)(?:\.\d+)?|\.\d+)$/;

const mistake = (what: string, fix: string): Mistake => ({ code: 'policies-value', path: [], what, fix });

/** Numbers that most people read differently from YAML: `0x10`, `1e3`, `007`. */
const oddNumber = ({ value, source = '' }: Scalar): Mistake | undefined =>
  typeof value === 'number' && Number.isFinite(value) && !DECIMAL.test(source)
    ? mistake(`${source} is read as ${value} here.`, `Write ${value}.`)
    : undefined;

/** A tag may be called `2024`; without quotes YAML takes that for a number. */
const unquotedTag = (key: unknown, { value, source = '' }: Scalar): Mistake | undefined =>
  isScalar(key) && key.value === 'tag' && (typeof value === 'number' || typeof value === 'boolean')
    ? mistake(
        `The tag ${source} is read as a ${typeof value === 'number' ? 'number' : 'yes or no'} here.`,
        `Write it in quotes if that is its key: tag: "${source}".`,
      )
    : undefined;

const mistakeIn = ({ key, value }: Pair<unknown, unknown>): Mistake | undefined => {
  if (!isScalar(value) || value.type !== Scalar.PLAIN) return undefined;
  return unquotedTag(key, value) ?? oddNumber(value);
};

/** Finds the values that are not read as they are written. */
export const valuesReadOtherwise = (document: Document.Parsed): readonly Placed[] => {
  const placed: Placed[] = [];
  visit(document, {
    Pair: (_, pair) => {
      const found = mistakeIn(pair);
      if (found !== undefined) placed.push({ mistake: found, offset: offsetOf(pair.value) ?? 0 });
    },
  });
  return placed;
};
