import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { recoveryPointName } from '../../shared/model/recovery-point-name.ts';
import { noteRun } from '../../shared/run/run-notes.ts';
import { createBackup } from '../../sim/console/backups.ts';
import { deleteTable } from '../../sim/console/tables.ts';
import { DAILY } from '../support/deployment.ts';
import { seatIn, typed, typedIn } from './typed.ts';
import { aDeployment, addTable } from './world.ts';

const aReview = async () => {
  const deployment = await aDeployment();
  addTable(deployment, 'review-17', 3);
  deleteTable(deployment.account, 'review-17');
  await deployment.clock.advanceBy(60_000);
  return deployment;
};

const keptIn = ({ asPerson, clock }: Awaited<ReturnType<typeof aDeployment>>) =>
  clock.run(asPerson.stateStore.readKept());

describe('tablekeeper keep', () => {
  it('keeps what is left of a deleted table, and says how to take that back', async () => {
    const deployment = await aReview();
    const { exitCode, stdout } = await typedIn(deployment, ['keep', 'review-17']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain(
      'What the deployment prod has left of review-17 stays, whatever its policy says.',
    );
    expect(stdout).toContain('npx tablekeeper keep --release review-17 --region us-east-1');
    expect(await keptIn(deployment)).toMatchObject([{ keptTable: 'review-17' }]);
  });

  it.each([
    { name: 'before any run', runs: false, says: 'which policies have afterDeletion' },
    { name: 'after one', runs: true, says: 'review ends what is left of other deleted tables' },
  ])('needs no policy file where there is none: $name', async ({ runs, says }) => {
    const policies = DAILY.replace('  standard:', '  review:').concat('    afterDeletion: { keep: 30d }\n');
    const deployment = await aDeployment({ policies });
    addTable(deployment, 'review-17', 3);
    if (runs) await deployment.clock.run(noteRun(deployment.asPerson, 'audit', true));
    deleteTable(deployment.account, 'review-17');
    const folder = process.cwd();
    process.chdir(mkdtempSync(join(tmpdir(), 'tablekeeper-nothing-')));
    onTestFinished(() => process.chdir(folder));
    const seat = seatIn(deployment);
    const { exitCode, stdout, stderr } = await deployment.clock.run(typed(['keep', 'review-17'], seat));
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toContain('npx tablekeeper keep --release review-17 --region us-east-1\n');
    expect(stdout).toContain(says);
    const listed = await deployment.clock.run(typed(['keep'], seat));
    expect(listed.stdout).toContain('review-17, since');
    const named = await deployment.clock.run(typed(['keep', '--policies', 'none.yml'], seat));
    expect(named).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('There is no such file.') });
  });

  it('takes it back', async () => {
    const deployment = await aReview();
    await typedIn(deployment, ['keep', 'review-17']);
    const { exitCode, stdout } = await typedIn(deployment, ['keep', '--release', 'review-17', '--json']);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      command: 'keep',
      table: 'review-17',
      kept: false,
      endedBy: [],
    });
    expect(await keptIn(deployment)).toEqual([]);
  });

  it('refuses a name of which nothing is known: it would keep nothing', async () => {
    const deployment = await aReview();
    const { exitCode, stderr } = await typedIn(deployment, ['keep', 'reveiw-17']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('Nothing is known of a table reveiw-17');
    expect(await keptIn(deployment)).toEqual([]);
  });

  it('keeps it where backups cannot be listed, says that the name could not be checked, and ends with 3', async () => {
    const deployment = await aReview();
    deployment.account.faults.add({ operation: 'ListBackups', kind: 'access-denied' });
    const { exitCode, stderr } = await typedIn(deployment, ['keep', 'reveiw-17']);
    expect({ exitCode, stderr }).toEqual({ exitCode: 3, stderr: expect.stringContaining('ListBackups') });
    expect(stderr).toContain('for a mistyped one this keeps nothing');
    expect(await keptIn(deployment)).toMatchObject([{ keptTable: 'reveiw-17' }]);
  });

  it('refuses to take back what nobody asked for, with the name that was meant', async () => {
    const deployment = await aReview();
    await typedIn(deployment, ['keep', 'review-17']);
    const { exitCode, stderr } = await typedIn(deployment, ['keep', '--release', 'reveiw-17']);
    expect(stderr).toContain('so there is nothing to take back. Did you mean review-17?');
    expect(exitCode).toBe(2);
    expect(await keptIn(deployment)).toMatchObject([{ keptTable: 'review-17' }]);
  });

  it('lists what is kept', async () => {
    const deployment = await aReview();
    const before = await typedIn(deployment, ['keep']);
    expect(before.stdout).toContain('Nobody asked the deployment prod to keep');
    await typedIn(deployment, ['keep', 'review-17']);
    const { exitCode, stdout } = await typedIn(deployment, ['keep']);
    expect(stdout).toContain('review-17, since 2026-03-10');
    expect(exitCode).toBe(0);
    const { stdout: json } = await typedIn(deployment, ['keep', '--json']);
    expect(JSON.parse(json)).toMatchObject({ keptTables: [{ table: 'review-17' }] });
  });

  it('takes back one table by its name', async () => {
    const { exitCode, stderr } = await typedIn(await aDeployment(), ['keep', '--release']);
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining('name it') });
  });

  it('says which other deployments have recovery points of the table, for which it says nothing', async () => {
    const deployment = await aReview();
    const { account, clock } = deployment;
    addTable(deployment, 'both', 2);
    const name = recoveryPointName({ instance: 'dev', policy: 'standard', slot: clock.now() });
    createBackup(account, { table: 'both', name });
    const { stdout } = await typedIn(deployment, ['keep', 'both']);
    expect(stdout).toContain(
      '1 recovery point of both is of the deployment dev, for which this says nothing.',
    );
    expect(stdout).toContain('npx tablekeeper keep both --instance dev --region us-east-1\n');
    const { stdout: json } = await typedIn(deployment, ['keep', 'both', '--json']);
    expect(JSON.parse(json)).toMatchObject({ otherDeployments: [{ instance: 'dev', points: 1 }] });
  });

  it('of a table that is there says that it keeps nothing yet, and what does', async () => {
    const deployment = await aDeployment();
    const { stdout } = await typedIn(deployment, ['keep', 'orders']);
    expect(stdout).toContain('orders is there, so this keeps nothing yet');
    expect(stdout).toContain('--tags Key=backup:hold,Value=true');
  });

  it('says where the file is not what is deployed: that decides what stays', async () => {
    const deployment = await aReview();
    const { asPerson, clock } = deployment;
    await clock.run(noteRun(asPerson, 'audit', true));
    const policies = DAILY.replace('daily: 7 }', 'daily: 7 }\n    afterDeletion: { keep: 7d }');
    const { stdout } = await typedIn(deployment, ['keep', 'review-17'], { policies });
    expect(stdout).toContain('audit ran last with other policies');
  });
});
