import { type Advice, stepsOf } from '../../../model/advice.ts';
import type { AlertDocument, AlertMessage, LeftOut } from '../../../model/alert-message.ts';
import type { MessageOrigin } from '../../../model/message-origin.ts';
import { commandText, isShown } from '../../../model/shell.ts';
import { headlineText } from '../../text/headline.ts';
import { planText } from '../../text/whole-command.ts';
import { chooseFindings, type EntryGroup, headingOf, type NewsEntry, restCounts } from '../choice.ts';
import { openTimes, overTimes } from '../finding-times.ts';
import {
  bytesOf,
  type CardLine,
  type CardPart,
  cardLine,
  cardLink,
  cardPart,
  MESSAGE_BYTES,
  type TeamsMessage,
  teamsMessage,
} from './card.ts';

/** Limits for each part of one finding, in characters; longer ones are cut, and the mail has them whole. */
const HEADLINE_CHARS = 300;
const FACT_CHARS = 900;
const SENTENCE_CHARS = 500;
const ID_CHARS = 300;
const WHERE_CHARS = 400;

/** The limit for a command, in characters; a longer one is not worth pasting from a chat. */
const COMMAND_CHARS = 800;

/** The command that shows what is open is shorter, in characters. */
const PLAN_CHARS = 300;

/** The limit for one finding, in bytes: without its advice every one is shorter, whatever its letters. */
const FINDING_BYTES = 7_000;

const IN_THE_MAIL = 'What to do is in the mail.';

/** A command is shown whole or not at all, because half of one is dangerous. */
const adviceLines = (advice: Advice): readonly CardLine[] =>
  stepsOf(advice).flatMap(({ say, commands }) => {
    const texts = commands.map(commandText);
    const areShown = commands.every(isShown) && texts.every(({ length }) => length <= COMMAND_CHARS);
    return [
      ...(say === '' ? [] : [cardLine(say, SENTENCE_CHARS)]),
      ...(areShown
        ? texts.map((text) => cardLine(text, COMMAND_CHARS, 'code'))
        : [cardLine(IN_THE_MAIL, SENTENCE_CHARS)]),
    ];
  });

const linesOf = (
  { kind, finding }: NewsEntry,
  { sentAt, timezone }: AlertMessage,
  advice: readonly CardLine[],
): readonly CardLine[] => {
  const head = cardLine(finding.headline ?? headlineText(finding, undefined), HEADLINE_CHARS, 'strong');
  const id = cardLine(finding.id, ID_CHARS, 'small');
  const fact = cardLine(finding.fact, FACT_CHARS);
  const time = (text: string) => cardLine(text, SENTENCE_CHARS);
  if (kind !== 'resolved') return [head, fact, time(openTimes(finding, sentAt, timezone)), ...advice, id];
  // The fact of one that is over no longer holds; for several, it says which they were.
  const which = finding.count === undefined ? [] : [fact];
  return [head, ...which, time(overTimes(finding, sentAt, timezone)), id];
};

/** Shows a finding: headline, fact, since when or how long, what to do, and its id. One that is too long leaves what to do to the mail. */
const shownIn =
  (alert: AlertMessage) =>
  (entry: NewsEntry): readonly CardLine[] => {
    const whole = linesOf(entry, alert, adviceLines(entry.finding.advice));
    return bytesOf(whole) <= FINDING_BYTES
      ? whole
      : linesOf(entry, alert, [cardLine(IN_THE_MAIL, SENTENCE_CHARS)]);
  };

const partOf = (group: EntryGroup<readonly CardLine[]>): CardPart =>
  cardPart(group.severity ?? 'good', [
    cardLine(headingOf(group), HEADLINE_CHARS, 'heading'),
    ...group.entries.flatMap(({ shown }) => shown),
  ]);

/** Writes the line that says where a message comes from. */
export const whereLine = ({ instance, target, runId }: MessageOrigin): CardLine =>
  cardLine(
    [
      `Tablekeeper ${instance}`,
      `account ${target.accountId}`,
      `Region ${target.region}`,
      ...(runId === undefined ? [] : [`run ${runId}`]),
    ].join(' \u00b7 '),
    WHERE_CHARS,
    'small',
  );

/** Builds the buttons below a message. */
export const originLinks = ({ logLink, findingsPage }: MessageOrigin) => [
  ...cardLink(logLink, 'Log of the run'),
  ...cardLink(findingsPage, 'What a finding means'),
];

const restLines = (rest: readonly LeftOut[], alert: AlertMessage): readonly CardLine[] => {
  const counts = restCounts(rest);
  return counts === undefined
    ? []
    : [
        cardLine(`${counts} This shows what is open:`, SENTENCE_CHARS),
        cardLine(planText(alert), PLAN_CHARS, 'code'),
      ];
};

/** The most that the title, the origin, the buttons and the count of the rest take, and the ground and heading of a group, in bytes. */
const FRAME_BYTES = 7_600;
const HEADING_BYTES = 300;

/**
 * Writes the card for an alert, with the mail's content: new findings first, worst first, on the ground of their severity. It stays under
 * Teams's limit and counts what does not fit. Text from outside is shown as it is: no link, no mention, no format.
 */
export const teamsAlert = ({ subject, alert }: AlertDocument): TeamsMessage => {
  const { groups, rest } = chooseFindings(alert, {
    blocks: Number.POSITIVE_INFINITY,
    size: MESSAGE_BYTES,
    show: shownIn(alert),
    sizeOf: bytesOf,
    headingSize: HEADING_BYTES,
    frameSize: FRAME_BYTES,
  });
  return teamsMessage(
    subject,
    [whereLine(alert), ...groups.map(partOf), ...restLines(rest, alert)],
    originLinks(alert),
  );
};
