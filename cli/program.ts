import { Argument, Command, Option } from 'commander';
import type { Instant } from '../shared/model/instant.ts';
import type { Answer } from './answer.ts';
import { addDoctor } from './commands/doctor.ts';
import { explain } from './commands/explain.ts';
import { addInvoke } from './commands/invoke.ts';
import { plan } from './commands/plan.ts';
import { type RunOptions, run } from './commands/run.ts';
import { sim } from './commands/sim.ts';
import { validate } from './commands/validate.ts';
import type { ModeName } from './modes.ts';
import { parseDigest, parseInstant, parseMode, parsePort } from './parsers.ts';
import type { GlobalOptions, Session } from './session.ts';

/** Begins a session with the options that were typed, and keeps the answer of the command. */
export type Execute = (
  options: GlobalOptions,
  command: (session: Session) => Promise<Answer>,
) => Promise<void>;

/** Where commander's own words go. */
export interface Words {
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
}

const addGlobalOptions = (program: Command): Command =>
  program
    .option('--policies <file>', 'the policy file', 'policies.yml')
    .option('--instance <name>', 'which deployment', 'prod')
    .option('--region <region>', 'AWS Region (default: AWS_REGION, or the one of the profile)')
    .option('--endpoint-url <url>', 'another AWS, such as `tablekeeper sim` (default: AWS_ENDPOINT_URL)')
    .option('--profile <name>', 'profile of AWS credentials (default: AWS_PROFILE)')
    .option('--json', 'one JSON document on stdout')
    .option('--no-color', 'plain text');

const addValidate = (program: Command, execute: Execute): void => {
  program
    .command('validate')
    .description('check a policy file, without AWS')
    .argument('[file]', 'instead of the one of --policies')
    .action((file: string | undefined, _own: unknown, command: Command) =>
      execute(command.optsWithGlobals(), (session) => validate(session, file)),
    );
};

const addPlan = (program: Command, execute: Execute): void => {
  program
    .command('plan')
    .description('show what would be done and why, and what is wrong; reads only')
    .addOption(new Option('--mode <mode>', 'backup, prune or audit (default: all)').argParser(parseMode))
    .action(({ mode }: { readonly mode?: ModeName }, command: Command) =>
      execute(command.optsWithGlobals(), (session) => plan(session, mode)),
    );
};

const addExplain = (program: Command, execute: Execute): void => {
  program
    .command('explain')
    .description('tell all that is known of one table; reads only')
    .argument('<table>', 'its name')
    .action((table: string, _own: unknown, command: Command) =>
      execute(command.optsWithGlobals(), (session) => explain(session, table)),
    );
};

const addRun = (program: Command, execute: Execute): void => {
  program
    .command('run')
    .description('run as a function does, with your own rights')
    .addArgument(new Argument('<mode>', 'backup, prune or audit').argParser(parseMode))
    .option('--dry-run', 'change nothing anywhere, tell nobody')
    .addOption(
      new Option('--approve <digest>', 'let exactly these expiries past the guardrail').argParser(
        parseDigest,
      ),
    )
    .option('--with-these-policies', 'act by this policy file though another one is deployed')
    .action((mode: ModeName, own: RunOptions, command: Command) => {
      if (own.approve !== undefined && mode !== 'prune')
        command.error(
          `error: --approve is for expiries. Did you mean tablekeeper run prune --approve ${own.approve}?`,
        );
      return execute(command.optsWithGlobals(), (session) => run(session, mode, own));
    });
};

interface SimFlags {
  readonly port: number;
  readonly empty?: true;
  readonly at?: Instant;
}

const addSim = (program: Command, execute: Execute): void => {
  program
    .command('sim')
    .description('start a simulated AWS account for the AWS CLI and for these commands, until Ctrl-C')
    .addOption(new Option('--port <port>', 'where on 127.0.0.1').argParser(parsePort).default(4567))
    .option('--empty', 'without example tables')
    .addOption(
      new Option(
        '--at <instant>',
        'when its clock starts, such as 2026-11-28T12:00:00Z (default: now)',
      ).argParser(parseInstant),
    )
    .action(({ port, empty, at }: SimFlags, command: Command) =>
      execute(command.optsWithGlobals(), (session) =>
        sim(session, { port, isEmpty: empty === true, ...(at !== undefined && { at }) }),
      ),
    );
};

const EPILOGUE = `
Exit codes: 0 fine · 1 findings, or actions that failed · 2 usage or policy file · 3 could not look · 70 a bug`;

/** Creates the program from what performs a command and where commander's own output goes. It never ends the process. */
export const createProgram = (execute: Execute, { out, error }: Words): Command => {
  const program = new Command('tablekeeper')
    .description('Keeps every tagged DynamoDB table recoverable, and says so when it is not.')
    .exitOverride()
    .configureOutput({ writeOut: out, writeErr: error })
    .configureHelp({ showGlobalOptions: true })
    .addHelpText('after', EPILOGUE);
  addGlobalOptions(program);
  for (const add of [addValidate, addPlan, addExplain, addRun, addDoctor, addInvoke, addSim])
    add(program, execute);
  return program;
};
