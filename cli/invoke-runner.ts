import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { UserError } from '../shared/model/errors.ts';
import { type Instant, isoInstant, MINUTE_MS } from '../shared/model/instant.ts';
import { partitionOf, type Target } from '../shared/model/target.ts';
import { IS_CLONE, ownFile } from './own-files.ts';
import type { Session } from './session.ts';
import { harmlessJson } from './terminal.ts';

/** The account and the Region that the samples contain. */
const SAMPLE: Target = { accountId: '111122223333', region: 'us-east-1' };

/** Reads a file with an event. Throws a `UserError` when it is not JSON. */
export const readEvent = async (file: string): Promise<string> => {
  try {
    const text = await readFile(file, 'utf8');
    return JSON.stringify(JSON.parse(text));
  } catch (error) {
    const what = 'The event cannot be read as JSON.';
    const fix = 'Give a file of events/, or another, with --event FILE.';
    throw new UserError({ code: 'event-file', what, where: { file }, fix }, { cause: error });
  }
};

/** Moves an event to the account and the Region at hand. */
export const eventHere = (text: string, target: Target): string =>
  text
    .replaceAll(SAMPLE.accountId, target.accountId)
    .replaceAll(SAMPLE.region, target.region)
    .replaceAll(`arn:${partitionOf(SAMPLE)}:`, `arn:${partitionOf(target)}:`);

/**
 * SAFETY: for samples only, not for an event that a person gives: an event from the future deletes
 * nothing. Sets the time of a sample to now.
 */
export const eventNow = (text: string, now: Instant): string => {
  const event = JSON.parse(text) as Record<string, unknown>;
  return JSON.stringify('time' in event ? { ...event, time: isoInstant(now) } : event);
};

const RUNNER = ownFile(`cli/invoke-function.${IS_CLONE ? 'ts' : 'mjs'}`);

/** The longest that Lambda lets a function run. */
const TIMEOUT_MS = 15 * MINUTE_MS;

/** Where a function runs, and the resources it uses. */
export interface Place extends Target {
  readonly stateTable: string;
  readonly topicArn: string;
}

/** Builds the environment that a deployment would give a function. */
export const environmentOf = ({ options, terminal: { env } }: Session, name: string, place: Place) => ({
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

/** Builds the context that Lambda would pass to a function. */
export const contextOf = (functionName: string, target: Target) => ({
  timeoutMs: TIMEOUT_MS,
  awsRequestId: randomUUID(),
  functionName,
  functionVersion: '$LATEST',
  invokedFunctionArn: `arn:${partitionOf(target)}:lambda:${target.region}:${target.accountId}:function:${functionName}`,
  logGroupName: `/aws/lambda/${functionName}`,
  logStreamName: 'local',
  memoryLimitInMB: '512',
});

/**
 * Runs it in a separate process, as Lambda does, and passes on what it writes: its log on stdout,
 * what it throws on stderr.
 */
export const runIn = async (
  session: Session,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<number> => {
  const { stdout, stderr } = session.terminal;
  const child = spawn(process.execPath, [RUNNER, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.setEncoding('utf8').on('data', (text: string) => stdout.write(harmlessJson(text)));
  child.stderr.setEncoding('utf8').on('data', (text: string) => stderr.write(harmlessJson(text)));
  const [code] = (await once(child, 'close')) as [number | null];
  return code ?? 1;
};
