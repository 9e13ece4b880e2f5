import type { DigestSection } from '../../../model/digest-message.ts';
import type { Instant } from '../../../model/instant.ts';
import { headlineOf } from '../../findings/headline.ts';
import { bytesText } from '../../text/bytes.ts';
import type { Deployment } from '../../text/whole-command.ts';
import { capped, counted, listed, verb } from '../../text/words.ts';
import { deletedSection } from './deleted.ts';
import type { Digest } from './digest.ts';
import type { Growth, TableGrowth } from './growth.ts';
import { sinceLast, standingSeverity, sumTexts } from './sums.ts';

/** How many tables to list, because only the largest changes matter for cost; the others are only counted. */
const MOST_TOLD = 5;

/** The longest possible name, in characters. */
const NAME_CHARS = 255;

const percentText = ({ bytes, bytesBefore }: TableGrowth): string => {
  if (bytesBefore === 0) return 'it was empty';
  const percent = Math.round((100 * Math.abs(bytes - bytesBefore)) / bytesBefore);
  return `${bytes > bytesBefore ? '+' : '-'}${percent.toLocaleString('en-US')} %`;
};

const changeText = (change: TableGrowth): string => {
  const { table, bytes, bytesBefore } = change;
  const manner = bytes > bytesBefore ? 'more' : 'less';
  const by = bytesText(Math.abs(bytes - bytesBefore));
  return `* ${capped(table, NAME_CHARS)}: ${by} ${manner}, ${bytesText(bytes)} now (${percentText(change)})`;
};

const changesTexts = (what: string, changes: readonly TableGrowth[]): readonly string[] => {
  const rest = changes.length - MOST_TOLD;
  if (changes.length === 0) return [];
  return [
    `${counted(changes.length, 'table')} ${what}${rest > 0 ? ', these most' : ''}:`,
    ...changes.slice(0, MOST_TOLD).map(changeText),
  ];
};

/**
 * Lists how tables grew and shrank since the last digest: the five that changed most of each, and which tables are new.
 * One line says when nothing changed.
 */
export const growthTexts = ({ grown, shrunk, added }: Growth): readonly string[] => {
  const lines = [
    ...changesTexts('grew', grown),
    ...changesTexts('shrank', shrunk),
    ...(added.length === 0
      ? []
      : [`${counted(added.length, 'table')} ${verb(added.length, 'is', 'are')} new: ${listed(added)}.`]),
  ];
  return lines.length === 0 ? ['No table grew or shrank.'] : lines;
};

/** How many failures to list; more are a reason to investigate rather than to read on. */
const MOST_FAILURES = 20;

const failureTexts = (digest: Digest): readonly string[] => {
  const { failures } = digest;
  const since = sinceLast(digest);
  if (failures.length === 0) return [`No failure${since}.`];
  const rest = failures.length - MOST_FAILURES;
  return [
    `${counted(failures.length, 'failure')}${since}:`,
    ...failures
      .slice(0, MOST_FAILURES)
      .map((one) => `* ${headlineOf(one)}${one.resolvedAt === undefined ? '' : ', over'}`),
    ...(rest > 0 ? [`And ${rest.toLocaleString('en-US')} more.`] : []),
  ];
};

const mutedTables = ({ openFindings }: Digest): readonly string[] =>
  openFindings.flatMap(({ kind, table }) => (kind === 'muted' && table !== undefined ? [table] : []));

const listText = (names: readonly string[], what: string): readonly string[] =>
  names.length === 0 ? [] : [`${counted(names.length, 'table')} ${what}: ${listed(names)}.`];

const tagTexts = (digest: Digest): readonly string[] => {
  const { optedOut, untagged } = digest;
  const muted = mutedTables(digest);
  const lines = [
    ...(untagged === undefined
      ? ['The list of all tables could not be read.']
      : listText(untagged, 'without a tag')),
    ...listText(optedOut, 'opted out'),
    ...listText(muted, `${verb(muted.length, 'is', 'are')} muted`),
  ];
  return lines.length === 0 ? ['No table is without a tag.'] : lines;
};

const failureSection = (digest: Digest): DigestSection => ({
  title: 'failures',
  ...(digest.failures.length > 0 && { severity: 'warning' }),
  lines: failureTexts(digest),
});

const tagSection = (digest: Digest): DigestSection => ({
  title: 'tags',
  ...(digest.untagged?.length !== 0 && { severity: 'info' }),
  lines: tagTexts(digest),
});

/**
 * Returns the sections other than the tables, the same for every channel: the sums, growth by table, failures and tags.
 */
export const digestSections = (
  digest: Digest,
  now: Instant,
  deployment: Deployment,
): readonly DigestSection[] => {
  const severity = standingSeverity(digest);
  return [
    {
      title: 'in short',
      ...(severity !== undefined && { severity }),
      lines: sumTexts(digest, now),
    },
    ...(digest.growth === undefined
      ? []
      : [
          {
            title: `growth${sinceLast(digest)}`,
            severity: 'info' as const,
            lines: growthTexts(digest.growth),
          },
        ]),
    failureSection(digest),
    ...(digest.deleted === undefined ? [] : [deletedSection(digest.deleted, deployment)]),
    tagSection(digest),
  ];
};
