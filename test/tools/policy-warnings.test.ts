import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { policyWarningsText } from '../../tools/policy-warnings.ts';

const POLICIES = `
tag: backup:policy
policies:
  offsite: { engine: aws-backup, schedule: "0 3 * * *", vault: ours, retention: { daily: 7 } }
  often: { schedule: "*/15 * * * *", retention: { hourly: 4 } }
`;

const packagedWith = async (given: Readonly<Record<string, string>>): Promise<readonly string[]> => {
  const folder = await mkdtemp(join(tmpdir(), 'tablekeeper-warnings-'));
  try {
    await writeFile(join(folder, 'policies.yml'), POLICIES);
    const text = await policyWarningsText(folder, (name) => given[name] ?? '');
    return text.split('\n').filter((line) => line !== '');
  } finally {
    await rm(folder, { recursive: true });
  }
};

const SLOTS = expect.stringMatching(/^WARNING: policies\.yml, policies\.often\.schedule: .*15 minutes apart/);

it('says while it packages what the policies alone are warned of', async () => {
  expect(await packagedWith({ vault: 'ours' })).toEqual([SLOTS]);
});

it('says that no role is given for jobs of AWS Backup', async () => {
  expect(await packagedWith({})).toEqual([
    SLOTS,
    expect.stringMatching(
      /^WARNING: policies\.yml, policies\.offsite\.engine: .*neither vault nor vaultRoleArn/,
    ),
  ]);
});

it('says that the lock to be made refuses the jobs of a policy', async () => {
  const lock = { vaultLock: 'governance', vaultLockMinDays: '1', vaultLockMaxDays: '30' };
  expect(await packagedWith({ vault: 'ours', ...lock })).toEqual([
    SLOTS,
    expect.stringMatching(
      /^WARNING: policies\.yml, policies\.offsite\.engine: Every backup job of offsite fails/,
    ),
  ]);
});
