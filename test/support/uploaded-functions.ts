import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AwsCli } from './aws-cli.ts';
import { type Sandbox, startSandbox } from './lambda-runtime.ts';

/** A function as Lambda describes it. */
export interface FunctionConfiguration {
  readonly FunctionName: string;
  readonly Handler: string;
  readonly Runtime: string;
  readonly Role: string;
  readonly Timeout: number;
  readonly MemorySize: number;
  readonly CodeSha256: string;
  readonly Environment: { readonly Variables: Readonly<Record<string, string>> };
}

interface StackResource {
  readonly PhysicalResourceId: string;
}

interface DeployedTemplate {
  readonly TemplateBody: {
    readonly Resources: Readonly<
      Record<
        string,
        {
          readonly Properties: { readonly FunctionName?: string; readonly Code?: { readonly S3Key: string } };
        }
      >
    >;
  };
}

const STACK = 'tablekeeper-prod';

const keyOf = async (aws: AwsCli, functionName: string): Promise<string> => {
  const { TemplateBody } = await aws<DeployedTemplate>(
    ...['cloudformation', 'get-template', '--stack-name', STACK],
  );
  const found = Object.values(TemplateBody.Resources).find(
    ({ Properties }) => Properties?.FunctionName === functionName,
  );
  if (found?.Properties.Code === undefined) throw new Error(`${functionName} was not deployed`);
  return found.Properties.Code.S3Key;
};

const bucketOf = async (aws: AwsCli): Promise<string> => {
  const { StackResources } = await aws<{ readonly StackResources: readonly StackResource[] }>(
    ...['cloudformation', 'describe-stack-resources', '--stack-name', STACK],
    ...['--logical-resource-id', 'ServerlessDeploymentBucket'],
  );
  const [bucket] = StackResources;
  if (bucket === undefined) throw new Error('the stack has no bucket');
  return bucket.PhysicalResourceId;
};

/** What is needed to run what was uploaded. */
export interface Uploads {
  readonly aws: AwsCli;
  /** An empty folder for the archives. */
  readonly folder: string;
  /** Where each service is asked: AWS_ENDPOINT_URL and those of single services. */
  readonly endpoints: Readonly<Record<string, string>>;
}

/** Starts the uploaded archive of a deployed function, with the deployed environment. */
export const startUploaded = async ({ aws, folder, endpoints }: Uploads, name: string): Promise<Sandbox> => {
  const { Handler, CodeSha256, Environment } = await aws<FunctionConfiguration>(
    ...['lambda', 'get-function-configuration', '--function-name', name],
  );
  const [bucket, key] = await Promise.all([bucketOf(aws), keyOf(aws, name)]);
  const archive = join(folder, `${name}.zip`);
  await aws('s3api', 'get-object', '--bucket', bucket, '--key', key, archive);
  const digest = createHash('sha256').update(readFileSync(archive)).digest('base64');
  if (digest !== CodeSha256) throw new Error(`${name} runs other code than was uploaded`);
  const root = join(folder, name);
  execFileSync('python3', ['-m', 'zipfile', '-e', archive, root]);
  const environment = { ...Environment.Variables, ...endpoints };
  return await startSandbox({ root, handler: Handler, environment });
};
