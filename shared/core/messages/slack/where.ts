import type { MessageOrigin } from '../../../model/message-origin.ts';
import { slackLink } from './link.ts';
import { slackCode, truncate } from './text.ts';

/** The limit for an id, in characters; Tablekeeper's own are shorter. */
const NAME_CHARS = 100;

/** Writes the origin of a message as the markup of one line: instance, account, Region, run and the links to its log and
 * to what a finding means. */
export const slackWhere = ({ instance, target, runId, logLink, findingsPage }: MessageOrigin): string =>
  [
    `Tablekeeper ${truncate(instance, NAME_CHARS)}`,
    `account ${truncate(target.accountId, NAME_CHARS)}`,
    `Region ${truncate(target.region, NAME_CHARS)}`,
    ...(runId === undefined ? [] : [`run ${truncate(runId, NAME_CHARS, slackCode)}`]),
    ...(logLink === undefined ? [] : [slackLink(logLink, 'log of the run')]),
    ...(findingsPage === undefined ? [] : [slackLink(findingsPage, 'what a finding means')]),
  ].join(' \u00b7 ');
