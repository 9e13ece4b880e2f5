import type { MessageOrigin } from '../../../model/message-origin.ts';
import { slackCode, truncate } from './text.ts';

/** The limit for an address, in characters; Tablekeeper's own are shorter. */
const LINK_CHARS = 600;

/** Matches what would end a link early, or belongs to no address. */
const UNSAFE = /[\s<>|"`\p{C}]/u;

/**
 * Writes a link. An address that is not https, is too long, or contains anything that could end the link early, is
 * shown as text.
 */
export const slackLink = (address: string, words: string): string => {
  const target = address.replaceAll('&', '&amp;');
  const isSafe = address.startsWith('https://') && target.length <= LINK_CHARS && !UNSAFE.test(address);
  return isSafe ? `<${target}|${words}>` : truncate(address, LINK_CHARS);
};

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
