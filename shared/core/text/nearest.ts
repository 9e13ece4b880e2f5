import { distance } from 'fastest-levenshtein';

// Two slips in a word of five letters still name it; in a word of three they make another word.
const SLIPS_PER_LETTER = 0.4;

/**
 * Returns the candidate that was most likely meant: the fewest letters to change, ignoring case, the first in order when two are equally near.
 * Undefined when none is near, so that no suggestion is confusing.
 */
export const nearest = (word: string, candidates: readonly string[]): string | undefined => {
  const meant = word.trim().toLowerCase();
  const mostSlips = Math.floor(meant.length * SLIPS_PER_LETTER);
  const [best] = candidates
    .filter(({ length }) => Math.abs(length - meant.length) <= mostSlips)
    .map((candidate) => ({ candidate, slips: distance(meant, candidate.toLowerCase()) }))
    .filter(({ slips }) => slips <= mostSlips)
    .toSorted((a, b) => a.slips - b.slips || (a.candidate < b.candidate ? -1 : 1));
  return best?.candidate;
};

/** Returns the candidates that were most likely meant, nearest first, at most as many as are asked for. */
export const nearestFew = (word: string, candidates: readonly string[], most = 3): readonly string[] => {
  const best = most > 0 ? nearest(word, candidates) : undefined;
  if (best === undefined) return [];
  const others = candidates.filter((candidate) => candidate !== best);
  return [best, ...nearestFew(word, others, most - 1)];
};
