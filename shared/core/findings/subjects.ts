import type { Finding } from '../../model/finding.ts';
import type { OpenFinding } from '../../model/memory.ts';
import { shortHash } from '../text/mark.ts';
import { counted, listed } from '../text/words.ts';

/** What one finding stands for, and which of it people have not been told of. */
export interface Subjects extends Required<Pick<Finding, 'subjects'>> {
  /** Those that came since people were told, sorted; none of a finding that nobody was told of yet. */
  readonly added: readonly string[];
}

/**
 * Returns the marks of all that a finding stands for, and those names that are new since people were told of it. What an older version told has no marks:
 * all of it counts as told.
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

/** Returns a sentence that names what is new, after a space; the empty text where nothing is. */
export const addedText = (added: readonly string[], noun: string): string =>
  added.length === 0 ? '' : ` New since the last message: ${counted(added.length, noun)}, ${listed(added)}.`;
