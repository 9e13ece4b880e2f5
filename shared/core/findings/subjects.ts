import type { Finding } from '../../model/finding.ts';
import type { OpenFinding } from '../../model/memory.ts';
import { shortHash } from '../text/digest.ts';
import { counted, listed } from '../text/words.ts';

/** What one finding covers, and which of it has not been reported yet. */
export interface Subjects extends Required<Pick<Finding, 'subjects'>> {
  /** Those added since the last report, sorted; empty for a finding that was not reported yet. */
  readonly added: readonly string[];
}

/**
 * Returns marks of everything that a finding covers, and the names added since it was reported. A finding reported by
 * an older version has no marks, so nothing counts as added.
 */
export const subjectsOf = (
  names: readonly string[],
  id: string,
  openFindings: readonly OpenFinding[],
): Subjects => {
  const told = openFindings.find((open) => open.id === id && open.notifiedAt !== undefined)?.toldSubjects;
  const known = new Set(told);
  const added = told === undefined ? [] : names.filter((name) => !known.has(shortHash(name)));
  return { subjects: [...new Set(names.map((name) => shortHash(name)))].toSorted(), added: added.toSorted() };
};

/** Returns a sentence that names what is new, with a leading space; an empty text when nothing is. */
export const addedText = (added: readonly string[], noun: string): string =>
  added.length === 0 ? '' : ` New since the last message: ${counted(added.length, noun)}, ${listed(added)}.`;
