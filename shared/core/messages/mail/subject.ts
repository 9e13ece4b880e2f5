import type { ToldFinding } from '../../../model/alert-message.ts';
import { bySeverity } from '../../../model/finding.ts';
import { countOf, type ToldNews } from '../../alert/groups.ts';
import { headlineOf } from '../../findings/headline.ts';

/**
 * The longest subject, in characters: SNS takes fewer than 100.
 * @see https://docs.aws.amazon.com/sns/latest/api/API_Publish.html (checked 2026-11-22)
 */
const SUBJECT_CHARS = 99;

const countsText = ({ opened, worsened, reminders, resolved }: ToldNews): string =>
  [
    { count: countOf(opened), word: 'new' },
    { count: countOf(worsened), word: 'worse' },
    { count: countOf(reminders), word: 'still open' },
    { count: countOf(resolved), word: 'resolved' },
  ]
    .filter(({ count }) => count > 0)
    .map(({ count, word }) => `${count} ${word}`)
    .join(', ');

const worstOf = (findings: readonly ToldFinding[]): ToldFinding | undefined =>
  findings.toSorted(bySeverity)[0];

/**
 * Given news as it is told, returns it in one sentence: `3 new, 1 resolved; worst critical: PITR off on Orders`. At the edge one finding alone is no worst:
 * `1 new, critical: PITR off on Orders`.
 */
export const summaryText = (news: ToldNews): string => {
  const open = [...news.opened, ...news.worsened, ...news.reminders];
  const worst = worstOf(open);
  const isAlone = open.length === 1 && news.resolved.length === 0;
  if (worst !== undefined)
    return `${countsText(news)}${isAlone ? ', ' : '; worst '}${worst.severity}: ${headlineOf(worst)}`;
  const [over] = news.resolved;
  return over === undefined ? 'nothing new' : `${countsText(news)}: ${headlineOf(over)}`;
};

/** Given any text, returns it as SNS takes a subject: one line of printable ASCII, under 100 characters; a cut is shown by `...`. */
export const subjectText = (text: string): string => {
  const ascii = text.replaceAll(/[^ -~]/gu, '?');
  return ascii.length <= SUBJECT_CHARS ? ascii : `${ascii.slice(0, SUBJECT_CHARS - 3).trimEnd()}...`;
};

/** Given news as it is told and the instance it is of, returns the subject of the mail. At the edge: ASCII and under 100 characters, always. */
export const mailSubject = (news: ToldNews, instance: string): string =>
  subjectText(`[Tablekeeper ${instance}] ${summaryText(news)}`);
