import { type Advice, type Command, stepsOf } from '../../../model/advice.ts';
import type { ToldFinding } from '../../../model/alert-message.ts';
import type { Instant } from '../../../model/instant.ts';
import type { MessageOrigin } from '../../../model/message-origin.ts';
import type { PageLink } from '../../../model/page-link.ts';
import { commandText, isShown, NOT_SHOWN } from '../../../model/shell.ts';
import { headlineOf } from '../../findings/headline.ts';
import { FINDING_COMMAND, REPORT_COMMAND } from '../../text/commands.ts';
import { minuteText } from '../../text/time.ts';
import { type Deployment, wholeCommand } from '../../text/whole-command.ts';
import { capped, cappedWithoutLinks } from '../../text/words.ts';
import { wrapCommand, wrapText } from '../../text/wrap.ts';
import { openTimes, overTimes } from '../finding-times.ts';

/** The limit for a line; our own links and ids are shorter. */
const FOOTER_CHARS = 1_000;

/** The address holds the session of a role, which is longer than a line may be otherwise, and is of no use when it is cut. */
const pageLines = ({ url, until }: PageLink, deployment: Deployment): readonly string[] => [
  `All tables on one page, until ${minuteText(until)} at the latest, for anyone who has this address:`,
  url,
  `After that: ${commandText(wholeCommand(REPORT_COMMAND, deployment))}`,
  '',
];

/** Writes the footer that says where a message comes from, below a separator line. */
export const footerText = (origin: MessageOrigin): string => {
  const { instance, isPackaged, target, runId, logLink, findingsPage, page } = origin;
  const lines = [
    `Tablekeeper ${instance}, account ${target.accountId}, Region ${target.region}`,
    ...(runId === undefined ? [] : [`Run: ${runId}`]),
    ...(logLink === undefined ? [] : [`Log: ${logLink}`]),
    `What a finding means: ${findingsPage ?? commandText(FINDING_COMMAND)}`,
    `${isPackaged === true ? 'npx is' : 'npx and npm run are'} for the folder that Tablekeeper is deployed from.`,
  ];
  return [
    ...(page === undefined ? [] : pageLines(page, origin)),
    '--',
    ...lines.map((line) => capped(line, FOOTER_CHARS)),
  ].join('\n');
};

/** The limit for a finding's sentence, in characters: twenty names of maximum length and the words around them. */
const FACT_CHARS = 6_000;

/**
 * The limit for a headline, in characters: a table, a policy and a cause of maximum length, and the words around them.
 */
const HEADLINE_CHARS = 1_000;

const INDENT = '  ';

/** When the mail is written, and a zone in which times are shown beside UTC. */
export interface MailTime {
  readonly now: Instant;
  readonly timezone?: string | undefined;
}

/** Writes a command completely or not at all, because half of one is dangerous. */
const commandLines = (command: Command): readonly string[] =>
  isShown(command) && commandText(command).length <= FACT_CHARS
    ? wrapCommand(command, `${INDENT}  `)
    : wrapText(NOT_SHOWN, INDENT);

const adviceLines = (advice: Advice): readonly string[] =>
  stepsOf(advice).flatMap(({ say, commands }) => [
    ...wrapText(cappedWithoutLinks(say, FACT_CHARS), INDENT),
    ...commands.flatMap(commandLines),
  ]);

/** Writes the paragraph of an open finding: headline, fact, since when, what to do, and its id. */
export const openBlock = (finding: ToldFinding, { now, timezone }: MailTime): string =>
  [
    ...wrapText(`* ${cappedWithoutLinks(headlineOf(finding), HEADLINE_CHARS)}`),
    ...wrapText(cappedWithoutLinks(finding.fact, FACT_CHARS), INDENT),
    ...wrapText(openTimes(finding, now, timezone), INDENT),
    ...adviceLines(finding.advice),
    ...wrapText(`Finding: ${cappedWithoutLinks(finding.id, HEADLINE_CHARS)}`, INDENT),
  ].join('\n');

/** Writes the paragraph of a resolved finding: headline, and how long it lasted; for several, also which. */
export const resolvedBlock = (finding: ToldFinding, { now, timezone }: MailTime): string =>
  [
    ...wrapText(`* ${cappedWithoutLinks(headlineOf(finding), HEADLINE_CHARS)}`),
    ...(finding.count === undefined ? [] : wrapText(cappedWithoutLinks(finding.fact, FACT_CHARS), INDENT)),
    ...wrapText(overTimes(finding, now, timezone), INDENT),
    ...wrapText(`Finding: ${cappedWithoutLinks(finding.id, HEADLINE_CHARS)}`, INDENT),
  ].join('\n');
