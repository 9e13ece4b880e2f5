import { truncate } from './text.ts';

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
