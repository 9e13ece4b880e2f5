import { UserError } from '../../model/errors.ts';
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS, SECOND_MS } from '../../model/instant.ts';
import { parsePointArn } from '../../model/point-arn.ts';
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
  /** The table is absent where the ARN does not say it. */
  | { readonly kind: 'recovery-point'; readonly id: string; readonly table?: string }
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

const notAnArn = (id: string): UserError =>
  new UserError({
    code: 'not-a-recovery-point',
    what: `--recovery-point ${capped(id, 120)} is not the ARN of a recovery point of a table.`,
    fix: 'Write it as it is listed without --recovery-point: arn:aws:dynamodb:REGION:ACCOUNT:table/NAME/backup/ID, or arn:aws:backup:REGION:ACCOUNT:recovery-point:ID for one in a vault.',
  });

/** Reads which table a recovery point is of out of its ARN; none where AWS Backup keeps it itself. Throws UserError for what is no such ARN. */
const tableOfPoint = (id: string): { readonly table?: string } => {
  const arn = parsePointArn(id);
  if (arn === undefined) throw notAnArn(id);
  return arn.table === undefined ? {} : { table: arn.table };
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
    return { kind: 'recovery-point', id, ...tableOfPoint(id) };
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
