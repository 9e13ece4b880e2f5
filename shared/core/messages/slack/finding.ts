import { type Advice, type Command, stepsOf } from '../../../model/advice.ts';
import type { AlertMessage } from '../../../model/alert-message.ts';
import { commandText, isShown } from '../../../model/shell.ts';
import { headlineText } from '../../text/headline.ts';
import { wrapCommand } from '../../text/wrap.ts';
import type { NewsEntry } from '../choice.ts';
import { openTimes, overTimes } from '../finding-times.ts';
import { SECTION_CHARS } from './payload.ts';
import { isSlackCode, slackCode, slackCodeBlock, truncate } from './text.ts';

/** Limits for each part of one finding, in characters; longer ones are cut, and the mail has them whole. */
const HEADLINE_CHARS = 300;
const FACT_CHARS = 900;
const SENTENCE_CHARS = 500;
const ID_CHARS = 300;

/** The limit for a command, in characters; a longer one is not worth pasting from a chat. */
const COMMAND_CHARS = 800;

const IN_THE_MAIL = 'What to do is in the mail.';

/** When a message was sent, and a zone in which times are shown beside UTC. */
export type SentTime = Pick<AlertMessage, 'sentAt' | 'timezone'>;

/**
 * Checks whether a command can be shown completely and unchanged; otherwise it is not shown, because half of one is
 * dangerous.
 */
const isPasted = (command: Command): boolean =>
  isShown(command) && isSlackCode(commandText(command)) && commandText(command).length <= COMMAND_CHARS;

const commandBlock = (commands: readonly Command[]): string =>
  commands.every(isPasted)
    ? slackCodeBlock(commands.flatMap((command) => wrapCommand(command)))
    : IN_THE_MAIL;

const adviceParts = (advice: Advice): readonly string[] =>
  stepsOf(advice).flatMap(({ say, commands }) => [
    truncate(say, SENTENCE_CHARS),
    ...(commands.length === 0 ? [] : [commandBlock(commands)]),
  ]);

const firstLine = ({ finding }: NewsEntry): string =>
  `*${truncate(finding.headline ?? headlineText(finding, undefined), HEADLINE_CHARS) || '-'}*`;

const idLine = ({ finding }: NewsEntry): string => truncate(finding.id, ID_CHARS, slackCode);

const factLine = ({ finding }: NewsEntry): string => truncate(finding.fact, FACT_CHARS);

const timeLine = ({ kind, finding }: NewsEntry, { sentAt, timezone }: SentTime): string =>
  kind === 'resolved' ? overTimes(finding, sentAt, timezone) : openTimes(finding, sentAt, timezone);

/**
 * Returns the body of an entry. The fact of a resolved finding no longer holds; for several, it says which they were.
 */
const bodyOf = (entry: NewsEntry, time: SentTime, advice: readonly string[]): readonly string[] => {
  const when = timeLine(entry, time);
  if (entry.kind !== 'resolved') return [factLine(entry), when, ...advice];
  return entry.finding.count === undefined ? [when] : [factLine(entry), when];
};

const linesOf = (entry: NewsEntry, time: SentTime, advice: readonly string[]): string =>
  [firstLine(entry), ...bodyOf(entry, time, advice), idLine(entry)].filter((line) => line !== '').join('\n');

/**
 * Writes a finding as the markup of one section: headline, fact, since when or how long, what to do, and its id. When
 * that exceeds 3,000 characters, the advice is left to the mail.
 */
export const slackFinding = (entry: NewsEntry, time: SentTime): string => {
  const whole = linesOf(entry, time, adviceParts(entry.finding.advice));
  return whole.length <= SECTION_CHARS ? whole : linesOf(entry, time, [IN_THE_MAIL]);
};

/** Writes a finding as the markup of one line: headline and id. */
export const slackFindingLine = (entry: NewsEntry): string => `${firstLine(entry)} ${idLine(entry)}`;
