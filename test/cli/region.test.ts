import { describe, expect, it } from 'vitest';
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
  ])('$name', async ({ argv, env, region }) => {
    const deployment = await aDeployment();
    const AWS_CONFIG_FILE = aFile(CONFIG, 'config');
    expect(await regionWith(deployment, argv, { env: { ...env, AWS_CONFIG_FILE } })).toBe(region);
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
