import { loadPolicies } from '../../shared/core/policy/load.ts';
import { UserError, UserErrors } from '../../shared/model/errors.ts';
import type { Policies } from '../../shared/model/policy.ts';
import { isUntouchedExample, starterTextAt } from './starter.ts';

/** The policy file as it was found. */
export interface PolicyFileFound {
  readonly file: string;
  /** Undefined where there is none yet. */
  readonly text: string | undefined;
  /** The key that the stage is given in place of the one in the file. */
  readonly policyTag: string | undefined;
  /** Whether a stage was written already: somebody has chosen the file then, also where it is the example. */
  readonly isBegun: boolean;
}

const invalid = (file: string, mistakes: UserErrors): UserErrors => {
  const first = new UserError({
    code: 'file-exists',
    what: 'This file is there already and is not valid, and nothing was written.',
    where: { file },
    fix: 'Repair it, name another one with --policies FILE, or replace it by the example with --force-policies.',
  });
  return new UserErrors([first, ...mistakes.errors]);
};

/**
 * Returns the policies of a file that is kept as it is; undefined where the example is written: where there is none, and over the example as it
 * comes with a clone. Throws `UserErrors` for a file with mistakes.
 */
export const keptPolicies = ({ file, text, policyTag, isBegun }: PolicyFileFound): Policies | undefined => {
  if (text === undefined || (isUntouchedExample(text) && !isBegun)) return undefined;
  try {
    return loadPolicies(text, file, policyTag);
  } catch (error) {
    throw error instanceof UserErrors ? invalid(file, error) : error;
  }
};

/** Reads the example by the key that the stage is given. Throws `UserErrors` for what cannot be the key of a tag. */
export const examplePolicies = (file: string, zone: string, policyTag: string | undefined): Policies =>
  loadPolicies(starterTextAt(file, zone), file, policyTag);

/** SAFETY: a zone that was typed would be lost without a word where the file is kept. Throws a `UserError` for another one than the file's. */
export const refuseOtherZone = (file: string, kept: string | undefined, typed: string | undefined): void => {
  if (kept === undefined || typed === undefined || kept === typed) return;
  throw new UserError({
    code: 'init-timezone',
    what: `This file is there already, is kept as it is, and reads schedules in ${kept}; nothing was written.`,
    where: { file },
    fix: 'Leave out --timezone, or write the zone into the file.',
  });
};
