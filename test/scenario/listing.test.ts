import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../shared/model/instant.ts';
import { createBackup } from '../../sim/console/backups.ts';
import { createTable } from '../../sim/console/tables.ts';
import { deploy } from '../support/deployment.ts';

const POLICIES = `
policies:
  archive: { schedule: "0 4 1 * *", retention: { monthly: 12 } }
  standard: { schedule: "0 3 * * *", retention: { daily: 30 } }
`;

/** The last of a month, twenty tables with a backup a day since its first: 560 of them, six pages. */
const monthEnd = async (archived: boolean) => {
  const tablekeeper = await deploy({ startAt: '2026-03-28T05:00:00Z', policies: POLICIES });
  const { account, clock } = tablekeeper;
  for (let table = 0; table < 20; table += 1) {
    const name = `table-${table}`;
    const policy = archived && table === 0 ? 'standard+archive' : 'standard';
    createTable(account, { name, tags: { 'backup:policy': policy }, createdAt: clock.now() - 40 * DAY_MS });
    for (let day = 1; day <= 28; day += 1) {
      const slot = Date.UTC(2026, 2, day, 3);
      const stamp = new Date(slot).toISOString().slice(0, 10).replaceAll('-', '');
      createBackup(account, {
        table: name,
        name: `tablekeeper.prod.standard.${stamp}T030000Z`,
        createdAt: slot + HOUR_MS,
      });
    }
  }
  account.calls.reset();
  const { outcomes } = await tablekeeper.run('protect');
  return { pages: account.calls.of('ListBackups'), made: outcomes.map(({ action }) => action.kind) };
};

describe('how far back a backup run lists', () => {
  it('to the latest slot, where no table uses the monthly policy', async () => {
    expect(await monthEnd(false)).toEqual({ pages: 1, made: [] });
  });

  it('through the month, where one does, and the missed slot of the month is made', async () => {
    expect(await monthEnd(true)).toEqual({ pages: 6, made: ['create'] });
  });
});

it('waits for the tags before it lists only where they make a difference', async () => {
  const secondsWith = async (policies: string): Promise<number> => {
    const latencyMs = 1_000;
    const { clock, run } = await deploy({ startAt: '2026-03-28T05:00:00Z', policies, latencyMs });
    const before = clock.now();
    await run('protect');
    return Math.round((clock.now() - before) / latencyMs);
  };
  const alike = POLICIES.replace('0 4 1 * *', '0 3 * * *');
  expect(await secondsWith(alike)).toBe((await secondsWith(POLICIES)) - 1);
});
