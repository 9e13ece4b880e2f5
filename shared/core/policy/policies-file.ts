import { UserError } from '../../model/errors.ts';
import { orderedJson } from '../../model/ordered-json.ts';
import type { Policies } from '../../model/policy.ts';
import { isFields, parsedJson } from '../../model/shape.ts';
import { fnv1a64 } from '../text/digest.ts';

/**
 * Computes a short name for exactly these compiled policies. The order of keys does not matter, and
 * every value of a rule does: how they were deployed, and whether the tag was given to the instance or stands in the file, are none.
 */
export const policiesDigest = ({ isOwnTag: _, isPackaged: __, ...policies }: Policies): string =>
  fnv1a64([orderedJson(policies)]);

/** The name of the file beside a built function that holds its compiled policies. */
export const POLICIES_FILE = 'policies.json';

/** Raised when a reader of today could misunderstand what is written: it refuses any other. */
const FORMAT = 1;

/** Writes compiled policies as the text of their file: the same text for the same policies. */
export const policiesFileText = (policies: Policies): string =>
  `${JSON.stringify({ format: FORMAT, digest: policiesDigest(policies), policies })}\n`;

const damaged = (file: string, what: string): UserError =>
  new UserError({
    code: 'policies-file',
    what: `The compiled policies of this function ${what}.`,
    where: { file },
    fix: 'Package and deploy again: nothing is backed up, checked or deleted without them.',
  });

/** Returns the mistake of a file that cannot be read at all. */
export const missingPoliciesFile = (file: string, cause: unknown): UserError =>
  new UserError(damaged(file, 'are missing: the file cannot be read').content, { cause });

/**
 * SAFETY: a function acts by exactly what was checked and compiled when it was packaged: text that was cut, edited or written by another
 * version throws a `UserError`, because one number that changed may delete recovery points.
 */
export const parsePoliciesFile = (text: string, file: string): Policies => {
  const content = parsedJson(text);
  if (!isFields(content)) throw damaged(file, 'are damaged: the file is not whole');
  const { format, digest } = content;
  if (format !== FORMAT)
    throw damaged(file, `have another form (${String(format)}) than this version reads (${FORMAT})`);
  const policies = content.policies as Policies;
  if (!isFields(policies) || policiesDigest(policies) !== digest)
    throw damaged(file, 'are damaged: they are not what their digest says');
  return policies;
};
