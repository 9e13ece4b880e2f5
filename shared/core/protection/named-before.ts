import type { Protection } from '../../model/memory.ts';

/**
 * Returns the names of the policies that governed a table before the first of those that are gone went. Undefined where an older version
 * saw one go: it did not write down what stood beside it.
 */
export const namedBefore = ({ promises, namedBefore: written }: Protection): readonly string[] | undefined =>
  promises.some(({ until }) => until !== undefined) ? written : promises.map(({ name }) => name);
