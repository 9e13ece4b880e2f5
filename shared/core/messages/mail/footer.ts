import type { MessageOrigin } from '../../../model/message-origin.ts';
import { capped } from '../../text/words.ts';

/** The limit for a line; our own links and ids are shorter. */
const FOOTER_CHARS = 1_000;

/** Writes the footer that says where a message comes from, below a separator line. */
export const footerText = ({ instance, target, runId, logLink }: MessageOrigin): string =>
  [
    '--',
    `Tablekeeper ${instance}, account ${target.accountId}, Region ${target.region}`,
    ...(runId === undefined ? [] : [`Run: ${runId}`]),
    ...(logLink === undefined ? [] : [`Log: ${logLink}`]),
    'What each finding means: docs/findings.md',
  ]
    .map((line) => capped(line, FOOTER_CHARS))
    .join('\n');
