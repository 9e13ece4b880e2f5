import { Option } from 'commander';
import { type Asked, askedMoment } from '../../shared/core/restore/asked.ts';
import { overridesOf } from '../../shared/core/restore/overrides.ts';
import { UserError } from '../../shared/model/errors.ts';
import { parsePointArn } from '../../shared/model/point-arn.ts';
import type { RestoreChoices } from '../../shared/model/restore.ts';
import { isKeptByAwsBackup } from '../../shared/model/vault-arn.ts';
import type { RestoreParts } from '../../shared/run/compose-restore.ts';
import { LANGUAGES } from '../../shared/run/restore/emit.ts';
import type { RestoreWish } from '../../shared/run/restore/plan-restore.ts';
import { optionOf } from '../command.ts';
import type { Session } from '../session.ts';
import type { EmitOptions } from './emit.ts';

/** What was typed after `restore`. */
export interface RestoreOptions extends EmitOptions {
  readonly tables?: readonly string[];
  readonly at?: string;
  readonly tz?: string;
  readonly ago?: string;
  readonly recoveryPoint?: string;
  readonly target?: string;
  readonly plan?: true;
  readonly yes?: true;
  readonly wait?: true;
  readonly resume?: true;
  readonly list?: true;
  readonly indexes?: string;
  readonly giveUp?: string;
  readonly adopt?: string;
  readonly withoutIndexes?: true;
  readonly withoutLocalIndexes?: true;
  readonly withoutSettings?: true;
  readonly asReplacement?: true;
  readonly billing?: string;
  readonly toRegion?: string;
  readonly key?: string;
  readonly restoreRole?: string;
  readonly ttl?: RestoreChoices['ttl'];
  readonly warm?: 'as-was';
  readonly kinesis?: 'share' | 'leave';
  readonly sample: number;
}

/** In the order in which help lists them. */
export const RESTORE_OPTIONS: readonly Option[] = [
  new Option('--at <time>', 'the second to go back to, such as 2026-11-20T10:00+09:00, or latest'),
  new Option('--tz <zone>', 'read and show times on the clocks of a zone, such as Europe/Zurich'),
  new Option('--ago <span>', 'how far to go back, such as 2h'),
  new Option('--recovery-point <arn>', 'restore exactly this backup'),
  new Option(
    '--target <name>',
    'how the restored table is called (default: its own name where that is free, else TABLE-restored-YYYYMMDD-HHMM)',
  ),
  new Option('--plan', 'show the plan and stop'),
  new Option('--yes', 'ask nothing'),
  new Option('--wait', 'wait until the asked second can be restored'),
  optionOf('--ttl <when>', 'on: switch TTL on at the end; later: leave it off (default)', ['on', 'later']),
  optionOf('--warm <how>', 'as-was: raise warm throughput to what it was, which costs money', ['as-was']),
  optionOf('--kinesis <how>', 'share: send to the Kinesis stream of the source too; leave: do not', [
    'share',
    'leave',
  ]),
  new Option('--without-settings', 'a bare copy: only protected and opted out of backups'),
  new Option('--without-indexes', 'leave out global indexes, which is faster; --indexes builds them later'),
  new Option('--without-local-indexes', 'leave out local indexes for ever: they cannot be added later'),
  new Option('--as-replacement', 'give the copy the policy tag of its source, so that it is backed up'),
  new Option('--billing <mode>', 'on-demand, for a copy that is only looked at'),
  new Option('--to-region <region>', 'make the table in another Region; needs --key'),
  new Option('--key <key>', 'what encrypts it: an ARN of KMS, aws-owned or aws-managed'),
  new Option('--restore-role <arn>', 'the role that AWS Backup restores with, of what is in a vault'),
  new Option('--sample <count>', 'how many items are read to check it').argParser(Number).default(1000),
  optionOf(
    '--emit <language>',
    'write the restored table as cloudformation or terraform; without a moment, one that was restored before',
    LANGUAGES,
  ),
  new Option('--stack <name>', 'with --emit cloudformation: add the table to the template of this stack'),
  new Option('--out <folder>', 'with --emit: where the files are written (default: they are printed)'),
  new Option('--resume', 'go on with restores that were interrupted'),
  new Option('--list', 'list restores, newest first'),
  new Option('--indexes <table>', 'build the global indexes that a restore left out, one by one'),
  new Option('--give-up <table>', 'forget a restore that cannot be finished; deletes nothing'),
  new Option(
    '--adopt <table>',
    'say that a restore made this table, where the answer was lost and AWS does not say it',
  ),
];

/** Where a moment is asked: the clock of the account, and the zone of this machine. */
export const whereOf = (session: Session, now: number) => ({
  now,
  machineZone: session.terminal.env.TZ ?? new Intl.DateTimeFormat().resolvedOptions().timeZone,
});

/** Reads the moment that was typed. Throws a `UserError`. */
export const momentOf = (
  session: Session,
  { at, tz, ago, recoveryPoint }: RestoreOptions,
  now: number,
): Asked => askedMoment({ at, tz, ago, recoveryPoint }, whereOf(session, now));

const ROLE_ARN = /^arn:[a-z-]+:iam::\d{12}:role\/[\w+=,.@/-]+$/;

const roleOf = ({ terminal }: Session, { restoreRole }: RestoreOptions, ownRole: string): string => {
  const given = restoreRole ?? terminal.env.TABLEKEEPER_RESTORE_ROLE_ARN ?? '';
  if (given === '') return ownRole;
  if (ROLE_ARN.test(given)) return given;
  throw new UserError({
    code: 'restore-role',
    what: `${JSON.stringify(given)} is not the ARN of a role.`,
    fix: 'After --restore-role, or in TABLEKEEPER_RESTORE_ROLE_ARN, write one such as arn:aws:iam::111122223333:role/restores.',
  });
};

/** What is in a vault is restored where it is: a key that is named with it is one of there. */
const regionOfPoint = ({ recoveryPoint = '' }: RestoreOptions): string | undefined => {
  const id = recoveryPoint.trim();
  return isKeptByAwsBackup(id) ? parsePointArn(id)?.target.region : undefined;
};

/** Reads what is wanted of each restore. Throws a `UserError`. */
export const wishOf = (
  session: Session,
  options: RestoreOptions,
  { parts: { target }, restoreRoleArn }: Pick<RestoreParts, 'parts' | 'restoreRoleArn'>,
): RestoreWish => {
  const there = regionOfPoint(options);
  const { toRegion = there ?? target.region, ttl = 'later', warm, kinesis } = options;
  return {
    overrides: overridesOf(options, there === undefined ? target : { ...target, region: there }),
    restoreRoleArn: roleOf(session, options, restoreRoleArn),
    targetRegion: toRegion,
    targetTable: options.target,
    choices: {
      settings: options.withoutSettings === true ? 'none' : 'all',
      ttl,
      warm: warm ?? 'leave',
      role: options.asReplacement === true ? 'replacement' : 'look-only',
      ...(kinesis !== undefined && { kinesis }),
    },
  };
};
