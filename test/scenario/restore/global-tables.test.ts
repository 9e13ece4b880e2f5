import { describe, expect, it } from 'vitest';
import { DAY_MS, MINUTE_MS } from '../../../shared/model/instant.ts';
import { makeGlobal, removeReplica } from '../../../sim/console/global-tables.ts';
import { openRegion } from '../../../sim/console/regions.ts';
import { createTable, deleteTable, tableOf } from '../../../sim/console/tables.ts';
import { type Deployment, type DeploymentOptions, deploy } from '../../support/deployment.ts';
import { keepManifest, recoveryPoint, restoring } from './world.ts';

/** A deployment with a table, and the account open in other Regions. */
const inRegions = async (
  regions: readonly string[],
  options: Partial<DeploymentOptions> = {},
): Promise<Deployment> => {
  const deployment = await deploy({ startAt: '2026-03-10T05:00:00Z', rates: 'off', ...options });
  for (const region of regions) openRegion(deployment.account, region);
  createTable(deployment.account, {
    name: 'ledger',
    tags: { 'backup:policy': 'standard', app: 'shop' },
    pitr: true,
    createdAt: deployment.clock.now() - 60 * MINUTE_MS,
  });
  return deployment;
};

/** Keeps the settings, makes a recovery point, and lets some time pass. */
const kept = async (deployment: Deployment): Promise<void> => {
  await deployment.clock.advanceBy(MINUTE_MS);
  await keepManifest(deployment, 'ledger');
  recoveryPoint(deployment, 'ledger');
  await deployment.clock.advanceBy(30 * MINUTE_MS);
};

const said = (text: string): string => text.replaceAll(/\s+/g, ' ');

describe('a table with strong consistency', () => {
  const strong = async (): Promise<Deployment> => {
    const deployment = await inRegions(['us-west-2', 'us-east-2']);
    await makeGlobal(deployment.account, 'ledger', { regions: ['us-west-2'], witness: 'us-east-2' });
    await kept(deployment);
    return deployment;
  };

  it('is planned without replicas, and the plan says why and what to do', async () => {
    const { stdout, exitCode } = await restoring(await strong(), ['ledger', '--at', 'latest', '--plan']);
    expect(exitCode).toBe(0);
    const [putBack = '', notPutBack = ''] = said(stdout).split('Not put back, and what to do');
    expect(putBack).not.toContain('replica in');
    expect(notPutBack).toContain(
      'Strong consistency over Regions (replica in us-west-2, witness in us-east-2), and with it every replica: AWS gives it only to a table without items',
    );
    expect(notPutBack).toContain('update-table --multi-region-consistency STRONG');
  });

  it('comes back without replicas, and not as it was', async () => {
    const deployment = await strong();
    const argv = ['ledger', '--at', 'latest', '--target', 'ledger-back', '--yes'];
    const { stdout, exitCode } = await restoring(deployment, argv);
    expect(exitCode).toBe(1);
    expect(said(stdout)).toContain('with 2 settings that could not be put back');
    expect(said(stdout)).toContain(
      'strong-consistency was {"witnesses":["us-east-2"]}, is nothing: AWS gives strong consistency over Regions only to a table without items',
    );
    expect(tableOf(deployment.account, 'ledger-back').settings.replicas).toEqual([]);
  });
});

describe('a replica that was removed', () => {
  /** The deployment is where the replica was; the table that it was made of stands in us-west-2. */
  const removed = async (): Promise<Deployment> => {
    const deployment = await inRegions(['us-west-2']);
    await makeGlobal(deployment.account, 'ledger', { regions: ['us-west-2'] });
    await kept(deployment);
    await deployment.clock.advanceBy(DAY_MS);
    const there = deployment.account.state.regions.get('us-west-2');
    if (there === undefined) throw new Error('the account is not open in us-west-2');
    await removeReplica(there, 'ledger', 'us-east-1');
    await deployment.clock.advanceBy(MINUTE_MS);
    return deployment;
  };
  const ADD_AGAIN = `aws dynamodb update-table --region us-west-2 --table-name ledger --replica-updates '[{"Create":{"RegionName":"us-east-1"}}]'`;

  it('is planned under another name, with the command that adds it again', async () => {
    const { stdout, exitCode } = await restoring(await removed(), ['ledger', '--at', 'latest', '--plan']);
    expect(exitCode).toBe(0);
    expect(said(stdout)).toMatch(/^Restore ledger to ledger-restored-\d{8}-\d{4} /);
    expect(said(stdout)).toContain('ledger was a replica, and ledger still stands in us-west-2');
    expect(said(stdout)).toContain(ADD_AGAIN);
  });

  it('is promised no replica where the table stands that has its name', async () => {
    const deployment = await removed();
    const argv = ['ledger', '--at', 'latest', '--target', 'ledger'];
    const { stdout } = await restoring(deployment, [...argv, '--plan']);
    expect(said(stdout)).toContain(ADD_AGAIN);
    const [putBack = '', notPutBack = ''] = said(stdout).split('Not put back, and what to do');
    expect(putBack).not.toContain('replica in us-west-2');
    expect(notPutBack).toContain('Replica in us-west-2: a table ledger stands there already');
    const end = await restoring(deployment, [...argv, '--yes']);
    expect(end.exitCode).toBe(1);
    expect(said(end.stdout)).toContain('a table of that name stands there already');
    expect(said(end.stdout)).not.toContain('already existed as tables');
  });

  it('is added again by that command, which the restore left room for', async () => {
    const deployment = await removed();
    await restoring(deployment, ['ledger', '--at', 'latest', '--yes']);
    const there = deployment.account.state.regions.get('us-west-2');
    if (there === undefined) throw new Error('the account is not open in us-west-2');
    await makeGlobal(there, 'ledger', { regions: ['us-east-1'] });
    expect(tableOf(deployment.account, 'ledger').settings.replicas).toMatchObject([{ region: 'us-west-2' }]);
  });

  it('comes back under its name where no table of the name stands elsewhere', async () => {
    const deployment = await removed();
    const there = deployment.account.state.regions.get('us-west-2');
    if (there === undefined) throw new Error('the account is not open in us-west-2');
    deleteTable(there, 'ledger');
    await deployment.clock.advanceBy(MINUTE_MS);
    const { stdout } = await restoring(deployment, ['ledger', '--at', 'latest', '--plan']);
    expect(said(stdout)).toContain('Restore ledger to ledger from');
    expect(said(stdout)).toContain('replica in us-west-2');
    expect(said(stdout)).not.toContain('was a replica');
  });
});

it('a replica of eventual consistency is made again', async () => {
  const deployment = await inRegions(['us-west-2']);
  await makeGlobal(deployment.account, 'ledger', { regions: ['us-west-2'] });
  await kept(deployment);
  const argv = ['ledger', '--at', 'latest', '--target', 'ledger-back', '--yes'];
  const { stdout, exitCode } = await restoring(deployment, argv);
  expect({ stdout, exitCode }).toMatchObject({
    exitCode: 0,
    stdout: expect.stringContaining('replica in us-west-2'),
  });
  expect(tableOf(deployment.account, 'ledger-back').settings.replicas).toMatchObject([
    { region: 'us-west-2' },
  ]);
});
