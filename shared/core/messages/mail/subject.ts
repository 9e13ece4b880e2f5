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
 * Summarizes news in one sentence: `3 new, 1 resolved; worst critical: PITR off on Orders`. A single finding is not
 * called the worst: `1 new, critical: PITR off on Orders`.
 */
const summaryText = (news: ToldNews): string => {
  const open = [...news.opened, ...news.worsened, ...news.reminders];
  const worst = worstOf(open);
  const isAlone = open.length === 1 && news.resolved.length === 0;
  if (worst !== undefined)
    return `${countsText(news)}${isAlone ? ', ' : '; worst '}${worst.severity}: ${headlineOf(worst)}`;
  const [over] = news.resolved;
  return over === undefined ? 'nothing new' : `${countsText(news)}: ${headlineOf(over)}`;
};

/**
 * Converts text to what SNS accepts as a subject: one line of printable ASCII, under 100 characters; `...` shows a cut.
 */
export const subjectText = (text: string): string => {
  const ascii = text.replaceAll(/[^ -~]/gu, '?');
  return ascii.length <= SUBJECT_CHARS ? ascii : `${ascii.slice(0, SUBJECT_CHARS - 3).trimEnd()}...`;
};

/** Writes the subject of the mail, always in ASCII and under 100 characters. */
export const mailSubject = (news: ToldNews, instance: string): string =>
  subjectText(`[Tablekeeper ${instance}] ${summaryText(news)}`);
