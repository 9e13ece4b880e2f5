import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import type { Advice } from '../shared/model/advice.ts';
import { UserError } from '../shared/model/errors.ts';
import type { Answer } from './answer.ts';
import { type CliCommand, GLOBAL_OPTIONS } from './command.ts';
import { completionCommand } from './commands/completion.ts';
import { costCommand } from './commands/cost.ts';
import { cutoverCommand } from './commands/cutover.ts';
import { doctorCommand } from './commands/doctor.ts';
import { explainCommand } from './commands/explain.ts';
import { findingCommand } from './commands/finding.ts';
import { initCommand } from './commands/init.ts';
import { invokeCommand } from './commands/invoke.ts';
import { keepCommand } from './commands/keep.ts';
import { packageCommand } from './commands/package.ts';
import { planCommand } from './commands/plan.ts';
import { pricesCommand } from './commands/prices.ts';
import { reportCommand } from './commands/report.ts';
import { restoreCommand } from './commands/restore.ts';
import { runCommand } from './commands/run.ts';
import { simCommand } from './commands/sim.ts';
import { simulateCommand } from './commands/simulate.ts';
import { statusCommand } from './commands/status.ts';
import { validateCommand } from './commands/validate.ts';
import { ownFile } from './own-files.ts';
import type { GlobalOptions, Session } from './session.ts';

/** Begins a session with the options that were typed, and keeps the answer of the command. */
export type Execute = (
  options: GlobalOptions,
  command: (session: Session) => Promise<Answer>,
) => Promise<void>;

/** Where commander's own output goes. */
export interface Words {
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
}

/** In the order in which help lists them. */
const WITHOUT_COMPLETION: readonly CliCommand[] = [
  initCommand,
  validateCommand,
  simulateCommand,
  statusCommand,
  planCommand,
  explainCommand,
  reportCommand,
  costCommand,
  pricesCommand,
  runCommand,
  keepCommand,
  restoreCommand,
  cutoverCommand,
  doctorCommand,
  findingCommand,
  invokeCommand,
  packageCommand,
  simCommand,
];

const COMMANDS: readonly CliCommand[] = [...WITHOUT_COMPLETION, completionCommand(WITHOUT_COMPLETION)];

const versionText = (): string => {
  const text = readFileSync(ownFile('package.json'), 'utf8');
  const { version } = JSON.parse(text) as { readonly version: string };
  return `tablekeeper ${version}, Node ${process.versions.node}`;
};

/** Nothing in the place of a name or a number is no value: a variable of a shell that is not set. */
const emptyIn = (command: Command): string | undefined => {
  const option = command.options.find((one) => command.getOptionValue(one.attributeName()) === '');
  if (option !== undefined) return `option '${option.flags}' is empty. Write a value, or leave it out.`;
  const at = command.args.findIndex((text) => text.trim() === '');
  return at === -1 ? undefined : `argument ${at + 1} is empty. Write a value, or leave it out.`;
};

/** What was typed contradicts itself, and a command says how it goes: it is completed as every other one. */
const contradiction = ({ say: what, ...fix }: Advice): UserError =>
  new UserError({ code: 'contradiction', what, fix: { ...fix, say: '' } });

const typedOf = (program: Command): Partial<GlobalOptions> =>
  Object.fromEntries(
    Object.entries(program.opts()).filter(([key]) => program.getOptionValueSource(key) === 'cli'),
  );

const register = (program: Command, execute: Execute, definition: CliCommand): void => {
  const { name, summary, argument, options = [] } = definition;
  const command = program.command(name).description(summary);
  if (argument !== undefined) command.addArgument(argument);
  for (const option of options) command.addOption(option);
  command.action(() => {
    const empty = emptyIn(command);
    if (empty !== undefined) command.error(`error: ${empty}`);
    const typed = { ...command.opts(), ...(argument && { [argument.name()]: command.processedArgs[0] }) };
    const mistake = definition.mistakeIn?.(typed, typedOf(program));
    if (typeof mistake === 'string') command.error(`error: ${mistake}`);
    else if (mistake !== undefined)
      return execute(command.optsWithGlobals(), () => Promise.reject(contradiction(mistake)));
    return execute(command.optsWithGlobals(), (session) => definition.run(session, typed));
  });
};

const EPILOGUE = `
Exit codes: 0 fine · 1 findings, or actions that failed · 2 usage or policy file · 3 could not look · 70 a bug · 74 the output could not be written`;

/**
 * Builds the program, which never ends the process, from what executes a command and where
 * commander's own output goes.
 */
export const createProgram = (execute: Execute, { out, error }: Words): Command => {
  const program = new Command('tablekeeper')
    .description('Keeps every tagged DynamoDB table recoverable, and says so when it is not.')
    .version(versionText(), '--version', 'the version of the program')
    .exitOverride()
    .configureOutput({ writeOut: out, writeErr: error })
    .configureHelp({ showGlobalOptions: true })
    .addHelpText('after', EPILOGUE);
  for (const option of GLOBAL_OPTIONS) program.addOption(option);
  for (const definition of COMMANDS) register(program, execute, definition);
  return program;
};
