import { distance } from 'fastest-levenshtein';

// Two slips in a word of five letters still name it; in a word of three they make another word.
const SLIPS_PER_LETTER = 0.4;

/**
 * Given a word and the words there are, returns the one that was most likely meant: the fewest letters to change, whatever their case, the
 * first in order where two are as near. At the edge: undefined when none is near, so that no suggestion is a riddle.
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
