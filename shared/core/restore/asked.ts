import { UserError } from '../../model/errors.ts';
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS, SECOND_MS } from '../../model/instant.ts';
import { isZoneName } from '../calendar/zone.ts';
import { capped } from '../text/words.ts';
import { parseAt, unknownZone } from './asked-time.ts';

/** What a person typed about the moment. */
export interface MomentOptions {
  readonly at?: string | undefined;
  readonly tz?: string | undefined;
  readonly ago?: string | undefined;
  readonly recoveryPoint?: string | undefined;
}

/** The moment that a person asks for. `open`: none was named, so that it is chosen from what there is. */
export type AskedMoment =
  | { readonly kind: 'second'; readonly at: Instant }
  | { readonly kind: 'latest' }
  | { readonly kind: 'recovery-point'; readonly id: string; readonly table: string }
  | { readonly kind: 'open' };

/** The moment, and whose clock it is shown by. */
export interface Asked {
  readonly moment: AskedMoment;
  /** `--tz`, else the machine's. */
  readonly zone: string;
}

/** Where a moment is asked: the machine's clock and zone. */
export interface AskedWhere {
  readonly now: Instant;
  readonly machineZone: string;
}

const SPAN = /^(?:(\d{1,3})w)?(?:(\d{1,4})d)?(?:(\d{1,5})h)?(?:(\d{1,6})min)?(?:(\d{1,8})s)?(?:ago)?$/;
const SIZES = [7 * DAY_MS, DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS];
const BARE_MINUTES = /^(.*\d)m$/;

/** `m` is months in the policy file and minutes to most people: neither is assumed. */
const agoFix = (text: string): string => {
  const [, minutes] = BARE_MINUTES.exec(text) ?? [];
  return minutes === undefined
    ? 'Write it like --ago 2h, --ago 90min or --ago 1d12h; a day has 24 hours here.'
    : `Write --ago ${minutes}min if minutes are meant.`;
};

/**
 * Parses how long ago, to the whole second at or before. `2h`, `90min`, `1d12h`, `2 h 14 min`; a day is 24 hours.
 * Throws UserError for anything else.
 */
export const parseAgo = (text: string, now: Instant): Instant => {
  const compact = text.replaceAll(' ', '');
  const parts = SPAN.exec(compact);
  const ms = (parts ?? [])
    .slice(1)
    .map((part, index) => Number(part ?? 0) * (SIZES[index] ?? 0))
    .reduce((sum, size) => sum + size, 0);
  if (ms === 0)
    throw new UserError({
      code: 'not-a-span',
      what: `--ago ${capped(text, 60)} is not a span of time.`,
      fix: agoFix(compact),
    });
  return Math.floor((now - ms) / SECOND_MS) * SECOND_MS;
};

const BACKUP_ARN =
  /^arn:[a-z-]+:dynamodb:[a-z0-9-]+:\d{12}:table\/([a-zA-Z0-9_.-]+)\/backup\/[A-Za-z0-9_-]+$/;
const VAULT_ARN = /^arn:[a-z-]+:(?:backup:[a-z0-9-]+:\d{12}:recovery-point:|ec2:)/;

const notAnArn = (id: string): UserError =>
  new UserError({
    code: 'not-a-recovery-point',
    what: `--recovery-point ${capped(id, 120)} is not the ARN of a DynamoDB backup.`,
    fix: VAULT_ARN.test(id)
      ? 'It belongs to AWS Backup: restore it there with aws backup start-restore-job.'
      : 'Write it as it is listed without --recovery-point: arn:aws:dynamodb:REGION:ACCOUNT:table/NAME/backup/ID.',
  });

/** Reads which table a backup is of out of its ARN. Throws UserError for what is no such ARN. */
export const tableOfPoint = (id: string): string => {
  const [, table] = BACKUP_ARN.exec(id) ?? [];
  if (table === undefined) throw notAnArn(id);
  return table;
};

const refuseSeveral = ({ at, ago, recoveryPoint }: MomentOptions): void => {
  const given = [
    ['--at', at],
    ['--ago', ago],
    ['--recovery-point', recoveryPoint],
  ].flatMap(([flag, value]) => (value === undefined ? [] : [flag]));
  if (given.length > 1)
    throw new UserError({
      code: 'several-moments',
      what: `${given.join(' and ')} name a moment each.`,
      fix: 'Give one of them.',
    });
};

const momentOf = (options: MomentOptions, { now, machineZone }: AskedWhere): AskedMoment => {
  const { at, tz, ago, recoveryPoint } = options;
  if (recoveryPoint !== undefined) {
    const id = recoveryPoint.trim();
    return { kind: 'recovery-point', id, table: tableOfPoint(id) };
  }
  if (ago !== undefined) return { kind: 'second', at: parseAgo(ago, now) };
  if (at === undefined) return { kind: 'open' };
  if (at.trim().toLowerCase() === 'latest') return { kind: 'latest' };
  return { kind: 'second', at: parseAt({ text: at, zone: tz, machineZone }) };
};

/**
 * Reads the moment that was asked for.
 * SAFETY: throws UserError where it is not one second, so that none is ever chosen that was not meant.
 */
export const askedMoment = (options: MomentOptions, where: AskedWhere): Asked => {
  if (options.tz !== undefined && !isZoneName(options.tz)) throw unknownZone(options.tz);
  refuseSeveral(options);
  return { moment: momentOf(options, where), zone: options.tz ?? where.machineZone };
};
