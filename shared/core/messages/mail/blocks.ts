import type { ToldFinding } from '../../../model/alert-message.ts';
import type { Instant } from '../../../model/instant.ts';
import { headlineOf } from '../../findings/headline.ts';
import { capped } from '../../text/words.ts';
import { wrapCommand, wrapText } from '../../text/wrap.ts';
import { openTimes, overTimes } from '../finding-times.ts';
import { mailProse } from './prose.ts';

/** What a finding's sentence may take of a mail, in characters: twenty names of the longest kind and the words around them. */
const FACT_CHARS = 6_000;

/** A table, a policy or a cause, each of the longest kind, and the words around them. */
const HEADLINE_CHARS = 1_000;

const INDENT = '  ';

/** From when the mail speaks, and in which zone beside UTC. */
export interface MailTime {
  readonly now: Instant;
  readonly timezone?: string | undefined;
}

/** Advice marks its commands by an indent; they stay whole, so that they can be pasted. */
const adviceLines = (advice: string): readonly string[] =>
  advice.split('\n').flatMap((line) => {
    return line.startsWith('  ')
      ? wrapCommand(capped(line, FACT_CHARS), `${INDENT}  `)
      : wrapText(mailProse(line, FACT_CHARS), INDENT);
  });

/** Given an open finding, returns its paragraph: what, the fact, since when, what to do, and its id. */
export const openBlock = (finding: ToldFinding, { now, timezone }: MailTime): string =>
  [
    ...wrapText(`* ${mailProse(headlineOf(finding), HEADLINE_CHARS)}`),
    ...wrapText(mailProse(finding.fact, FACT_CHARS), INDENT),
    ...wrapText(openTimes(finding, now, timezone), INDENT),
    ...adviceLines(finding.advice),
    ...wrapText(`Finding: ${mailProse(finding.id, HEADLINE_CHARS)}`, INDENT),
  ].join('\n');

/** Given a finding that is over, returns its paragraph: what it was, and how long it lasted; of several also which. */
export const resolvedBlock = (finding: ToldFinding, { now, timezone }: MailTime): string =>
  [
    ...wrapText(`* ${mailProse(headlineOf(finding), HEADLINE_CHARS)}`),
    ...(finding.count === undefined ? [] : wrapText(mailProse(finding.fact, FACT_CHARS), INDENT)),
    ...wrapText(overTimes(finding, now, timezone), INDENT),
    ...wrapText(`Finding: ${mailProse(finding.id, HEADLINE_CHARS)}`, INDENT),
  ].join('\n');
