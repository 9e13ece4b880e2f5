import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../shared/model/instant.ts';
import type { SimAccount } from '../../sim/account.ts';
import { openRegion } from '../../sim/console/regions.ts';
import { deleteTable } from '../../sim/console/tables.ts';
import {
  createVault,
  deletePoint,
  destroyVault,
  pointsOf,
  setVaultPolicy,
} from '../../sim/console/vaults.ts';
import { type Deployment, deploy } from '../support/deployment.ts';
import { addVaultTable, DR, daysOf, kindsOf, NO_LISTING, offsite } from './vault-stories.ts';

// Copies have no one who misses them but this: their sources expire, and AWS Backup says nothing of a deletion.

interface World extends Deployment {
  readonly abroad: SimAccount;
}

/** Copies are kept for thirty days, what they are copies of for three. */
const begin = async (days: number): Promise<World> => {
  const policies = offsite(`    copyTo: [{ vault: "${DR}", retention: { daily: 30 } }]`, '{ daily: 3 }');
  const tablekeeper = await deploy({ startAt: '2026-03-02T10:00:00Z', policies });
  const abroad = openRegion(tablekeeper.account, 'eu-west-1');
  createVault(tablekeeper.account, { name: 'tablekeeper' });
  createVault(abroad, { name: 'dr' });
  addVaultTable(tablekeeper);
  await daysOf(tablekeeper, days);
  return { ...tablekeeper, abroad };
};

const audit = async ({ clock, run }: Deployment) => {
  await clock.advanceBy(HOUR_MS);
  return (await run('audit')).openFindings;
};

const subjects = ({ account }: Deployment) => account.inbox.messages.map(({ subject }) => subject);

describe('copies that somebody deletes', { timeout: 60_000 }, () => {
  it('are reported by number, and as critical where their sources are gone', async () => {
    const world = await begin(6);
    const copies = pointsOf(world.abroad, 'dr');
    for (const { arn } of copies.slice(0, 2)) deletePoint(world.abroad, arn);
    const found = await audit(world);
    expect(kindsOf(found)).toEqual(['copies-vanished']);
    expect(found[0]?.severity).toBe('critical');
    expect(found[0]?.fact).toMatch(
      /^2 copies of orders under offsite are gone from dr in eu-west-1 of account 111122223333 .* What 2 of them were copies of is gone at home as well\. 4 are there now\.$/,
    );
    expect(subjects(world)).toEqual([expect.stringContaining('critical: copies gone on orders (offsite)')]);
  });

  it('are reported once as a warning where they are made again, and for a week', async () => {
    const world = await begin(5);
    deletePoint(world.abroad, pointsOf(world.abroad, 'dr').at(-2)?.arn ?? '');
    const found = await audit(world);
    expect(found).toMatchObject([{ kind: 'copies-vanished', severity: 'warning' }]);
    expect(kindsOf(await daysOf(world, 1))).toEqual(['copies-vanished']);
    await world.clock.advanceBy(6 * DAY_MS);
    expect(kindsOf(await daysOf(world, 1))).toEqual([]);
    expect(subjects(world).filter((subject) => subject.includes('copies gone'))).toEqual([
      '[Tablekeeper prod] 1 new, warning: copies gone on orders (offsite)',
    ]);
  });

  it('with their vault, which is made again, are reported', async () => {
    const world = await begin(4);
    destroyVault(world.abroad, 'dr');
    createVault(world.abroad, { name: 'dr' });
    await world.clock.advanceBy(2 * DAY_MS);
    const found = await audit(world);
    expect(found).toContainEqual(expect.objectContaining({ kind: 'copies-vanished', severity: 'critical' }));
    const overdue = found.find(({ kind }) => kind === 'copy-overdue');
    expect(overdue?.fact).toMatch(/^No recovery point of orders under offsite is in dr in eu-west-1/);
  });

  it('of a table that is deleted are reported', async () => {
    const world = await begin(4);
    deleteTable(world.account, 'orders');
    await audit(world);
    for (const { arn } of pointsOf(world.abroad, 'dr')) deletePoint(world.abroad, arn);
    expect(kindsOf(await audit(world))).toContain('copies-vanished');
  });

  it('are not those that AWS Backup deletes, nor any of a vault that cannot be read', async () => {
    const world = await begin(4);
    setVaultPolicy(world.abroad, 'dr', NO_LISTING);
    const blind = kindsOf(await audit(world));
    expect(blind).toContain('observation-gap');
    expect(blind).not.toContain('copies-vanished');
    setVaultPolicy(world.abroad, 'dr', undefined);
    await world.clock.advanceBy(27 * DAY_MS);
    expect(kindsOf(await daysOf(world, 3))).not.toContain('copies-vanished');
    expect(subjects(world).join()).not.toContain('copies gone');
    expect(pointsOf(world.abroad, 'dr').length).toBeLessThan(7);
  });
});

describe('recovery points that somebody deletes at home while copies are there', { timeout: 60_000 }, () => {
  it('are reported with the copies that bring the table back, and the table is at risk, not given up', async () => {
    const world = await begin(4);
    for (const { arn } of pointsOf(world.account, 'tablekeeper')) deletePoint(world.account, arn);
    await world.clock.advanceBy(HOUR_MS);
    const { openFindings, plan } = await world.run('audit');
    const found = openFindings.find(({ kind }) => kind === 'recovery-points-vanished');
    expect(found?.fact).toContain(
      'None is left at home. 4 copies are in other vaults and can bring the table back, the newest of 2026-03-05 ',
    );
    expect(found?.fact).toContain(
      'in dr in eu-west-1 of account 111122223333. AWS Backup deletes the last of them',
    );
    const said = JSON.stringify(found?.advice);
    expect(said).not.toContain('Nothing brings them back');
    expect(said).toContain(
      '"tablekeeper","restore","--recovery-point","arn:aws:backup:eu-west-1:111122223333:',
    );
    expect(plan.verdicts).toMatchObject([
      {
        status: 'at-risk',
        reason: expect.stringContaining(
          'no recovery point at home can be restored; 4 copies of what there was can be restored, the newest of 2026-03-05 ',
        ),
      },
    ]);
  });

  it('are lost where there is no copy either', async () => {
    const world = await begin(4);
    for (const { arn } of pointsOf(world.account, 'tablekeeper')) deletePoint(world.account, arn);
    for (const { arn } of pointsOf(world.abroad, 'dr')) deletePoint(world.abroad, arn);
    await world.clock.advanceBy(HOUR_MS);
    const { openFindings, plan } = await world.run('audit');
    const found = openFindings.find(({ kind }) => kind === 'recovery-points-vanished');
    expect(found?.fact).toContain('None is left.');
    expect(JSON.stringify(found?.advice)).toContain('Nothing brings them back');
    expect(plan.verdicts).toMatchObject([{ status: 'unprotected' }]);
  });
});
