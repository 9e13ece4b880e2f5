import { describe, expect, it } from 'vitest';
import { MINUTE_MS } from '../../../shared/model/instant.ts';
import { makeGlobal } from '../../../sim/console/global-tables.ts';
import { openRegion } from '../../../sim/console/regions.ts';
import { createTable, tableOf } from '../../../sim/console/tables.ts';
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
