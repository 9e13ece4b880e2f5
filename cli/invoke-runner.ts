import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { MINUTE_MS } from '../shared/model/instant.ts';
import type { Target } from '../shared/model/target.ts';
import { harmlessJson } from './sanitize-terminal.ts';
import type { Session } from './session.ts';

const RUNNER = fileURLToPath(new URL('invoke-function.ts', import.meta.url));

/** As long as Lambda lets a function run at the most. */
const TIMEOUT_MS = 15 * MINUTE_MS;

/** Where a function works, and with what. */
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
export const contextOf = (functionName: string, { region, accountId }: Target) => ({
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
