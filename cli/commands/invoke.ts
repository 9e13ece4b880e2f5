import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Argument, type Command, InvalidArgumentError } from 'commander';
import { nearest } from '../../shared/core/policy/nearest.ts';
import { deployedLines } from '../../shared/core/render/policy-differences.ts';
import type { DeployedPolicies } from '../../shared/model/deployed-policies.ts';
import type { Effects } from '../../shared/model/effects.ts';
import { UserError } from '../../shared/model/errors.ts';
import { MINUTE_MS } from '../../shared/model/instant.ts';
import type { Target } from '../../shared/model/target.ts';
import type { Parts } from '../../shared/run/parts.ts';
import type { Answer } from '../answer.ts';
import { builtPolicies, staleText } from '../built-policies.ts';
import { readDeployed } from '../deployed.ts';
import { FINDINGS, FINE } from '../exit-codes.ts';
import { harmlessJson } from '../harmless.ts';
import { eventHere, eventNow, readEvent } from '../invoke-event.ts';
import { seatOf } from '../open.ts';
import {
  effectsOf,
  onlyReportedText,
  refusal,
  refusedAnswer,
  unprovenText,
  type Wishes,
} from '../other-policies.ts';
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
const RUNNER = join(ROOT, 'cli/invoke-function.ts');

/** As long as Lambda lets a function run at the most. */
const TIMEOUT_MS = 15 * MINUTE_MS;

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

interface Place extends Target {
  readonly stateTable: string;
  readonly topicArn: string;
}

const environmentOf = ({ options, terminal: { env } }: Session, name: FunctionName, place: Place) => ({
  ...env,
  AWS_REGION: place.region,
  ...(options.endpointUrl !== undefined && { AWS_ENDPOINT_URL: options.endpointUrl }),
  AWS_LAMBDA_FUNCTION_NAME: `tablekeeper-${options.instance}-${name}`,
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '512',
  TABLEKEEPER_INSTANCE: options.instance,
  TABLEKEEPER_STATE_TABLE: place.stateTable,
  TABLEKEEPER_TOPIC_ARN: place.topicArn,
  TABLEKEEPER_ACCOUNT_ID: place.accountId,
});

const contextOf = (functionName: string, { region, accountId }: Target) => ({
  timeoutMs: TIMEOUT_MS,
  awsRequestId: randomUUID(),
  functionName,
  functionVersion: '$LATEST',
  invokedFunctionArn: `arn:aws:lambda:${region}:${accountId}:function:${functionName}`,
  logGroupName: `/aws/lambda/${functionName}`,
  logStreamName: 'local',
  memoryLimitInMB: '512',
});

/** Runs it in a process of its own, as Lambda does, and hands on what it writes: its log on stdout, what it throws on stderr. */
const runIn = async (session: Session, args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> => {
  const { stdout, stderr } = session.terminal;
  const child = spawn(process.execPath, [RUNNER, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.setEncoding('utf8').on('data', (text: string) => stdout.write(harmlessJson(text)));
  child.stderr.setEncoding('utf8').on('data', (text: string) => stderr.write(harmlessJson(text)));
  const [code] = (await once(child, 'close')) as [number | null];
  return code ?? 1;
};

/** A function that may run, and how; or the answer where it may not. */
type Permit =
  | { readonly kind: 'granted'; readonly effects: Effects; readonly notes: readonly string[] }
  | { readonly kind: 'refused'; readonly answer: Answer };

/** One built function that a person wants to run. */
interface Wanted {
  readonly name: FunctionName;
  readonly module: string;
  readonly env: NodeJS.ProcessEnv;
  readonly options: InvokeOptions;
}

const notesOf = (
  session: Session,
  { name, module }: Wanted,
  deployed: DeployedPolicies,
  effects: Effects,
) => [
  ...deployedLines(module, deployed),
  ...onlyReportedText('build', effects),
  ...unprovenText(name, deployed, { instance: session.options.instance, file: module }),
];

/** SAFETY: a build acts by the policies that it carries, whatever the file says and whatever is deployed: both are compared before it runs. */
const permitOf = async (session: Session, parts: Parts, wanted: Wanted): Promise<Permit> => {
  const { name, module, env, options } = wanted;
  if (name === 'slack') return { kind: 'granted', effects: 'all', notes: [] };
  const policies = await builtPolicies(module, env);
  const stale = staleText(policies, parts.policies, { module, file: session.options.policies });
  if (stale.length > 0 && options.withThesePolicies !== true)
    return { kind: 'refused', answer: refusedAnswer('stale-build', stale) };
  const deployed = await readDeployed({ ...parts, policies });
  const effects = effectsOf(name, deployed, options);
  return effects === 'refused'
    ? { kind: 'refused', answer: refusal('build', deployed, deployedLines(module, deployed)) }
    : { kind: 'granted', effects, notes: notesOf(session, wanted, deployed, effects) };
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
  const permit = await permitOf(session, parts, { name, module, env, options });
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
