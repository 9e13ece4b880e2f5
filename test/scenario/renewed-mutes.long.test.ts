import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../shared/model/instant.ts';
import { createTable, setPitr, tagTable } from '../../sim/console/tables.ts';
import { type Deployment, deploy } from '../support/deployment.ts';

const subjects = ({ account }: Deployment): readonly string[] =>
  account.inbox.messages.map(({ subject }) => subject);

const mails = (tablekeeper: Deployment, words: string): readonly number[] =>
  tablekeeper.account.inbox.messages.flatMap(({ at, message }) => (message.includes(words) ? [at] : []));

const muteUntil = ({ account, clock }: Deployment, days: number): void =>
  tagTable(account, 'orders', {
    'backup:mute-until': `${new Date(clock.now() + days * DAY_MS).toISOString().slice(0, 19)}Z`,
  });

const muted = async (): Promise<Deployment> => {
  const tablekeeper = await deploy({ startAt: '2026-03-02T10:00:00Z' });
  const { account, clock } = tablekeeper;
  createTable(account, {
    name: 'orders',
    tags: { 'backup:policy': 'standard' },
    pitr: true,
    createdAt: clock.now() - 90 * DAY_MS,
  });
  await day(tablekeeper);
  muteUntil(tablekeeper, 40);
  await day(tablekeeper);
  setPitr(account, 'orders', { enabled: false });
  account.inbox.clear();
  return tablekeeper;
};

const day = async (tablekeeper: Deployment): Promise<void> => {
  await tablekeeper.clock.advanceBy(DAY_MS - HOUR_MS);
  await tablekeeper.run('protect');
  await tablekeeper.clock.advanceBy(HOUR_MS);
  await tablekeeper.run('audit');
};

describe('a mute that is renewed for ever', { timeout: 60_000 }, () => {
  it.each([{ every: 30 }, { every: 1 }])(
    'every $every days says what is critical underneath, and is refused after 90 days in all',
    async ({ every }) => {
      const tablekeeper = await muted();
      const startedAt = tablekeeper.clock.now();
      for (let past = 1; past < 130; past += 1) {
        if (past % every === 0) muteUntil(tablekeeper, 40);
        await day(tablekeeper);
      }
      const told = mails(tablekeeper, 'PITR off on orders').map((at) => (at - startedAt) / DAY_MS);
      const first = told[0] ?? Number.POSITIVE_INFINITY;
      expect(first).toBeLessThanOrEqual(every + 1);
      expect(mails(tablekeeper, 'mute refused on orders').length).toBeGreaterThan(0);
      const late = told.filter((at) => at > 91);
      expect(late.length).toBeGreaterThan(30);
    },
  );

  it('is not renewed by a short break: what was used stays used', async () => {
    const tablekeeper = await muted();
    const { account, clock } = tablekeeper;
    for (let past = 0; past < 39; past += 1) await day(tablekeeper);
    for (let times = 0; times < 2; times += 1) {
      tagTable(account, 'orders', { 'backup:mute-until': '2020-01-01' });
      await day(tablekeeper);
      muteUntil(tablekeeper, 60);
      for (let past = 0; past < 60; past += 1) await day(tablekeeper);
    }
    account.inbox.clear();
    const at = clock.now();
    muteUntil(tablekeeper, 60);
    for (let past = 0; past < 5; past += 1) await day(tablekeeper);
    expect(
      mails(tablekeeper, 'PITR off on orders').filter((when) => when > at).length,
    ).toBeGreaterThanOrEqual(4);
  });

  it('that an older version knew of counts from when it was first told', async () => {
    const tablekeeper = await muted();
    const { clock, asPerson } = tablekeeper;
    const { stateStore } = asPerson;
    const findings = await clock.run(stateStore.readFindings());
    const old = findings.map((one) =>
      one.kind === 'muted' ? { ...one, openedAt: clock.now() - 89.5 * DAY_MS } : one,
    );
    await clock.run(stateStore.saveFindings({ put: old, remove: [] }));
    const memory = await clock.run(stateStore.readMemory());
    const { mutes: _, ...without } = memory;
    await clock.run(stateStore.saveMemory(memory, without));
    await day(tablekeeper);
    await day(tablekeeper);
    expect(subjects(tablekeeper).join('\n')).toContain('PITR off on orders');
    expect(mails(tablekeeper, 'mute refused on orders').length).toBeGreaterThan(0);
  });
});

describe('a table that flaps for ever', () => {
  it('is heard of each day while it is broken, though its coming and going is not told', {
    timeout: 60_000,
  }, async () => {
    const tablekeeper = await deploy({ startAt: '2026-03-02T10:00:00Z' });
    const { account, clock } = tablekeeper;
    createTable(account, {
      name: 'orders',
      tags: { 'backup:policy': 'standard' },
      pitr: true,
      createdAt: clock.now() - 90 * DAY_MS,
    });
    for (let hours = 0; hours < 24 * 14; hours += 4) {
      setPitr(account, 'orders', { enabled: hours % 8 === 0 });
      await clock.advanceBy(4 * HOUR_MS);
      await tablekeeper.run('protect');
      await tablekeeper.run('audit');
    }
    const told = mails(tablekeeper, 'PITR off on orders');
    const silences = told.slice(1).map((at, index) => at - (told[index] ?? at));
    expect(told.length).toBeGreaterThan(10);
    expect(Math.max(...silences)).toBeLessThanOrEqual(32 * HOUR_MS);
  });
});
