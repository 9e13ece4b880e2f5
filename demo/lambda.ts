import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Instant } from '../shared/model/instant.ts';
import type { SimAccount } from '../sim/account.ts';
import type { Delivery } from '../sim/inbox.ts';
import { accessKeyOf, type Environment, type FunctionSpec, functionArn, type Resolve } from './stack.ts';

/** What the drill function answers. */
export interface DrillAnswer {
  readonly underWay: readonly string[];
  readonly ended: readonly { readonly table: string; readonly result: string }[];
}

/** What a function answers: its run's counts, or those of drills. */
export type Answer = DrillAnswer | RunAnswer;

export interface RunAnswer {
  readonly done: number;
  readonly deferred: number;
  readonly failed: number;
  readonly refused: number;
  readonly openFindings: number;
}

type Handler = (event: unknown, context: unknown) => Promise<unknown>;

/** One warm execution environment of a function. */
export interface Lambda {
  readonly spec: FunctionSpec;
  /** Calls it as EventBridge does. Rejects as the function does. */
  invoke(scheduledAt: Instant): Promise<Answer>;
  /** Calls it as SNS does, with one message of a topic. Rejects as the function does. */
  receive(delivery: Delivery): Promise<void>;
}

/** Where a build lies and who runs it. */
export interface Deployment {
  readonly account: SimAccount;
  readonly folder: string;
  /** What every function's environment contains besides its own variables. */
  readonly surroundings: Environment;
  readonly resolve: Resolve;
}

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

const notificationOf = ({ at, topicArn, subject, message }: Delivery) => ({
  Records: [
    {
      EventSource: 'aws:sns',
      EventVersion: '1.0',
      EventSubscriptionArn: `${topicArn}:00000000-0000-4000-8000-000000000000`,
      Sns: {
        Type: 'Notification',
        MessageId: `00000000-0000-4000-8000-${at.toString(16).padStart(12, '0')}`,
        TopicArn: topicArn,
        Subject: subject,
        Message: message,
        Timestamp: new Date(at).toISOString(),
        MessageAttributes: {},
      },
    },
  ],
});

const contextOf = ({ account }: Deployment, { functionName, timeoutMs }: FunctionSpec, id: string) => {
  const endsAt = account.clock.now() + timeoutMs;
  return {
    awsRequestId: id,
    callbackWaitsForEmptyEventLoop: true,
    functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: functionArn(account, { functionName }),
    logGroupName: `/aws/lambda/${functionName}`,
    logStreamName: `${new Date(account.clock.now()).toISOString().slice(0, 10).replaceAll('-', '/')}/[$LATEST]${id}`,
    memoryLimitInMB: '512',
    getRemainingTimeInMillis: () => endsAt - account.clock.now(),
  };
};

let environments = 0;

/** Starts an execution environment for a built function: the module is loaded again, whatever was loaded before. */
export const startLambda = async (deployment: Deployment, spec: FunctionSpec): Promise<Lambda> => {
  environments += 1;
  const number = environments;
  enter(deployment, spec);
  const url = pathToFileURL(join(deployment.folder, spec.module));
  const { handler } = (await import(`${url.href}?environment=${number}`)) as { readonly handler: Handler };
  let calls = 0;
  const call = (event: unknown): Promise<unknown> => {
    calls += 1;
    enter(deployment, spec);
    const id = `${spec.key}-${number}-${String(calls).padStart(5, '0')}`;
    return handler(event, contextOf(deployment, spec, id));
  };
  return {
    spec,
    invoke: (scheduledAt) => call(eventOf(deployment.account, spec, scheduledAt)) as Promise<Answer>,
    receive: async (delivery) => {
      await call(notificationOf(delivery));
    },
  };
};

const STREAMS = [process.stdout, process.stderr] as const;

/** Redirects the log lines of work, which writes logs as Lambda functions do, from this process's output to `log` until it is done. */
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
