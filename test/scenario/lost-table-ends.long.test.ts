import { describe, expect, it } from 'vitest';
import { HOUR_MS } from '../../shared/model/instant.ts';
import type { OpenFinding } from '../../shared/model/memory.ts';
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
import { addVaultTable, DR, daysOf, NO_LISTING, offsite } from './vault-stories.ts';

// What AWS Backup was told when it made a recovery point it does when nobody thinks of it any more.

const begin = async (policies: string): Promise<Deployment> => {
  const tablekeeper = await deploy({ startAt: '2026-03-02T10:00:00Z', policies });
  createVault(tablekeeper.account, { name: 'tablekeeper' });
  createVault(openRegion(tablekeeper.account, 'eu-west-1'), { name: 'dr' });
  addVaultTable(tablekeeper);
  await daysOf(tablekeeper, 3);
  deleteTable(tablekeeper.account, 'orders');
  return tablekeeper;
};

/** What is open of the deleted table, by the day, after the last of its runs of each kind. */
const daily = async ({ clock, run }: Deployment, count: number) => {
  const seen: (readonly OpenFinding[])[] = [];
  for (let day = 0; day < count; day += 1) {
    await clock.advanceBy(HOUR_MS);
    await run('audit');
    await clock.advanceBy(11 * HOUR_MS);
    await run('protect');
    await run('expire');
    seen.push((await run('audit')).openFindings);
    await clock.advanceBy(12 * HOUR_MS);
  }
  return seen;
};

const mailsOf = ({ account }: Deployment, id: string): readonly string[] =>
  account.inbox.messages
    .map(({ message, subject }) => `${subject}\n${message}`)
    .filter((mail) => mail.includes(id));

const severities = (days: Awaited<ReturnType<typeof daily>>, wanted: string): readonly string[] =>
  days.map((found) => found.find(({ kind }) => kind === wanted)?.severity ?? '');

describe('a deleted table of which AWS Backup deletes the last recovery point', { timeout: 30_000 }, () => {
  it('is a warning, then critical every day until it is gone, and then said by whom', async () => {
    const world = await begin(offsite('    deleteAfterDays: 5'));
    const days = await daily(world, 7);
    const ending = severities(days, 'lost-table-ending');
    expect(ending.slice(0, 4)).toEqual(['warning', 'warning', 'critical', 'critical']);
    expect(ending.at(-1)).toBe('');
    const mails = world.account.inbox.messages.map(({ message, subject }) => `${subject}\n${message}`);
    const named = mails.filter((mail) => mail.includes('lost-table-ending/orders'));
    expect(named.length).toBeGreaterThanOrEqual(4);
    expect(named[0]).toContain('AWS Backup deletes by itself what is left of orders');
    const deleted = days.at(-1)?.find(({ kind }) => kind === 'table-deleted');
    expect(deleted?.fact).toContain('AWS Backup deleted the last of them by 2026-03-');
    expect(mails.join('\n')).not.toContain('Tablekeeper did not delete them');
  });

  it('is new once, whatever runs between two audits list no names of tables', async () => {
    const world = await begin(offsite('    deleteAfterDays: 5'));
    for (let day = 0; day < 2; day += 1)
      for (const mode of ['audit', 'protect', 'expire', 'audit'] as const) {
        await world.clock.advanceBy(6 * HOUR_MS);
        await world.run(mode);
      }
    const told = world.account.inbox.messages.filter(({ message }) =>
      message.includes('lost-table-ending/orders'),
    );
    const kindsOf = told.map(({ message }) => (message.startsWith('NEW') ? 'new' : 'later'));
    expect(kindsOf.filter((one) => one === 'new')).toEqual(['new']);
  });

  it('is reported where copies alone are left', async () => {
    const world = await begin(
      offsite(`    copyTo: [{ vault: "${DR}", retention: { daily: 4 } }]`, '{ daily: 3 }'),
    );
    for (const { arn } of pointsOf(world.account, 'tablekeeper')) deletePoint(world.account, arn);
    const days = await daily(world, 7);
    expect(severities(days, 'lost-table-ending')).toContain('critical');
    const found = days.flat().find(({ kind }) => kind === 'lost-table-ending');
    expect(found?.fact).toContain('dr in eu-west-1 of account 111122223333');
  });

  it('is one finding that stays open from run to run, with a reminder a day', async () => {
    const world = await begin(offsite('    deleteAfterDays: 5'));
    const days = await daily(world, 4);
    const opened = days.map((found) => found.find(({ kind }) => kind === 'lost-table-ending')?.openedAt);
    expect(new Set(opened).size).toBe(1);
    const mails = mailsOf(world, 'lost-table-ending/orders');
    expect(mails.filter((mail) => mail.includes('(just now)')).length).toBe(1);
    expect(mails.length).toBeLessThanOrEqual(4);
  });

  const COPIED = offsite(`    copyTo: [{ vault: "${DR}", retention: { daily: 4 } }]`, '{ daily: 3 }');

  it('is reported where the vault at home is gone with all that was in it', async () => {
    const world = await begin(COPIED);
    destroyVault(world.account, 'tablekeeper');
    const days = await daily(world, 7);
    expect(severities(days, 'lost-table-ending')).toContain('critical');
    const [deleted] = mailsOf(world, 'table-deleted/orders');
    const words = deleted?.replaceAll(/[\s\\]+/g, ' ');
    expect(words).toContain(
      'recovery points of it went with the backup vault tablekeeper in us-east-1, which is not there any more',
    );
    expect(words).toMatch(/restore --recovery-point arn:aws:backup:eu-west-1:/);
    expect(words).not.toMatch(/restore --recovery-point arn:aws:backup:us-east-1:/);
    expect(days.at(-1)?.find(({ kind }) => kind === 'table-deleted')).toMatchObject({
      fact: expect.stringContaining('AWS Backup deleted the last of them by 2026-03-'),
    });
    expect(world.account.inbox.messages.at(-1)?.message).not.toContain('recovery points are kept');
  });

  it('is reported where one vault is gone and what was in the other ends', async () => {
    const world = await begin(offsite(`    deleteAfterDays: 5\n    copyTo: ["${DR}"]`, '{ daily: 2 }'));
    const there = world.account.state.regions.get('eu-west-1');
    if (there === undefined) throw new Error('no such Region');
    destroyVault(there, 'dr');
    expect(severities(await daily(world, 6), 'lost-table-ending')).toContain('critical');
  });

  it('stays open while its vault cannot be read, and is no other one after that', async () => {
    const world = await begin(offsite('    deleteAfterDays: 6'));
    const [first] = await daily(world, 1);
    setVaultPolicy(world.account, 'tablekeeper', NO_LISTING);
    await daily(world, 1);
    setVaultPolicy(world.account, 'tablekeeper', undefined);
    const [last] = await daily(world, 1);
    const openedAt = (found: typeof last) =>
      found?.find(({ kind }) => kind === 'lost-table-ending')?.openedAt;
    expect(openedAt(first)).toBeDefined();
    expect(openedAt(last)).toBe(openedAt(first));
  });

  it('is no news while something at home has no end', async () => {
    const world = await begin(
      offsite(`    copyTo: [{ vault: "${DR}", retention: { daily: 4 } }]`, '{ daily: 3 }'),
    );
    expect(severities(await daily(world, 5), 'lost-table-ending')).toEqual(['', '', '', '', '']);
  });

  it('is called deleted by somebody where it went before its end', async () => {
    const world = await begin(offsite('    deleteAfterDays: 5'));
    await daily(world, 1);
    for (const { arn } of pointsOf(world.account, 'tablekeeper')) deletePoint(world.account, arn);
    const days = await daily(world, 1);
    expect(days[0]?.find(({ kind }) => kind === 'table-deleted')?.fact).toContain(
      'Tablekeeper did not delete them',
    );
  });
});
