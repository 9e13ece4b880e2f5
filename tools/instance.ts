import { UserError } from '../shared/model/errors.ts';
import { NAME_PATTERN } from '../shared/model/recovery-point-name.ts';

/** Lambda names functions in 64 characters, and ours are `tablekeeper-<instance>-backup`. */
const MAX_LENGTH = 64 - 'tablekeeper--backup'.length;

/** Given what `serverless` would deploy as, refuses a name that could not stand in the names of recovery points and functions. */
export const checkInstance = (instance: string): void => {
  if (NAME_PATTERN.test(instance) && instance.length <= MAX_LENGTH) return;
  throw new UserError({
    code: 'instance-name',
    what: `${JSON.stringify(instance)} cannot name an instance.`,
    where: { file: 'serverless.yml' },
    fix: `Give --stage, or --param instance=NAME, of up to ${MAX_LENGTH} lower-case letters, digits and inner hyphens.`,
  });
};
