import type { MessageOrigin } from '../../../model/message-origin.ts';
import { capped } from '../../text/words.ts';

/** Links and ids are short; longer ones are not ours. */
const FOOTER_CHARS = 1_000;

/** Given where a message comes from, returns the lines that say so, behind a mark of their own. */
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
