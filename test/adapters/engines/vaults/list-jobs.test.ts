import { describe, expect, it } from 'vitest';
import type { AccountOptions } from '../../../../sim/account.ts';
import { setJobState, troubleJobs } from '../../../../sim/console/backup-trouble.ts';
import { openRegion } from '../../../../sim/console/regions.ts';
import { createVault, planOf, startCopy, startJob } from '../../../../sim/console/vaults.ts';
import { DAY, ROLE, THEIRS, vaultWorld } from './world.ts';

const withJob = async (settings: Partial<AccountOptions> = {}) => {
  const world = vaultWorld(settings);
  const job = startJob(world.account, { tableName: 'orders', vaultName: 'main', iamRoleArn: ROLE });
  return { ...world, job };
};

describe('the state of a job', () => {
  it.each([
    ['CREATED', 'waiting'],
    ['PENDING', 'waiting'],
    ['RUNNING', 'running'],
    ['ABORTING', 'running'],
    ['COMPLETED', 'completed'],
    ['FAILED', 'failed'],
    ['EXPIRED', 'expired'],
    ['ABORTED', 'aborted'],
    ['PARTIAL', 'partial'],
    ['THROTTLED', 'unknown'],
  ] as const)('%s is %s', async (word, state) => {
    const { account, job, jobs, logged } = await withJob();
    setJobState(account, job.id, word);
    expect((await jobs()).items).toMatchObject([{ id: job.id, state }]);
    expect(logged).toHaveLength(state === 'unknown' ? 1 : 0);
  });

  it.each([
    { state: 'EXPIRED', message: 'Backup job expired before completion.', cause: 'cut-off' },
    { state: 'EXPIRED', message: 'Something of a day to come.', cause: 'never-started' },
    { state: 'ABORTED', message: 'Words of a day to come.', cause: 'stopped' },
    { state: 'FAILED', message: 'Words of a day to come.', cause: 'unclassified' },
    { state: 'COMPLETED', message: 'Words of a day to come.', cause: 'unclassified' },
  ])('$state with "$message" is $cause', async ({ cause, message, state }) => {
    const world = vaultWorld();
    troubleJobs(world.account, { job: 'backup', state, message, category: 'ANY' });
    startJob(world.account, { tableName: 'orders', vaultName: 'main', iamRoleArn: ROLE });
    await world.clock.advanceBy(DAY);
    expect((await world.jobs()).items).toMatchObject([{ cause, message }]);
  });

  it('that ended well has no cause', async () => {
    const { clock, jobs } = await withJob();
    await clock.advanceBy(DAY);
    const [job] = (await jobs()).items;
    expect(job).toMatchObject({ state: 'completed', recoveryPointId: expect.any(String) });
    expect(job).not.toHaveProperty('cause');
  });
});

describe('whose a job is', () => {
  it.each([
    { name: 'this deployment’s with its role and no plan', role: ROLE, isPlan: false, isOwn: true },
    { name: 'somebody’s plan, which has the role', role: ROLE, isPlan: true, isOwn: false },
    { name: 'somebody’s with another role', role: THEIRS, isPlan: false, isOwn: false },
  ])('$name', async ({ isOwn, isPlan, role }) => {
    const { account, jobs } = vaultWorld();
    startJob(account, {
      tableName: 'orders',
      vaultName: 'main',
      iamRoleArn: role,
      ...(isPlan && { createdBy: planOf(account, 'daily') }),
    });
    const [job] = (await jobs()).items;
    expect(job).toMatchObject({ isOwn, vault: 'arn:aws:backup:us-east-1:111122223333:backup-vault:main' });
    expect(job?.plan?.endsWith(':backup-plan:daily') ?? false).toBe(isPlan);
  });
});

it('a copy is listed with its source, where it goes, and what it made', async () => {
  const world = vaultWorld();
  createVault(openRegion(world.account, 'eu-west-1'), { name: 'dr' });
  const point = world.own();
  const destinationVaultArn = 'arn:aws:backup:eu-west-1:111122223333:backup-vault:dr';
  startCopy(world.account, { point, destinationVaultArn, iamRoleArn: ROLE });
  expect((await world.jobs()).items).toMatchObject([
    {
      kind: 'copy',
      sourceId: point.arn,
      destination: destinationVaultArn,
      table: 'orders',
      state: 'waiting',
    },
  ]);
  await world.clock.advanceBy(DAY);
  expect((await world.jobs()).items).toMatchObject([
    { state: 'completed', copyId: expect.stringContaining('arn:aws:backup:eu-west-1:') },
  ]);
});

describe('the list of jobs', () => {
  it('is one call for each kind of job, however many there are, and is read to its end', async () => {
    const { account, jobs, sent } = vaultWorld();
    for (let count = 0; count < 30; count += 1)
      startJob(account, { tableName: 'orders', vaultName: 'main', iamRoleArn: THEIRS });
    expect((await jobs()).items).toHaveLength(30);
    expect(sent.map(({ path }) => path).toSorted()).toEqual(['/backup-jobs', '/copy-jobs']);
    expect(sent[0]?.query).toMatchObject({ resourceType: 'DynamoDB', maxResults: '1000' });
  });

  it('behind short pages has all of them', async () => {
    const { account, jobs } = vaultWorld({ shortPages: 0.5 });
    for (let count = 0; count < 30; count += 1)
      startJob(account, { tableName: 'orders', vaultName: 'main', iamRoleArn: THEIRS });
    expect((await jobs()).items).toHaveLength(30);
  });

  it.each(['ListBackupJobs', 'ListCopyJobs'])('without %s has a gap', async (operation) => {
    const { account, jobs } = vaultWorld();
    account.faults.add({ operation, kind: 'access-denied' });
    expect(await jobs()).toMatchObject({ gap: { operation } });
  });
});
