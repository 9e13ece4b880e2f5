import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Terminal } from '../../cli/terminal.ts';
import { DAILY, type Deployment } from '../support/deployment.ts';
import { aFile, seatIn, typed } from './typed.ts';
import { aDeployment } from './world.ts';

const CONFIG = `
[default]
region = eu-central-1

[profile shop]
# the Region of the shop
region=us-west-2
[profile bare]
output = json

[profile "night"]
region = ap-northeast-2 ; where it is night
[ default ]
region = nowhere
[profile nested]
s3 =
  region = eu-north-1
[sso-session shop]
region = eu-west-3
[profile both]
region = eu-west-2
[services dead]
[profile loose]
  region   =   sa-east-1   # kept there
[profile wrong]
region = Frankfurt
`;

const CREDENTIALS = `
[both]
aws_access_key_id = AKIA
region = ca-central-1
[keyed]
region = me-south-1
`;

/** The Region that a plan is made in. */
const regionWith = async (
  deployment: Deployment,
  argv: readonly string[],
  overrides: Partial<Terminal>,
): Promise<string> => {
  const command = ['plan', '--json', '--policies', aFile(DAILY), ...argv];
  const { stdout } = await deployment.clock.run(typed(command, { ...seatIn(deployment), ...overrides }));
  const document = JSON.parse(stdout);
  return document.region ?? document.errors[0].code;
};

describe('the Region', () => {
  const all = { AWS_REGION: 'us-east-1', AWS_DEFAULT_REGION: 'us-east-2' };

  it.each([
    { name: 'the option goes first', argv: ['--region', 'eu-west-1'], env: all, region: 'eu-west-1' },
    { name: 'then AWS_REGION', argv: [], env: all, region: 'us-east-1' },
    { name: 'then AWS_DEFAULT_REGION', argv: [], env: { ...all, AWS_REGION: '' }, region: 'us-east-2' },
    { name: 'then the default profile', argv: [], env: {}, region: 'eu-central-1' },
    {
      name: 'or the profile of the option',
      argv: ['--profile', 'shop'],
      env: { AWS_PROFILE: 'bare' },
      region: 'us-west-2',
    },
    { name: 'or the profile of AWS_PROFILE', argv: [], env: { AWS_PROFILE: 'shop' }, region: 'us-west-2' },
    {
      name: 'a profile without a Region has none',
      argv: ['--profile', 'bare'],
      env: {},
      region: 'no-region',
    },
    {
      name: 'a profile that is not there has none',
      argv: ['--profile', 'nobody'],
      env: {},
      region: 'no-region',
    },
    {
      name: 'a profile named as an object has fields has none',
      argv: ['--profile', 'constructor'],
      env: {},
      region: 'no-region',
    },
    {
      name: 'a profile in quotes, with a comment after its Region',
      argv: ['--profile', 'night'],
      env: {},
      region: 'ap-northeast-2',
    },
    {
      name: 'a Region with spaces around it',
      argv: ['--profile', 'loose'],
      env: {},
      region: 'sa-east-1',
    },
    {
      name: "the Region of one service is not the profile's",
      argv: ['--profile', 'nested'],
      env: {},
      region: 'no-region',
    },
    {
      name: 'the credentials file goes before the config file, as in the SDK',
      argv: ['--profile', 'both'],
      env: {},
      region: 'ca-central-1',
    },
    {
      name: 'a profile that stands in the credentials file alone',
      argv: ['--profile', 'keyed'],
      env: {},
      region: 'me-south-1',
    },
    {
      name: 'a profile whose Region cannot be one',
      argv: ['--profile', 'wrong'],
      env: {},
      region: 'region-name',
    },
    { name: 'an empty profile is none', argv: ['--profile', ''], env: {}, region: 'eu-central-1' },
  ])('$name', async ({ argv, env, region }) => {
    const deployment = await aDeployment();
    const files = {
      AWS_CONFIG_FILE: aFile(CONFIG, 'config'),
      AWS_SHARED_CREDENTIALS_FILE: aFile(CREDENTIALS, 'credentials'),
    };
    expect(await regionWith(deployment, argv, { env: { ...env, ...files } })).toBe(region);
  });

  it('is read again by every command, in the home folder that the environment names', async () => {
    const deployment = await aDeployment();
    const config = aFile('[default]\nregion = eu-west-1\n', 'config');
    const HOME = dirname(config);
    mkdirSync(join(HOME, '.aws'));
    renameSync(config, join(HOME, '.aws', 'config'));
    expect(await regionWith(deployment, [], { env: { HOME } })).toBe('eu-west-1');
    writeFileSync(join(HOME, '.aws', 'config'), '[default]\nregion = eu-west-2\n');
    expect(await regionWith(deployment, [], { env: { HOME } })).toBe('eu-west-2');
  });

  it("is not the machine's own, whatever its process is given", async () => {
    vi.stubEnv('AWS_PROFILE', 'shop');
    vi.stubEnv('AWS_REGION', 'eu-west-3');
    vi.stubEnv('AWS_CONFIG_FILE', aFile(CONFIG, 'config'));
    onTestFinished(() => void vi.unstubAllEnvs());
    expect(await regionWith(await aDeployment(), [], { env: { HOME: '/nobody' } })).toBe('no-region');
  });

  it('a profile that was asked for is the one whose credentials count', async () => {
    const selected: string[] = [];
    const deployment = await aDeployment();
    const selectProfile = (name: string): void => void selected.push(name);
    await regionWith(deployment, ['--profile', 'shop', '--region', 'us-east-1'], { selectProfile });
    await regionWith(deployment, ['--region', 'us-east-1'], { selectProfile });
    expect(selected).toEqual(['shop']);
  });
});
