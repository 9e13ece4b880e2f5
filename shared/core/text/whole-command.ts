import { type Advice, type Command, withCommands } from '../../model/advice.ts';
import { commandText } from '../../model/shell.ts';
import type { Target } from '../../model/target.ts';
import { PLAN_COMMAND } from './commands.ts';

/** The deployment that a command is about. */
export interface Deployment {
  readonly instance: string;
  /** The key that it was given in place of the one in the policy file: without it a command would act on other tables. */
  readonly policyTag?: string | undefined;
  /** Set where it was made by the package, which has no `npm run deploy`. */
  readonly isPackaged?: true | undefined;
  /** Without a Region where none is known yet: the command then takes the one of whoever runs it. */
  readonly target: Partial<Pick<Target, 'region'>>;
}

/** The instance that a command is about when it names none: the defaults of `--instance` and of the stage. */
const DEFAULT_INSTANCE = 'prod';

/** Services that are the same in every Region. */
const EVERYWHERE: readonly string[] = ['iam', 'organizations'];

/** Whether a command gives an option already. */
export const isNamed = (command: Command, option: string): boolean =>
  command.some((word) => word === option || word.startsWith(`${option}=`));

/** Commands that neither read a deployment nor ask AWS anything. */
const ABOUT_NO_DEPLOYMENT: readonly string[] = ['completion', 'finding', 'prices'];

/** Adds options to a command: before a `--`, because everything after it is a name. */
export const withOptions = (command: Command, options: Command): Command => {
  const end = command.indexOf('--');
  return end === -1
    ? [...command, ...options]
    : [...command.slice(0, end), ...options, ...command.slice(end)];
};

const optionsOf = (command: Command, instanceOption: string, { instance, target }: Deployment): Command => [
  ...(target.region === undefined || isNamed(command, '--region') ? [] : ['--region', target.region]),
  ...(instance === DEFAULT_INSTANCE || isNamed(command, instanceOption) ? [] : [instanceOption, instance]),
];

/** A deployment keeps the key that it was given, so only the program itself has to be told. */
const programOptions = (command: Command, deployment: Deployment): Command => [
  ...optionsOf(command, '--instance', deployment),
  ...(deployment.policyTag === undefined || isNamed(command, '--policy-tag')
    ? []
    : ['--policy-tag', deployment.policyTag]),
];

/** npm takes options for itself up to the first `--`. */
const deployCommand = (command: Command, deployment: Deployment): Command => {
  const options = optionsOf(command, '--stage', deployment);
  if (options.length === 0) return command;
  return [...command, ...(command.includes('--') ? [] : ['--']), ...options];
};

/**
 * Completes a command so that it runs where it is pasted, and on the deployment that it is about: it is started by
 * `npx`, and it names the Region, the instance unless that is `prod`, and the policy tag where the instance has one of its own. What it names already
 * stays.
 */
export const wholeCommand = (command: Command, deployment: Deployment): Command => {
  const [program, first = '', ...rest] = command;
  if (program === 'npx') return wholeCommand([first, ...rest], deployment);
  if (program === 'tablekeeper' && ABOUT_NO_DEPLOYMENT.includes(first)) return ['npx', ...command];
  if (program === 'tablekeeper')
    return [
      'npx',
      ...(command.length === 1 ? command : withOptions(command, programOptions(command, deployment))),
    ];
  if (program === 'npm' && first === 'run' && rest[0] === 'deploy') {
    const whole = deployCommand(command, deployment);
    return deployment.isPackaged === true ? wholeCommand(packagedCommand(whole), deployment) : whole;
  }
  const { region } = deployment.target;
  if (program !== 'aws' || region === undefined || EVERYWHERE.includes(first) || isNamed(command, '--region'))
    return command;
  return [...command, '--region', region];
};

/** Writes the command that shows all that is open. */
export const planText = (deployment: Deployment): string =>
  commandText(wholeCommand(PLAN_COMMAND, deployment));

/** Where a deployment is packaged to, in commands that leave it open. */
const OUT = 'out';

/** The options of a deployment from a clone, as a packaged one has them. */
const packageOption = (word: string): string => (word === '--stage' ? '--instance' : word);

/**
 * Replaces the command that deploys from a clone by the one that packages a deployment: the package has no `npm run deploy`. Every other
 * command stays.
 */
export const packagedCommand = (command: Command): Command => {
  const [program, run, script, ...options] = command;
  if (program !== 'npm' || run !== 'run' || script !== 'deploy') return command;
  const given = options.filter((word) => word !== '--').map(packageOption);
  return ['npx', 'tablekeeper', 'package', '--out', OUT, ...given];
};

/** Completes every command of advice. */
export const wholeAdvice = (advice: Advice, deployment: Deployment): Advice =>
  withCommands(advice, (command) => wholeCommand(command, deployment));

/** Completes the commands of everything that has advice. */
export const withWholeCommands = <One extends { readonly advice: Advice }>(
  all: readonly One[],
  deployment: Deployment,
): readonly One[] => all.map((one) => ({ ...one, advice: wholeAdvice(one.advice, deployment) }));
