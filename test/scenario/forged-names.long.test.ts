import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../shared/model/instant.ts';
import { backupsOf, createBackup } from '../../sim/console/backups.ts';
import { createTable } from '../../sim/console/tables.ts';
import { type Deployment, deploy } from '../support/deployment.ts';

const policies = (schedule = '0 3 * * *', retention = '{ last: 3, daily: 7, weekly: 4 }') => `
policies:
  standard:
    schedule: "${schedule}"
    retention: ${retention}
`;

const slotText = (instant: number): string =>
  `${new Date(instant).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;

const forge = ({ account }: Deployment, slot: number): void => {
  createBackup(account, { table: 'orders', name: `tablekeeper.prod.standard.${slotText(slot)}` });
};

const aDay = async (tablekeeper: Deployment, wishes = {}): Promise<void> => {
  await tablekeeper.clock.advanceBy(DAY_MS - HOUR_MS);
  await tablekeeper.run('protect', wishes);
  await tablekeeper.clock.advanceBy(HOUR_MS);
  await tablekeeper.run('expire', wishes);
  await tablekeeper.run('audit', wishes);
};

const deployed = async (file = policies()): Promise<Deployment> => {
  const tablekeeper = await deploy({ startAt: '2026-03-01T06:02:00Z', policies: file });
  createTable(tablekeeper.account, { name: 'orders', tags: { 'backup:policy': 'standard' } });
  return tablekeeper;
};

/** Those that Tablekeeper made, by the account's ledger. */
const trueOnes = ({ account }: Deployment): readonly string[] => {
  const forged = new Set(
    account.ledger
      .of('recovery-point-made')
      .filter(({ by }) => by.accessKeyId === 'console')
      .map(({ arn }) => arn),
  );
  return backupsOf(account)
    .filter(({ arn }) => !forged.has(arn))
    .map(({ name }) => name);
};

const lived = async (
  days: number,
  evil: (tablekeeper: Deployment, day: number) => void,
): Promise<Deployment> => {
  const tablekeeper = await deployed();
  for (let day = 0; day < days; day += 1) {
    await aDay(tablekeeper);
    evil(tablekeeper, day);
  }
  return tablekeeper;
};

const DAYS = 40;

describe('whoever may only create backups', () => {
  it.each<{ name: string; evil: (tablekeeper: Deployment) => void }>([
    {
      name: 'names five past days, a minute off the schedule',
      evil: (tablekeeper) => {
        const now = tablekeeper.clock.now();
        for (let day = 1; day <= 5; day += 1)
          forge(tablekeeper, Math.floor(now / DAY_MS) * DAY_MS - day * DAY_MS + 3 * HOUR_MS + MINUTE_MS);
      },
    },
    {
      name: 'names slots of the past to the letter',
      evil: (tablekeeper) => {
        const now = tablekeeper.clock.now();
        for (let day = 1; day <= 5; day += 1)
          forge(tablekeeper, Math.floor(now / DAY_MS) * DAY_MS - day * DAY_MS + 3 * HOUR_MS);
      },
    },
    {
      name: 'names the latest slot again and again',
      evil: (tablekeeper) => {
        const now = tablekeeper.clock.now();
        for (let time = 0; time < 5; time += 1)
          forge(tablekeeper, Math.floor(now / DAY_MS) * DAY_MS + 3 * HOUR_MS);
      },
    },
    {
      name: 'names the moment, off the schedule',
      evil: (tablekeeper) => {
        for (let time = 0; time < 5; time += 1)
          forge(tablekeeper, tablekeeper.clock.now() - time * MINUTE_MS);
      },
    },
  ])('$name: no true one is deleted that stays without', { timeout: 60_000 }, async ({ evil }) => {
    const alone = await lived(DAYS, () => undefined);
    const beside = await lived(DAYS, (tablekeeper, day) => {
      if (day > 10 && day % 3 === 0) evil(tablekeeper);
    });
    expect(trueOnes(beside)).toEqual(expect.arrayContaining([...trueOnes(alone)]));
    const subjects = beside.account.inbox.messages.map(({ subject }) => subject).join('\n');
    expect(subjects).toContain('unscheduled recovery points on orders (standard)');
  });

  it('does not keep the backup of a slot from being made', async () => {
    const tablekeeper = await deployed();
    await aDay(tablekeeper);
    await tablekeeper.clock.advanceBy(DAY_MS - HOUR_MS);
    forge(tablekeeper, tablekeeper.clock.now());
    await tablekeeper.clock.advanceBy(MINUTE_MS);
    const { outcomes } = await tablekeeper.run('protect');
    expect(outcomes.map(({ status }) => status)).toEqual(['done']);
  });
});

describe('an edit of the schedule', () => {
  it.each([
    { name: 'to another hour', file: policies('30 4 * * *') },
    { name: 'to another zone', file: `timezone: Asia/Seoul${policies()}` },
  ])('$name makes nothing of what was made before a forgery, and retention goes on', async ({ file }) => {
    const tablekeeper = await deployed(policies('0 3 * * *', '{ daily: 5 }'));
    for (let day = 0; day < 6; day += 1) await aDay(tablekeeper);
    const edited = { policies: file.replace(/retention: .*/, 'retention: { daily: 5 }') };
    for (let day = 0; day < 8; day += 1) await aDay(tablekeeper, edited);
    expect(backupsOf(tablekeeper.account).length).toBeLessThanOrEqual(6);
    const subjects = tablekeeper.account.inbox.messages.map(({ subject }) => subject).join('\n');
    expect(subjects).not.toContain('unscheduled');
  });
});
