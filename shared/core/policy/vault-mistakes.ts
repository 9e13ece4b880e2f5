import { type Duration, durationWords, parseDuration } from '../../model/duration.ts';
import { HOUR_MS, MINUTE_MS } from '../../model/instant.ts';
import type { Retention } from '../../model/policy.ts';
import { parseVaultArn } from '../../model/vault-arn.ts';
import { withUsualSpaces } from '../calendar/cron-fields.ts';
import { shortestIntervalMs } from '../calendar/intervals.ts';
import type { Schedule } from '../calendar/slots.ts';
import { isZoneName } from '../calendar/zone.ts';
import type { Mistake } from './mistake.ts';
import { longestReach } from './reach-days.ts';
import { mostMsOf, scheduleAdvice } from './schedule-mistake.ts';
import { durationAdvice } from './value-mistake.ts';

type Content = Readonly<Record<string, unknown>>;
type Path = readonly PropertyKey[];

/** What only a policy of the engine aws-backup may say. */
const OF_VAULTS = ['vault', 'coldAfterDays', 'deleteAfterDays', 'startWindow', 'completeWindow', 'copyTo'];

/**
 * What is moved to cold storage is paid for so many days there.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_Lifecycle.html (checked 2026-11-28): 90 days
 */
export const COLD_DAYS = 90;

/**
 * The shortest time that a job may be given to start.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_StartBackupJob.html (checked 2026-11-28): 60 minutes
 */
const LEAST_START_MS = HOUR_MS;

const mistake = (path: Path, what: string, fix: string, atKey = false): Mistake => ({
  code: 'policies-value',
  path,
  what,
  fix,
  ...(atKey && { atKey }),
});

const strangers = (path: Path, policy: Content): readonly Mistake[] =>
  OF_VAULTS.filter((key) => Object.hasOwn(policy, key)).map((key) =>
    mistake(
      [...path, key],
      `${key} belongs to the engine aws-backup, and this policy has the engine dynamodb.`,
      'Leave it out, or write engine: aws-backup.',
      true,
    ),
  );

const numberIn = (content: Content, key: string): number | undefined => {
  const value = content[key];
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : undefined;
};

const lengthIn = (content: Content, key: string): Duration | undefined => {
  const value = content[key];
  return typeof value === 'string' && durationAdvice(value) === undefined ? parseDuration(value) : undefined;
};

const asMap = (value: unknown): Content =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : {};

/** The rules that are right by themselves; the schema reports the others. */
const retentionIn = (content: Content): Retention => {
  const written = asMap(content.retention);
  const counts = (['last', 'hourly', 'daily', 'weekly', 'monthly', 'yearly'] as const).flatMap((rule) => {
    const count = numberIn(written, rule);
    return count === undefined ? [] : [[rule, count] as const];
  });
  const within = lengthIn(written, 'within');
  return { ...Object.fromEntries(counts), ...(within !== undefined && { within }) };
};

const scheduleIn = (timezone: unknown, { schedule }: Content): Schedule | undefined =>
  typeof timezone === 'string' &&
  typeof schedule === 'string' &&
  isZoneName(timezone) &&
  scheduleAdvice(schedule) === undefined
    ? { schedule: withUsualSpaces(schedule), timezone }
    : undefined;

const reachText = (retention: Retention, schedule: Schedule): readonly [days: number, text: string] => {
  const { rule, days } = longestReach(retention, schedule) ?? { rule: 'last', days: 0 };
  const { within } = retention;
  const written = rule === 'within' && within !== undefined ? durationWords(within) : String(retention[rule]);
  return [days, `${rule}: ${written} keeps a recovery point for ${days} days`];
};

/** Cold storage that is left before its 90 days are over is paid to their end. */
const coldMistakes = (path: Path, content: Content, schedule: Schedule | undefined): readonly Mistake[] => {
  const [cold, deleted] = [numberIn(content, 'coldAfterDays'), numberIn(content, 'deleteAfterDays')];
  if (cold === undefined) return [];
  const least = cold + COLD_DAYS;
  const sum = `${cold} + ${COLD_DAYS} = ${least} days`;
  if (deleted !== undefined && deleted < least)
    return [
      mistake(
        [...path, 'deleteAfterDays'],
        `deleteAfterDays is ${deleted}, and what moves to cold storage after ${cold} days has to stay there for ${COLD_DAYS}: ${sum}.`,
        `Write ${least} or more, or a coldAfterDays of ${deleted - COLD_DAYS > 0 ? `${deleted - COLD_DAYS} or less` : 'none'}.`,
      ),
    ];
  const retention = retentionIn(content);
  if (schedule === undefined || Object.keys(retention).length === 0) return [];
  const [days, text] = reachText(retention, schedule);
  if (days >= least) return [];
  return [
    mistake(
      [...path, 'coldAfterDays'],
      `Cold storage after ${cold} days never pays: it is paid for ${COLD_DAYS} days at least, until day ${least} (${sum}), and no rule keeps anything for so long: ${text}.`,
      'Leave coldAfterDays out, or keep recovery points longer.',
    ),
  ];
};

const backstopMistakes = (
  path: Path,
  content: Content,
  schedule: Schedule | undefined,
): readonly Mistake[] => {
  const deleted = numberIn(content, 'deleteAfterDays');
  const retention = retentionIn(content);
  if (deleted === undefined || schedule === undefined || Object.keys(retention).length === 0) return [];
  const [days, text] = reachText(retention, schedule);
  return deleted > days
    ? []
    : [
        mistake(
          [...path, 'deleteAfterDays'],
          `AWS Backup would delete after ${deleted} days what the retention keeps: ${text}.`,
          `Write ${days + 1} or more, or leave deleteAfterDays out: recovery points expire by the retention.`,
        ),
      ];
};

const startMistakes = (path: Path, policy: Content, schedule: Schedule | undefined): readonly Mistake[] => {
  const shortestMs = schedule === undefined ? Number.POSITIVE_INFINITY : shortestIntervalMs(schedule);
  if (shortestMs > 0 && shortestMs < LEAST_START_MS)
    return [
      mistake(
        [...path, 'schedule'],
        `The schedule has slots ${shortestMs / MINUTE_MS} minutes apart, and AWS Backup takes up to an hour to start a job.`,
        'Leave an hour or more between two slots, or use the engine dynamodb.',
      ),
    ];
  const start = lengthIn(policy, 'startWindow');
  if (start === undefined) return [];
  const startMs = mostMsOf(start);
  const at = [...path, 'startWindow'];
  if (startMs < LEAST_START_MS)
    return [
      mistake(
        at,
        `A startWindow of ${durationWords(start)} is shorter than AWS Backup accepts.`,
        'Write 1h or more.',
      ),
    ];
  return shortestMs > 0 && startMs > shortestMs
    ? [
        mistake(
          at,
          `A startWindow of ${durationWords(start)} is longer than the ${shortestMs / HOUR_MS} hours between two slots: a job that waits would hold up the next one.`,
          `Write ${Math.floor(shortestMs / HOUR_MS)}h or less, or leave it out.`,
        ),
      ]
    : [];
};

/** AWS Backup counts the time to complete from the scheduled time, so that the time to start is part of it. */
const completeMistakes = (path: Path, policy: Content): readonly Mistake[] => {
  const complete = lengthIn(policy, 'completeWindow');
  if (complete === undefined) return [];
  const start = lengthIn(policy, 'startWindow');
  const startMs = start === undefined ? LEAST_START_MS : mostMsOf(start);
  return mostMsOf(complete) > startMs
    ? []
    : [
        mistake(
          [...path, 'completeWindow'],
          `A completeWindow of ${durationWords(complete)} ends before a job has to start: it counts from the scheduled time, as startWindow does.`,
          'Write a completeWindow longer than startWindow, or leave it out.',
        ),
      ];
};

const arnOf = (entry: unknown): unknown => (typeof entry === 'string' ? entry : asMap(entry).vault);

const copyMistakes = (path: Path, policy: Content, schedule: Schedule | undefined): readonly Mistake[] => {
  const { copyTo } = policy;
  if (!Array.isArray(copyTo)) return [];
  const arns = copyTo.map(arnOf);
  return copyTo.flatMap((entry: unknown, index): readonly Mistake[] => {
    const at = [...path, 'copyTo', index];
    const arn = arns[index];
    const vault = typeof arn === 'string' ? parseVaultArn(arn) : undefined;
    if (vault === undefined) return [];
    const twice = arns.indexOf(arn) < index;
    const isDefault = vault.name.toLowerCase() === 'default';
    const own = asMap(entry);
    const merged = { ...own, retention: own.retention ?? policy.retention };
    return [
      ...(twice ? [mistake(at, 'This vault stands in copyTo twice.', 'Leave one of them out.')] : []),
      ...(isDefault
        ? [
            mistake(
              at,
              'AWS Backup copies nothing of another account into a Default vault, and its key cannot be shared.',
              'Name a vault with a key of its own.',
            ),
          ]
        : []),
      ...coldMistakes(at, merged, schedule),
    ];
  });
};

const missingVault = (path: Path, name: string): Mistake => ({
  code: 'policies-missing',
  path: [...path, 'vault'],
  what: `The policy ${name} has no vault.`,
  fix: 'Write the name of a backup vault, such as tablekeeper.',
});

/**
 * Finds what a policy says of vaults and may not, or what cannot be kept together, each with the arithmetic. Values that are wrong by
 * themselves are skipped, because the schema reports them.
 */
export const vaultMistakes = (name: string, timezone: unknown, policy: Content): readonly Mistake[] => {
  const path = ['policies', name];
  const { engine = 'dynamodb' } = policy;
  if (engine === 'dynamodb') return strangers(path, policy);
  if (engine !== 'aws-backup') return [];
  const schedule = scheduleIn(timezone, policy);
  return [
    ...(policy.vault === undefined ? [missingVault(path, name)] : []),
    ...coldMistakes(path, policy, schedule),
    ...backstopMistakes(path, policy, schedule),
    ...startMistakes(path, policy, schedule),
    ...completeMistakes(path, policy),
    ...copyMistakes(path, policy, schedule),
  ];
};
