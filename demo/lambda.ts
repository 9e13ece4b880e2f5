import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Instant } from '../shared/model/instant.ts';
import type { SimAccount } from '../sim/account.ts';
import type { Environment, FunctionSpec, Resolve } from './stack.ts';

/** What a function answers: its run's counts. */
export interface Answer {
  readonly done: number;
  readonly deferred: number;
  readonly failed: number;
  readonly refused: number;
  readonly openFindings: number;
}

type Handler = (event: unknown, context: unknown) => Promise<Answer>;

/** One warm execution environment of a function. */
export interface Lambda {
  readonly spec: FunctionSpec;
  /** Calls it as EventBridge does. Rejects as the function does. */
  invoke(scheduledAt: Instant): Promise<Answer>;
}

/** Where a build lies and who runs it. */
export interface Deployment {
  readonly account: SimAccount;
  readonly folder: string;
  /** What every function's environment holds beside its own variables. */
  readonly surroundings: Environment;
  readonly resolve: Resolve;
}

/** The key of a function's role, by which the account's ledger tells who did what. */
export const accessKeyOf = (key: string): string => `ASIA${key.toUpperCase()}ROLE`;

const enter = (
  { resolve, surroundings }: Deployment,
  { key, functionName, variables }: FunctionSpec,
): void => {
  Object.assign(process.env, surroundings, resolve(variables), {
    AWS_ACCESS_KEY_ID: accessKeyOf(key),
    AWS_SECRET_ACCESS_KEY: 'simulated',
    AWS_LAMBDA_FUNCTION_NAME: functionName,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '512',
  });
};

const eventOf = ({ region, accountId }: SimAccount, { functionName }: FunctionSpec, at: Instant) => ({
  version: '0',
  id: `00000000-0000-4000-8000-${at.toString(16).padStart(12, '0')}`,
  'detail-type': 'Scheduled Event',
  source: 'aws.events',
  account: accountId,
  time: `${new Date(at).toISOString().slice(0, 19)}Z`,
  region,
  resources: [`arn:aws:events:${region}:${accountId}:rule/${functionName}`],
  detail: {},
});

const contextOf = ({ account }: Deployment, { functionName, timeoutMs }: FunctionSpec, id: string) => {
  const endsAt = account.clock.now() + timeoutMs;
  return {
    awsRequestId: id,
    callbackWaitsForEmptyEventLoop: true,
    functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:${account.region}:${account.accountId}:function:${functionName}`,
    logGroupName: `/aws/lambda/${functionName}`,
    logStreamName: id,
    memoryLimitInMB: '512',
    getRemainingTimeInMillis: () => endsAt - account.clock.now(),
  };
};

let environments = 0;

/** Given a function of a build, starts an execution environment of its own: the module is loaded anew, whatever was loaded before. */
export const startLambda = async (deployment: Deployment, spec: FunctionSpec): Promise<Lambda> => {
  environments += 1;
  const number = environments;
  enter(deployment, spec);
  const url = pathToFileURL(join(deployment.folder, spec.module));
  const { handler } = (await import(`${url.href}?environment=${number}`)) as { readonly handler: Handler };
  let calls = 0;
  return {
    spec,
    invoke: (scheduledAt) => {
      calls += 1;
      enter(deployment, spec);
      const id = `${spec.key}-${number}-${String(calls).padStart(5, '0')}`;
      return handler(eventOf(deployment.account, spec, scheduledAt), contextOf(deployment, spec, id));
    },
  };
};

const STREAMS = [process.stdout, process.stderr] as const;

/** Given work that writes logs as Lambda functions do, hands every line to `log` instead of this process's output until the work is over. */
export const withoutOutput = async <T>(work: () => Promise<T>, log: (text: string) => void): Promise<T> => {
  const writes = STREAMS.map((stream) => stream.write);
  for (const stream of STREAMS) {
    stream.write = (chunk: string | Uint8Array): boolean => {
      log(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8'));
      return true;
    };
  }
  try {
    return await work();
  } finally {
    for (const [at, stream] of STREAMS.entries()) stream.write = writes[at] ?? stream.write;
  }
};
