import type { MessageOrigin } from '../../../model/message-origin.ts';
import { FINDING_COMMAND } from '../../text/commands.ts';
import { commandText } from '../../text/shell.ts';
import { capped } from '../../text/words.ts';

/** The limit for a line; our own links and ids are shorter. */
const FOOTER_CHARS = 1_000;

/** Writes the footer that says where a message comes from, below a separator line. */
export const footerText = ({ instance, target, runId, logLink, findingsPage }: MessageOrigin): string =>
  [
    '--',
    `Tablekeeper ${instance}, account ${target.accountId}, Region ${target.region}`,
    ...(runId === undefined ? [] : [`Run: ${runId}`]),
    ...(logLink === undefined ? [] : [`Log: ${logLink}`]),
    `What a finding means: ${findingsPage ?? commandText(FINDING_COMMAND)}`,
    'npx and npm run are for the folder that Tablekeeper is deployed from.',
  ]
    .map((line) => capped(line, FOOTER_CHARS))
    .join('\n');
