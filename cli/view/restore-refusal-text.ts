import type { Chosen, Refused } from '../../shared/core/restore/choice.ts';
import { awayText, momentText, type Reader, spanText } from '../../shared/core/restore/moment-text.ts';
import type { PointOption } from '../../shared/core/restore/point-option.ts';
import type { UnseenPart } from '../../shared/core/restore/points-of-name.ts';
import { restoreCommand } from '../../shared/core/text/commands.ts';
import { counted, listed, quoted } from '../../shared/core/text/words.ts';
import { advise, type Command, followedBy } from '../../shared/model/advice.ts';
import { assertNever, UserError, type UserErrorContent } from '../../shared/model/errors.ts';
import { failureText } from '../../shared/model/failure.ts';
import { isoInstant } from '../../shared/model/instant.ts';
import { partitionOf, type Target } from '../../shared/model/target.ts';
import { vaultArn } from '../../shared/model/vault-arn.ts';
import { sourceFields } from '../documents/restore-fields.ts';
import { refusalFields } from '../documents/restore-plan-document.ts';
import { afterText, beforeText, incarnationText, unseenText } from './restore-option-text.ts';

type Why = Pick<UserErrorContent, 'what' | 'fix'>;

const LIST = 'Without --at and --recovery-point all that is possible is listed.';

/**
 * The way out for a copy in another account: a copy back, which is started where the copy is, under the role that the template of a destination has.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/create-cross-account-backup.html (checked 2026-11-28)
 */
const copyBack = ({ view }: Refused, id: string, of: Target, point: PointOption | undefined): Why => {
  const vault = point?.vault?.name ?? 'VAULT-THERE';
  const backTo = point?.backTo ?? vaultArn({ target: view.target, name: 'VAULT-HERE' });
  const role = `arn:${partitionOf(of)}:iam::${of.accountId}:role/tablekeeper-INSTANCE-${of.region}-copy-back`;
  return {
    what: `${id} is in a vault of account ${of.accountId}, and AWS Backup restores nothing into another account.`,
    fix: followedBy(
      advise(`Copy it back first, with credentials of ${of.accountId}:`, [
        ...['aws', 'backup', 'start-copy-job', '--region', of.region, '--recovery-point-arn', id],
        ...['--source-backup-vault-name', vault, '--destination-backup-vault-arn', backTo],
        ...['--iam-role-arn', role],
      ]),
      advise(
        `In place of INSTANCE write what the template of that vault was given as Instance (prod by default). The vault here has to be there and to let that account in (backup:CopyIntoBackupVault): where it is gone, make it again first, or name another one. When the copy is there:`,
        restoreCommand(view.table),
      ),
    ),
  };
};

const describePointCommand = ({ id, vault }: PointOption, home: Target): Command => [
  ...['aws', 'backup', 'describe-recovery-point', '--region', vault?.target.region ?? home.region],
  ...['--backup-vault-name', vault?.name ?? 'VAULT', '--recovery-point-arn', id],
];

/** Names copies in other accounts, where nothing else is there. */
const farText = ({ asked, incarnation, view }: Refused): string => {
  const far = (incarnation?.points ?? []).filter(
    ({ beyond, createdAt }) => beyond === 'account' && createdAt <= (asked ?? view.now),
  );
  const newest = far.at(-1);
  return newest === undefined
    ? ''
    : `${counted(far.length, 'copy', 'copies')} in other accounts can be copied back, the newest of ${isoInstant(newest.createdAt)}: --recovery-point ${newest.id} says how.`;
};

/** What lies on either side, with what each would lose. */
const nearText = ({ neighbours: { before, after } }: Refused): string =>
  [
    ...(before === undefined ? [] : [`Nearest before: ${beforeText(before)}.`]),
    ...(after === undefined ? [] : [`Nearest after: ${afterText(after)}.`]),
  ].join(' ');

/** How to take what lies nearest, in full: a person decides which loss is the smaller one. */
const takeText = ({ neighbours: { before, after } }: Refused): string => {
  const flags = [before, after].flatMap((one) => {
    if (one === undefined) return [];
    return [one.point === undefined ? `--at ${isoInstant(one.at)}` : `--recovery-point ${one.point.id}`];
  });
  return flags.length === 0 ? LIST : `To take one of them: ${flags.join(' or ')}.`;
};

const endsText = ({ incarnation }: Refused): string => {
  const window = incarnation?.window;
  return window === undefined
    ? ''
    : ` Any second from ${isoInstant(window.from)} to ${isoInstant(window.to)} can be restored.`;
};

const joined = (parts: readonly string[]): string => parts.filter((part) => part !== '').join(' ');

const notYet = (
  { asked = 0, view }: Refused,
  { window, from }: { readonly window: { from: number; to: number }; readonly from: number },
): Why => ({
  what: `${isoInstant(asked)} is not restorable yet: the newest second is ${isoInstant(window.to)} (${spanText(view.now - window.to)} behind), the oldest ${isoInstant(window.from)}.`,
  fix: `It will be at about ${isoInstant(from)}. --at latest takes ${isoInstant(window.to)} and lacks what was written since; --wait waits.`,
});

const earlierText = ({ view, incarnation }: Refused): string => {
  const others = view.incarnations.filter((one) => one !== incarnation && one.points.length > 0);
  return incarnation === undefined || others.length === 0
    ? ''
    : `What there is of ${others.map(incarnationText).join(' and ')} belongs to another table that had the name.`;
};

/** Whether a table had the name then is not known where nothing says when the oldest one was made. */
const beganText = ({ asked, view: { table, incarnations } }: Refused): string => {
  const [oldest] = incarnations;
  if (asked === undefined || oldest === undefined) return '';
  return oldest.createdAt === undefined
    ? `When ${incarnationText(oldest)} was made is not known.`
    : `No table ${table} is known of that time: ${incarnationText(oldest)} was made ${isoInstant(oldest.createdAt)}.`;
};

const nothingBefore = (refused: Refused, reader: Reader): Why => {
  const { asked, incarnation, view } = refused;
  const of = incarnation === undefined ? view.table : incarnationText(incarnation);
  const what =
    asked === undefined
      ? `Nothing of ${of} can be restored.`
      : `Nothing of ${of} can be restored at or before ${momentText(asked, reader)}.`;
  const began = incarnation === undefined ? beganText(refused) : '';
  return {
    what: joined([what.trim(), began, endsText(refused).trim(), nearText(refused)]),
    fix: joined([takeText(refused), earlierText(refused), farText(refused)]),
  };
};

const unknownName = ({ view }: Refused, nearest: readonly string[]): Why => ({
  what: `No table ${quoted(view.table)} is known in ${view.target.region}: none exists, and no backup and no manifest is of one.`,
  fix:
    nearest.length === 0
      ? 'Check the name, the account and the Region.'
      : `Did you mean ${nearest.join(' or ')}?`,
});

const elsewhere = (id: string, { accountId, region }: { accountId: string; region: string }): Why => ({
  what: `${id} is a backup of account ${accountId} in ${region}.`,
  fix: 'Restore it with that account and --region. Between accounts only AWS Backup copies.',
});

const onlyOfOthers = (refused: Refused, reader: Reader): Why => ({
  what: joined([
    `Of ${refused.view.table} only backups of someone else are at or before ${refused.asked === undefined ? 'now' : momentText(refused.asked, reader)}, and those are taken only when they are named.`,
    nearText(refused),
  ]),
  fix: takeText(refused),
});

const nothingAtAll = ({ view }: Refused): Why => ({
  what: `Nothing of ${view.table} is known, and not all could be read: ${listed(view.unseen.map(unseenText))}.`,
  fix: 'Fix what could not be read, and try again.',
});

const said = (refused: Refused, reader: Reader): Why => {
  const { reason, asked = 0, view } = refused;
  switch (reason.kind) {
    case 'unknown-name':
      return unknownName(refused, reason.nearest);
    case 'in-the-future':
      return {
        what: `${momentText(asked, reader)} is in the future.${endsText(refused)}`,
        fix: '--at latest takes the newest second.',
      };
    case 'not-restorable-yet':
      return notYet(refused, reason);
    case 'fell-out-of-window':
      return {
        what: joined([
          `${isoInstant(asked)} cannot be restored by point-in-time recovery any more.${endsText(refused)}`,
          nearText(refused),
        ]),
        fix: takeText(refused),
      };
    case 'nothing-before':
      return nothingBefore(refused, reader);
    case 'only-of-others':
      return onlyOfOthers(refused, reader);
    case 'nothing-restorable':
      return nothingAtAll(refused);
    case 'unknown-point':
      return { what: `No backup ${reason.id} of ${view.table} is known.`, fix: LIST };
    case 'elsewhere':
      return elsewhere(reason.id, reason.of);
    case 'in-another-account':
      return copyBack(refused, reason.id, reason.of, reason.point);
    case 'in-another-region':
      return {
        what: `${reason.point.id} is in a vault in ${reason.point.vault?.target.region ?? 'another Region'}, and AWS Backup restores only there.`,
        fix: 'Leave --to-region out, or name that Region; or copy it to a vault of the Region first.',
      };
    case 'point-unclear':
      return {
        what: `${reason.point.id} is in a state that this version does not know.`,
        fix: followedBy(
          advise('Look at it:', describePointCommand(reason.point, view.target)),
          advise('Or take another one.'),
        ),
      };
    case 'point-of-another-table':
      return {
        what: `${reason.id} is a backup of ${reason.of}, not of ${view.table}.`,
        fix: advise(
          'Name the table that it is of:',
          restoreCommand(reason.of, '--recovery-point', reason.id),
        ),
      };
    case 'point-creating':
      return {
        what: `${reason.point.id} is still being made.`,
        fix: 'Try again in some minutes, or take an older one.',
      };
    case 'point-deleted':
      return { what: `${reason.point.id} was deleted.`, fix: LIST };
    case 'point-expired':
      return {
        what: `${reason.point.id} expired ${awayText(reason.point.expiresAt ?? view.now, view.now)}.`,
        fix: LIST,
      };
    default:
      return assertNever(reason);
  }
};

/** Formats why nothing was chosen, with both ends or both neighbours and what to do, as an error of the command line. */
export const refusalError = (refused: Refused, reader: Reader): UserError =>
  new UserError({
    code: refused.reason.kind,
    ...said(refused, reader),
    facts: refusalFields(refused),
  });

/** Formats that something nearer than what would be taken may exist, and could not be read. */
export const notAllReadError = ({ source, at, view }: Chosen, unseen: readonly UnseenPart[]): UserError =>
  new UserError({
    code: 'not-all-read',
    what: `Not all of ${view.table} could be read (${listed(unseen.map((one) => `${unseenText(one)}: ${failureText(one.failure)}`))}): something nearer than ${isoInstant(at)} may exist.`,
    fix:
      source.kind === 'recovery-point'
        ? `Fix what could not be read, and try again; or name what is to be taken: --recovery-point ${source.id}.`
        : 'Fix what could not be read, and try again.',
    facts: { table: view.table, source: sourceFields(source), unseen },
  });
