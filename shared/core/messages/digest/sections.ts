import type { DigestSection } from '../../../model/digest-message.ts';
import type { Instant } from '../../../model/instant.ts';
import { headlineOf } from '../../findings/headline.ts';
import { counted, listed, verb } from '../../text/words.ts';
import { deletedSection } from './deleted.ts';
import type { Digest } from './digest.ts';
import { growthTexts } from './growth-text.ts';
import { sinceLast, standingSeverity, sumTexts } from './sums.ts';

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
export const digestSections = (digest: Digest, now: Instant): readonly DigestSection[] => {
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
    ...(digest.deleted === undefined ? [] : [deletedSection(digest.deleted)]),
    tagSection(digest),
  ];
};
