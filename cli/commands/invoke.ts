import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { access, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Argument, type Command, InvalidArgumentError } from 'commander';
import { nearest } from '../../shared/core/policy/nearest.ts';
import { UserError } from '../../shared/model/errors.ts';
import { isoInstant, MINUTE_MS } from '../../shared/model/instant.ts';
import type { Target } from '../../shared/model/target.ts';
import type { Answer } from '../answer.ts';
import { FINDINGS, FINE } from '../exit-codes.ts';
import { harmlessJson } from '../harmless.ts';
import { seatOf } from '../open.ts';
import type { Execute } from '../program.ts';
import type { Session } from '../session.ts';

const FUNCTIONS = ['audit', 'backup', 'hint', 'prune', 'slack'] as const;
type FunctionName = (typeof FUNCTIONS)[number];

export interface InvokeOptions {
  /** A file with an event; that of the function in `events/` unless given. */
  readonly event?: string;
  /** The folder of the build. */
  readonly build: string;
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const RUNNER = join(ROOT, 'cli/invoke-function.ts');

/** As long as Lambda lets a function run at the most. */
const TIMEOUT_MS = 15 * MINUTE_MS;

/** The account and the Region that the samples are written with. */
const SAMPLE: Target = { accountId: '111122223333', region: 'us-east-1' };

const readEvent = async (file: string): Promise<string> => {
  try {
    const text = await readFile(file, 'utf8');
    return JSON.stringify(JSON.parse(text));
  } catch (error) {
    const what = 'The event cannot be read as JSON.';
    const fix = 'Give a file of events/, or another, with --event FILE.';
    throw new UserError({ code: 'event-file', what, where: { file }, fix }, { cause: error });
  }
};

/** Samples are of one account, Region and day; here they are of this one. */
const eventHere = (text: string, { accountId, region }: Target, now: number): string => {
  const here = text.replaceAll(SAMPLE.accountId, accountId).replaceAll(SAMPLE.region, region);
  const event = JSON.parse(here) as Record<string, unknown>;
  return JSON.stringify('time' in event ? { ...event, time: isoInstant(now) } : event);
};

const moduleOf = async (build: string, name: FunctionName): Promise<string> => {
  const module = resolve(build, name, 'index.mjs');
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

/** Runs a built function here, with a sample event and the credentials of the environment, on whatever account they are of. */
export const invoke = async (
  session: Session,
  name: FunctionName,
  options: InvokeOptions,
): Promise<Answer> => {
  const module = await moduleOf(options.build, name);
  const text = await readEvent(options.event ?? join(ROOT, 'events', `${name}.json`));
  const seat = await seatOf(session);
  const { composeFromTerminal, namesOf } = await import('../../shared/run/compose.ts');
  const { target } = await composeFromTerminal(seat);
  const names = namesOf(seat.instance, target.region, target.accountId);
  const now = seat.clock?.now() ?? session.now();
  const env = environmentOf(session, name, { ...target, ...names });
  const context = contextOf(env.AWS_LAMBDA_FUNCTION_NAME, target);
  const event = eventHere(text, target, now);
  const facts = JSON.stringify(seat.clock === undefined ? context : { ...context, simulatedNow: now });
  const code = await runIn(session, [module, event, facts], env);
  const notes = code === 0 ? [] : [`${name} ended as an error: Lambda would deliver the event again`];
  return { exitCode: code === 0 ? FINE : FINDINGS, lines: [], notes };
};

const parseFunction = (text: string): FunctionName => {
  const name = FUNCTIONS.find((one) => one === text);
  if (name !== undefined) return name;
  const meant = nearest(text, FUNCTIONS);
  throw new InvalidArgumentError(
    meant === undefined ? `Write one of ${FUNCTIONS.join(', ')}.` : `Did you mean ${meant}?`,
  );
};

/** Adds the command to the program. */
export const addInvoke = (program: Command, execute: Execute): void => {
  program
    .command('invoke')
    .description('run a built function here, with a sample event')
    .addArgument(new Argument('<function>', FUNCTIONS.join(', ')).argParser(parseFunction))
    .option('--event <file>', 'instead of the one in events/')
    .option('--build <folder>', 'where the build lies', 'dist')
    .action((name: FunctionName, own: InvokeOptions, command: Command) =>
      execute(command.optsWithGlobals(), (session) => invoke(session, name, own)),
    );
};
