import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Argument, type Command, InvalidArgumentError } from 'commander';
import { nearest } from '../../shared/core/text/nearest.ts';
import { UserError } from '../../shared/model/errors.ts';
import { type Answer, FINDINGS, FINE } from '../answer.ts';
import type { Wishes } from '../deployed.ts';
import { permitOf } from '../invoke-permit.ts';
import { contextOf, environmentOf, eventHere, eventNow, readEvent, runIn } from '../invoke-runner.ts';
import { seatOf } from '../open.ts';
import type { Execute } from '../program.ts';
import type { Session } from '../session.ts';

const FUNCTIONS = ['audit', 'backup', 'hint', 'prune', 'slack'] as const;
type FunctionName = (typeof FUNCTIONS)[number];

export interface InvokeOptions extends Wishes {
  /** A file with an event; that of the function in `events/` unless given. */
  readonly event?: string;
  /** The folder of the build. */
  readonly build: string;
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const moduleOf = async (build: string, name: FunctionName): Promise<string> => {
  const module = join(build, name, 'index.mjs');
  try {
    await access(module);
    return module;
  } catch (error) {
    const what = 'The function is not built.';
    const fix = 'Build it: npm run build';
    throw new UserError({ code: 'no-build', what, where: { file: module }, fix }, { cause: error });
  }
};

/** The only file that a build can be compared with is the project's own. */
const openHere = async (session: Session) => {
  try {
    return await seatOf(session);
  } catch (error) {
    if (!(error instanceof UserError) || error.content.code !== 'no-policy-file') throw error;
    const fix = 'invoke compares the build with it: run this in the folder of the project.';
    throw new UserError({ ...error.content, fix }, { cause: error });
  }
};

/**
 * Runs a built function here, with a sample event and the credentials of the environment, on whatever account they are of. It acts as it would in Lambda,
 * but is not noted as a run of the deployed function. SAFETY: one that does not carry the deployed policies tells, writes down, repairs and deletes nothing.
 */
export const invoke = async (
  session: Session,
  name: FunctionName,
  options: InvokeOptions,
): Promise<Answer> => {
  const module = await moduleOf(options.build, name);
  const text = await readEvent(options.event ?? join(ROOT, 'events', `${name}.json`));
  const seat = await openHere(session);
  const { composeFromTerminal, namesOf } = await import('../../shared/run/compose.ts');
  const parts = await composeFromTerminal(seat);
  const { target } = parts;
  const names = namesOf(seat.instance, target.region, target.accountId);
  const env = environmentOf(session, name, { ...target, ...names });
  const permit = await permitOf(session, parts, { name, module, env, wishes: options });
  if (permit.kind === 'refused') return permit.answer;
  const now = seat.clock?.now() ?? session.now();
  const context = {
    ...contextOf(env.AWS_LAMBDA_FUNCTION_NAME, target),
    tablekeeperEffects: permit.effects,
    ...(seat.clock !== undefined && { simulatedNow: now }),
  };
  const here = eventHere(text, target);
  const event = options.event === undefined ? eventNow(here, now) : here;
  const code = await runIn(session, [module, event, JSON.stringify(context)], env);
  const failed = code === 0 ? [] : [`${name} ended as an error: Lambda would deliver the event again`];
  return { exitCode: code === 0 ? FINE : FINDINGS, lines: [], notes: [...permit.notes, ...failed] };
};

const parseFunction = (text: string): FunctionName => {
  const name = FUNCTIONS.find((one) => one === text);
  if (name !== undefined) return name;
  const meant = nearest(text, FUNCTIONS);
  throw new InvalidArgumentError(
    meant === undefined ? `Write one of ${FUNCTIONS.join(', ')}.` : `Did you mean ${meant}?`,
  );
};

const NO_FILE = [
  'error: --policies does not go with invoke: a built function acts by the policies that it was built with.',
  'Build with that file: npm run build -- --policies FILE --out FOLDER',
  'and run that build: tablekeeper invoke FUNCTION --build FOLDER --with-these-policies',
].join('\n');

const checkOptions = (name: FunctionName, own: InvokeOptions, command: Command): void => {
  if (command.parent?.getOptionValueSource('policies') === 'cli') command.error(NO_FILE);
  if (own.dryRun === true && name === 'slack')
    command.error('error: --dry-run does not go with slack, which only passes on.');
};

/** Adds the command to the program. */
export const addInvoke = (program: Command, execute: Execute): void => {
  program
    .command('invoke')
    .description('run a built function here, with a sample event: it acts as in Lambda')
    .addArgument(new Argument('<function>', FUNCTIONS.join(', ')).argParser(parseFunction))
    .option('--event <file>', 'instead of the one in events/')
    .option('--build <folder>', 'where the build lies', 'dist')
    .option('--dry-run', 'change nothing anywhere, tell nobody')
    .option('--with-these-policies', 'act by the policies of this build though others are deployed')
    .action((name: FunctionName, own: InvokeOptions, command: Command) => {
      checkOptions(name, own, command);
      return execute(command.optsWithGlobals(), (session) => invoke(session, name, own));
    });
};
