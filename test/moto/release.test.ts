import { execFile, execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { awsCli } from '../support/aws-cli.ts';
import { installRelease } from '../support/installed-release.ts';
import { startSandbox } from '../support/lambda-runtime.ts';
import { startMoto } from '../support/moto.ts';
import { startMotoSns } from '../support/moto-sns.ts';
import type { FunctionConfiguration } from '../support/uploaded-functions.ts';

// docs/release.md, word by word, by somebody who has nothing but the package: from an empty folder to the first recovery point.

const GUIDE = readFileSync(new URL('../../docs/release.md', import.meta.url), 'utf8');
const BLOCKS = [...GUIDE.matchAll(/^```sh\n([\s\S]+?)^```$/gm)].map(([, text = '']) =>
  text.replaceAll('BUCKET', 'code-of-ours'),
);
const blockWith = (words: string): string => {
  const found = BLOCKS.filter((block) => block.includes(words));
  if (found.length !== 1 || found[0] === undefined)
    throw new Error(`${found.length} blocks of docs/release.md have ${JSON.stringify(words)}`);
  return found[0];
};

const REGION = 'eu-west-1';
const [moto, release] = await Promise.all([startMoto(), installRelease()]);
const sns = await startMotoSns(moto.url);
// moto finds the bucket in the address of a template on this machine only where that is called localhost.
const KEYS = {
  AWS_ENDPOINT_URL: moto.url.replace('127.0.0.1', 'localhost'),
  AWS_ACCESS_KEY_ID: 'testing',
  AWS_SECRET_ACCESS_KEY: 'testing',
};
const aws = awsCli(moto.url, { ...KEYS, AWS_DEFAULT_REGION: REGION });
afterAll(async () => {
  await Promise.all([moto.stop(), sns.close()]);
  release.remove();
});

/** What the shell of a person has. Not every service's part of the AWS CLI reads AWS_ENDPOINT_URL. */
const PROFILE = 'set -e\naws() { command aws --endpoint-url "$AWS_ENDPOINT_URL" "$@"; }\n';

const typed = async (block: string): Promise<string> => {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const options = { cwd: release.folder, env: { PATH: process.env.PATH, HOME: release.folder, ...KEYS } };
  execFile('bash', ['-c', PROFILE + block], options, (error, stdout, stderr) => {
    if (error) reject(new Error(`${block}\n${stdout}${stderr}`, { cause: error }));
    else resolve(`${stdout}${stderr}`);
  });
  return await promise;
};

const functionsOf = async (instance: string): Promise<readonly FunctionConfiguration[]> => {
  const { Functions } = await aws<{ readonly Functions: readonly FunctionConfiguration[] }>(
    ...['lambda', 'list-functions'],
  );
  return Functions.filter(({ FunctionName }) => FunctionName.startsWith(`tablekeeper-${instance}-`)).toSorted(
    (a, b) => (a.FunctionName < b.FunctionName ? -1 : 1),
  );
};

const archiveOf = (name: string): string => {
  const file = readdirSync(join(release.folder, 'out')).find((one) => one.startsWith(`${name}-`));
  if (file === undefined) throw new Error(`there is no archive of ${name}`);
  return join(release.folder, 'out', file);
};

const digestOf = (name: string): string =>
  createHash('sha256')
    .update(readFileSync(archiveOf(name)))
    .digest('base64');

/** A cold start of what was uploaded, in the environment that the stack gave it. */
const start = async (name: string) => {
  const found = (await functionsOf('prod')).find(
    ({ FunctionName }) => FunctionName === `tablekeeper-prod-${name}`,
  );
  if (found === undefined) throw new Error(`${name} was not deployed`);
  const root = join(release.folder, `root-${name}`);
  execFileSync('python3', ['-m', 'zipfile', '-e', archiveOf(name), root]);
  const endpoints = { AWS_ENDPOINT_URL: moto.url, AWS_ENDPOINT_URL_SNS: sns.url, AWS_REGION: REGION };
  const environment = { ...found.Environment.Variables, ...endpoints };
  return await startSandbox({ root, handler: found.Handler, environment });
};

/**
 * moto refuses to change a function whose condition never held, and that of drills changes with the policies: it is there from the start.
 */
const DEPLOY = blockWith('aws cloudformation deploy').replace(
  '--parameter-overrides ',
  '--parameter-overrides Drills=on ',
);
/** moto's change sets take a parameter that keeps its default for changed, and then fail to change what no condition ever made. */
const UPDATE = [
  'aws cloudformation update-stack --stack-name tablekeeper-prod --region eu-west-1 --capabilities CAPABILITY_NAMED_IAM',
  '--template-url "$AWS_ENDPOINT_URL/code-of-ours/tablekeeper/prod/template.json" --parameters',
  ...['AlertEmail=ops@example.com', 'Instance=prod', 'CodeBucket=code-of-ours', 'Drills=on'].map(
    (given) => `ParameterKey=${given.replace('=', ',ParameterValue=')}`,
  ),
].join(' ');
const PLAIN = ['audit', 'backup', 'drill', 'hint', 'prune'];

describe('the release guide', () => {
  beforeAll(async () => {
    const begin = blockWith('tablekeeper init').replace(
      '--region eu-west-1\n',
      '--region eu-west-1 --alert-email ops@example.com --slack-parameter none --timezone UTC\n',
    );
    await typed(begin);
    await typed(DEPLOY);
  }, 120_000);

  it('deploys with the AWS CLI what was packaged: the functions with their archives', async () => {
    const functions = await functionsOf('prod');
    expect(functions.map(({ FunctionName, CodeSha256 }) => [FunctionName, CodeSha256])).toEqual(
      PLAIN.map((name) => [`tablekeeper-prod-${name}`, digestOf(name)]),
    );
    const rules = await aws('events', 'list-rules');
    expect(rules).toMatchObject({
      Rules: expect.arrayContaining([
        expect.objectContaining({ ScheduleExpression: 'cron(2/30 * * * ? *)' }),
      ]),
    });
  });

  it('comes to a first recovery point, by the policies in the archive', async () => {
    await aws(
      ...['dynamodb', 'create-table', '--table-name', 'orders', '--billing-mode', 'PAY_PER_REQUEST'],
      ...['--attribute-definitions', 'AttributeName=pk,AttributeType=S'],
      ...['--key-schema', 'AttributeName=pk,KeyType=HASH', '--tags', 'Key=backup:policy,Value=standard'],
    );
    const backup = await start('backup');
    try {
      expect(await backup.invoke({})).toMatchObject({ ok: true, answer: { done: 1, failures: [] } });
    } finally {
      await backup.stop();
    }
    const listed = await aws('dynamodb', 'list-backups');
    expect(listed).toMatchObject({
      BackupSummaries: [{ BackupName: expect.stringMatching(/^tablekeeper\.prod\.standard\./) }],
    });
  });

  it('deploys an edit of the policies as new archives, and keeps everything else', async () => {
    const file = join(release.folder, 'policies.yml');
    writeFileSync(file, readFileSync(file, 'utf8').replace(/daily: \d+/, 'daily: 5'));
    const before = digestOf('prune');
    const [, copy = ''] = DEPLOY.split('\n');
    await typed(`npx tablekeeper package --out out --region eu-west-1\n${copy}\n${UPDATE}`);
    const functions = await functionsOf('prod');
    expect(functions.map(({ CodeSha256 }) => CodeSha256)).toEqual(PLAIN.map(digestOf));
    expect(digestOf('prune')).not.toBe(before);
  });

  it('deploys the same files as another instance', async () => {
    await typed(
      DEPLOY.replace(/^aws s3 .*\n/gm, '')
        .replaceAll('tablekeeper-prod', 'tablekeeper-dev')
        .replace('Instance=prod', 'Instance=dev'),
    );
    const functions = await functionsOf('dev');
    expect(functions.map(({ CodeSha256 }) => CodeSha256)).toEqual(PLAIN.map(digestOf));
    expect(functions[0]?.Environment.Variables).toMatchObject({
      TABLEKEEPER_INSTANCE: 'dev',
      TABLEKEEPER_STATE_TABLE: 'tablekeeper-dev-state',
    });
  });
});
