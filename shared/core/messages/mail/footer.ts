import type { MessageOrigin } from '../../../model/message-origin.ts';
import type { PageLink } from '../../../model/page-link.ts';
import { FINDING_COMMAND, REPORT_COMMAND } from '../../text/commands.ts';
import { commandText } from '../../text/shell.ts';
import { minuteText } from '../../text/time.ts';
import { type Deployment, wholeCommand } from '../../text/whole-command.ts';
import { capped } from '../../text/words.ts';

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
  const { instance, target, runId, logLink, findingsPage, page } = origin;
  const lines = [
    `Tablekeeper ${instance}, account ${target.accountId}, Region ${target.region}`,
    ...(runId === undefined ? [] : [`Run: ${runId}`]),
    ...(logLink === undefined ? [] : [`Log: ${logLink}`]),
    `What a finding means: ${findingsPage ?? commandText(FINDING_COMMAND)}`,
    'npx and npm run are for the folder that Tablekeeper is deployed from.',
  ];
  return [
    ...(page === undefined ? [] : pageLines(page, origin)),
    '--',
    ...lines.map((line) => capped(line, FOOTER_CHARS)),
  ].join('\n');
};
