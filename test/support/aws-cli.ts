import { execFile } from 'node:child_process';

/** Calls AWS's own command line, such as `aws('sqs', 'list-queues')`, and returns what it answers. */
export type AwsCli = <Answer>(...args: readonly string[]) => Promise<Answer>;

const MISSING = 'aws did not run: pip install awscli, as .ci/run does';

/** Creates an AWS command line for an endpoint with credentials. Rejects with its output. */
export const awsCli =
  (endpoint: string, environment: Readonly<Record<string, string>>): AwsCli =>
  async <Answer>(...args: readonly string[]): Promise<Answer> => {
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    const options = { env: { ...process.env, ...environment }, encoding: 'utf8' as const };
    // Not every service's part of it reads AWS_ENDPOINT_URL.
    const all = ['--endpoint-url', endpoint, '--output', 'json', ...args];
    execFile('aws', all, options, (error, stdout, stderr) => {
      if (error) reject(new Error(stderr === '' ? MISSING : stderr.trim(), { cause: error }));
      else resolve((stdout.trim() === '' ? {} : JSON.parse(stdout)) as Answer);
    });
    return await promise;
  };
