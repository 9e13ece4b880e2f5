import { isNamed, wholeCommand, withOptions } from '../shared/core/text/whole-command.ts';
import type { Command } from '../shared/model/advice.ts';

/** Where a session acts. Its Region is noted as soon as it is known: that of an option at once, others when they are resolved. */
export interface Here {
  region?: string;
  /** The policy file, where it was typed as the argument of a command in place of `--policies`. */
  policies?: string;
}

/** What was typed for one command alone, and the next one needs again. */
interface Typed {
  readonly endpointUrl?: string;
  readonly instance: string;
  readonly policies: string;
  readonly policyTag?: string;
  readonly profile?: string;
}

const typed = (command: Command, option: string, value: string | undefined): Command =>
  value === undefined || isNamed(command, option) ? [] : [option, value];

/** These go on with what a shell has in its environment, and not with what was typed for one command. */
const accessOptions = (command: Command, { endpointUrl, profile }: Typed): Command => [
  ...typed(command, '--profile', profile),
  ...typed(command, '--endpoint-url', endpointUrl),
];

/** A build acts by its own policies, and so does another deployment. */
const hasOtherPolicies = (command: Command, { instance }: Typed): boolean => {
  const at = command.indexOf('--instance');
  return isNamed(command, '--build') || (at !== -1 && command[at + 1] !== instance);
};

/** What only the program itself takes, and needs to act by the same policies. */
const fileOption = (command: Command, { policies }: Typed): Command =>
  policies === 'policies.yml' ? [] : typed(command, '--policies', policies);

const WITHOUT_AWS: readonly string[] = ['completion', 'finding', 'prices', 'simulate', 'validate'];

/**
 * Completes a command so that it acts where this session does: with the Region, the instance, and what was typed for this command alone, such as
 * the policy file and the profile. What it names already stays.
 */
export const commandHere = (command: Command, typedOptions: Typed, here: Here): Command => {
  const options = here.policies === undefined ? typedOptions : { ...typedOptions, policies: here.policies };
  const { instance, policyTag } = options;
  const isOwn = !hasOtherPolicies(command, options);
  const tag = isOwn ? policyTag : undefined;
  const whole = wholeCommand(command, { instance, policyTag: tag, target: here });
  const [program, name, verb = ''] = whole;
  // npm takes options for itself up to the first `--`.
  if (program === 'npm' && whole.includes('--'))
    return [...whole, ...typed(whole, '--aws-profile', options.profile)];
  if (program === 'aws') return [...whole, ...accessOptions(whole, options)];
  if (program !== 'npx' || name !== 'tablekeeper' || WITHOUT_AWS.includes(verb)) return whole;
  const file = isOwn ? fileOption(whole, options) : [];
  return withOptions(whole, [...file, ...accessOptions(whole, options)]);
};
