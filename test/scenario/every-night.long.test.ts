import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../shared/model/instant.ts';
import { createTable, tagTable } from '../../sim/console/tables.ts';
import { DAILY, type Deployment, deploy } from '../support/deployment.ts';

// What somebody takes every night and another puts back every morning is told as flapping, and not each time for ever.

const TAG = 'backup:policy';
const STANDARD = { [TAG]: 'standard' };

const hours = async ({ clock, run }: Deployment, count: number): Promise<void> => {
  for (let passed = 0; passed < count; passed += 6) {
    await clock.advanceBy(6 * HOUR_MS);
    await run('protect');
    await run('audit');
  }
};

const nightly = async (change: (tablekeeper: Deployment, isNight: boolean) => void): Promise<Deployment> => {
  const tablekeeper = await deploy({ startAt: '2026-03-02T10:00:00Z', policies: DAILY });
  const { account, clock } = tablekeeper;
  for (const name of ['carts', 'orders'])
    createTable(account, { name, tags: STANDARD, pitr: true, createdAt: clock.now() - 40 * DAY_MS });
  await hours(tablekeeper, 48);
  account.inbox.clear();
  for (let night = 0; night < 8; night += 1) {
    change(tablekeeper, true);
    await tablekeeper.hint('orders');
    await hours(tablekeeper, 6);
    change(tablekeeper, false);
    await tablekeeper.hint('orders');
    await hours(tablekeeper, 18);
  }
  return tablekeeper;
};

const subjects = ({ account }: Deployment): readonly string[] =>
  account.inbox.messages.map(({ subject }) => subject.replace(/^\[[^\]]*\] /, ''));

describe('what is taken every night and put back every morning', { timeout: 60_000 }, () => {
  it.each([
    { name: 'its tag', taken: { [TAG]: null }, is: 'no longer backed up' },
    { name: 'the name in its tag', taken: { [TAG]: 'standrad' }, is: 'unknown policy' },
    {
      name: 'its tag, for one with another key',
      taken: { [TAG]: null, 'Backup:Policy': 'standard' },
      is: 'no longer backed up',
    },
  ])('is flapping on the fourth night: $name', async ({ taken, is }) => {
    const tablekeeper = await nightly(({ account }, isNight) => {
      tagTable(account, 'orders', isNight ? taken : { 'Backup:Policy': null, ...STANDARD });
    });
    const about = subjects(tablekeeper).filter((subject) => subject.includes(is));
    const flapping = about.findIndex((subject) => subject.includes('flapping'));
    expect(flapping).toBeGreaterThanOrEqual(0);
    expect(flapping).toBeLessThanOrEqual(6);
    const after = about.slice(flapping + 1).filter((subject) => !/remind|still|worse/i.test(subject));
    expect(after).toEqual([]);
    await hours(tablekeeper, 36);
    expect(subjects(tablekeeper).at(-1)).toContain('resolved');
  });
});
