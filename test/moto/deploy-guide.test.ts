import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { awsCli } from '../support/aws-cli.ts';
import { checkOut } from '../support/checkout.ts';
import { startMoto } from '../support/moto.ts';
import { startMotoOrganizations } from '../support/moto-organizations.ts';

// docs/deploy.md, word by word: every command in it is typed into a shell that knows credentials and no Region, one block after the other.
// Only the account's number is moto's, and Node's packages are here already.

const GUIDE = readFileSync(new URL('../../docs/deploy.md', import.meta.url), 'utf8');
const BLOCKS = [...GUIDE.matchAll(/^( *)```sh\n([\s\S]+?)^ *```$/gm)].map(([, indent = '', text = '']) =>
  text.replaceAll(new RegExp(`^${indent}`, 'gm'), '').replaceAll('111122223333', '123456789012'),
);

const blockWith = (words: string): string => {
  const found = BLOCKS.filter((block) => block.includes(words));
  if (found.length !== 1 || found[0] === undefined)
    throw new Error(`${found.length} blocks of docs/deploy.md have ${JSON.stringify(words)}`);
  return found[0];
};

const moto = await startMoto();
const organizations = await startMotoOrganizations(moto.url);
const KEYS = {
  AWS_ENDPOINT_URL: moto.url,
  AWS_ENDPOINT_URL_ORGANIZATIONS: organizations.url,
  AWS_ACCESS_KEY_ID: 'testing',
  AWS_SECRET_ACCESS_KEY: 'testing',
  SLS_AWS_MONITORING_FREQUENCY: '200',
};
const checkout = checkOut(KEYS);
const aws = awsCli(moto.url, { ...KEYS, AWS_DEFAULT_REGION: 'eu-west-1' });
afterAll(async () => {
  await Promise.all([organizations.close(), moto.stop()]);
  checkout.remove();
});

/** moto refuses to update a stack with a resource whose condition never held: the channels and drills that the guide leaves out are there from the start. */
const OTHER_CHANNELS = ['teamsWorkflow', 'pagerdutyKey', 'webhook']
  .map((name) => `--param=${name}Parameter=/tablekeeper/${name}`)
  .concat('--param=drills=on')
  .join(' ');

/** What the shell of a person has. Not every service's part of the AWS CLI reads AWS_ENDPOINT_URL. */
const PROFILE = `set -e
npm() {
  if [ "$1" = ci ]; then return; fi
  if [ "$2" = deploy ]; then command npm "$@" ${OTHER_CHANNELS}; else command npm "$@"; fi
}
npx() { shift; command node cli/bin.mjs "$@" || [ $? -eq 1 ]; }
aws() { command aws --endpoint-url "$AWS_ENDPOINT_URL" --output json "$@"; }
`;

const typed = async (block: string): Promise<string> => {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_'));
  const options = { cwd: checkout.folder, env: { ...Object.fromEntries(own), ...KEYS } };
  execFile('bash', ['-c', PROFILE + block], options, (error, stdout, stderr) => {
    if (error) reject(new Error(`${block}\n${stdout}${stderr}`, { cause: error }));
    else resolve(`${stdout}${stderr}`);
  });
  return await promise;
};

const functionsIn = async (region: string): Promise<readonly string[]> => {
  const { Functions } = await aws<{ readonly Functions: readonly { readonly FunctionName: string }[] }>(
    ...['lambda', 'list-functions', '--region', region],
  );
  return Functions.map(({ FunctionName }) => FunctionName.replace('tablekeeper-prod-', '')).toSorted();
};

const PLAIN = ['audit', 'backup', 'drill', 'hint', 'pagerduty', 'prune', 'teams', 'webhook'];

describe('the deploy guide', () => {
  beforeAll(async () => {
    await aws(
      ...['dynamodb', 'create-table', '--table-name', 'orders', '--billing-mode', 'PAY_PER_REQUEST'],
      ...['--attribute-definitions', 'AttributeName=pk,AttributeType=S'],
      ...['--key-schema', 'AttributeName=pk,KeyType=HASH'],
    );
  });

  it('names the Region in every command that needs one', () => {
    const commands = BLOCKS.flatMap((block) => block.replaceAll('\\\n', ' ').split('\n'));
    const placeless = commands.filter(
      (line) => /^(aws|npx|npm run)\b/.test(line) && !line.includes('--region'),
    );
    expect(placeless).toEqual([]);
    expect(BLOCKS).toHaveLength(11);
  });

  it('deploys into the Region that it names, and into no other', async () => {
    expect(await typed(blockWith('npm ci'))).toContain('Service deployed to stack tablekeeper-prod');
    expect(await functionsIn('eu-west-1')).toEqual(PLAIN);
    expect(await functionsIn('us-east-1')).toEqual([]);
  });

  it('tags the table', async () => {
    await typed(blockWith('tag-resource'));
    const arn = 'arn:aws:dynamodb:eu-west-1:123456789012:table/orders';
    const tags = await aws('dynamodb', 'list-tags-of-resource', '--resource-arn', arn);
    expect(tags).toMatchObject({ Tags: [{ Key: 'backup:policy', Value: 'standard' }] });
  });

  it('says what is missing: so far nobody has confirmed, and nothing has run', async () => {
    const block = BLOCKS.find((one) => one.startsWith('npx tablekeeper doctor --region')) ?? '';
    const said = await typed(block);
    expect(said).toMatch(/✔ {2}state table/);
    expect(said).toMatch(/✖ {2}subscriptions +none is confirmed/);
    expect(said).toMatch(/✖ {2}function audit +has never run/);
  });

  it('subscribes more people to the topic that it names', async () => {
    await typed(blockWith('dba@example.com'));
    const topic = 'arn:aws:sns:eu-west-1:123456789012:tablekeeper-prod-alerts';
    const listed = await aws('sns', 'list-subscriptions-by-topic', '--topic-arn', topic);
    expect(listed).toMatchObject({ Subscriptions: [{ Protocol: 'email', Endpoint: 'dba@example.com' }] });
  });

  it('sets Slack up, and leaves no file with the address', async () => {
    const file = join(checkout.folder, 'webhook.txt');
    writeFileSync(file, 'https://hooks.slack.com/services/T0/B0/secret');
    const said = await typed(`${blockWith('webhook.txt')}\nls`);
    expect(said).toMatch(/✔ {2}Slack webhook +\/tablekeeper\/slack holds an address/);
    expect(said).not.toContain('webhook.txt');
    expect(said).not.toContain('hooks.slack.com');
    expect(await functionsIn('eu-west-1')).toEqual([...PLAIN, 'slack'].toSorted());
  });

  it('makes a trail, whose bucket lets it write', async () => {
    const [policy = ''] = [...GUIDE.matchAll(/```json\n([\s\S]+?)```/g)].flatMap(([, text = '']) =>
      text.includes('s3:GetBucketAcl') ? [text] : [],
    );
    const own = (text: string): string => text.replaceAll('BUCKET', 'trail-of-ours');
    writeFileSync(join(checkout.folder, 'trail-bucket.json'), own(policy));
    await typed(own(blockWith('create-trail')));
    const trails = await aws('cloudtrail', 'describe-trails');
    expect(trails).toMatchObject({
      trailList: [{ Name: 'management-events', S3BucketName: 'trail-of-ours' }],
    });
    expect(await aws('cloudtrail', 'get-trail-status', '--name', 'management-events')).toMatchObject({
      IsLogging: true,
    });
  });

  it('takes everything away but the state table, and brings it back with what that remembers', async () => {
    await typed(blockWith('npm run remove'));
    expect(await functionsIn('eu-west-1')).toEqual([]);
    await aws('dynamodb', 'describe-table', '--table-name', 'tablekeeper-prod-state');
    expect(await typed(blockWith('state=kept'))).toContain('Service deployed to stack tablekeeper-prod');
    expect(await functionsIn('eu-west-1')).toEqual(PLAIN);
  });
});
