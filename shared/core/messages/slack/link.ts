import { truncate } from './text.ts';

/** Longer addresses are not ours. */
const LINK_CHARS = 600;

/** What would end a link early, or is part of no address. */
const UNSAFE = /[\s<>|"`\p{C}]/u;

/**
 * Given an address and what to call it, returns a link. At the edge what is no https address, is too long, or holds anything that could end
 * the link early, is shown as text.
 */
export const slackLink = (address: string, words: string): string => {
  const target = address.replaceAll('&', '&amp;');
  const isSafe = address.startsWith('https://') && target.length <= LINK_CHARS && !UNSAFE.test(address);
  return isSafe ? `<${target}|${words}>` : truncate(address, LINK_CHARS);
};
