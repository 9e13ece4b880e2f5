import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { type Invocation, startRuntimeApi } from './runtime-api.ts';

/** Which function to run: a folder of built functions, one of them, and its own environment. */
export interface SandboxOptions {
  readonly root: string;
  /** Such as `backup/index.handler`. */
  readonly handler: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** One execution environment of Lambda: it starts cold at the first event and takes one event after the other. */
export interface Sandbox {
  invoke(event: unknown): Promise<Invocation>;
  /** The lines it logged so far. */
  readonly log: readonly string[];
  stop(): Promise<void>;
}

const RUNTIME = fileURLToPath(import.meta.resolve('aws-lambda-ric'));
const CLIENT = import.meta.resolve('./lambda-client.ts');

/** What Lambda sets. Nothing of this process's own environment is handed on. */
const environmentOf = ({ root, handler, environment }: SandboxOptions, address: string) => ({
  AWS_LAMBDA_RUNTIME_API: address,
  AWS_LAMBDA_FUNCTION_NAME: 'under-test',
  AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '512',
  AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
  AWS_LAMBDA_LOG_FORMAT: 'JSON',
  AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/under-test',
  AWS_LAMBDA_LOG_STREAM_NAME: 'under-test',
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'testing',
  AWS_SECRET_ACCESS_KEY: 'testing',
  AWS_SESSION_TOKEN: 'testing',
  LAMBDA_TASK_ROOT: root,
  LAMBDA_RUNTIME_DIR: root,
  TZ: ':UTC',
  _HANDLER: handler,
  ...environment,
});

const startProcess = (options: SandboxOptions, address: string): ChildProcess =>
  spawn(process.execPath, ['--import', CLIENT, RUNTIME, options.handler], {
    cwd: options.root,
    env: environmentOf(options, address),
    stdio: ['ignore', 'pipe', 'pipe'],
  });

const collectLines = (child: ChildProcess): readonly string[] => {
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    if (stream !== null) createInterface(stream).on('line', (line) => lines.push(line));
  return lines;
};

/** Starts a built function as Lambda does: AWS's own runtime client in a process of its own, fed through the Runtime API. */
export const startSandbox = async (options: SandboxOptions): Promise<Sandbox> => {
  const api = await startRuntimeApi();
  const child = startProcess(options, api.address);
  const log = collectLines(child);
  child.once('exit', (code) => api.fail(`the process ended with ${code}: ${log.slice(-20).join('\n')}`));
  return {
    invoke: (event) => api.invoke(event),
    log,
    stop: async () => {
      const gone = child.exitCode === null ? once(child, 'exit') : undefined;
      child.kill();
      await gone;
      await api.close();
    },
  };
};
