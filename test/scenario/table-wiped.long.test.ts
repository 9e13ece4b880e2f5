import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../shared/model/instant.ts';
import { backupsOf } from '../../sim/console/backups.ts';
import { createTable, deleteTable, resizeTable, tagTable } from '../../sim/console/tables.ts';
import { type Deployment, deploy } from '../support/deployment.ts';

// A table is emptied, and every run goes on as if nothing were wrong: its good copies must not rotate out.

const fileOf = (retention: string): string => `
policies:
  standard: { schedule: "0 3 * * *", retention: ${retention}, pitr: { required: true, recoveryPeriodDays: 35, onDrift: alert } }
`;
const FULL = 400_000_000_000;
const TAGS = { 'backup:policy': 'standard' };

const days = async (t: Deployment, count: number, modes = ['protect', 'audit', 'expire'] as const) => {
  for (let day = 0; day < count; day += 1) {
    await t.clock.advanceBy(HOUR_MS);
    for (const mode of modes) {
      await t.run(mode);
      await t.clock.advanceBy(35 * MINUTE_MS);
    }
    await t.clock.advanceBy(23 * HOUR_MS - modes.length * 35 * MINUTE_MS);
  }
};

const settled = async (retention = '{ last: 3 }', lasting = 6): Promise<Deployment> => {
  const t = await deploy({
    startAt: '2026-03-02T02:02:00Z',
    policies: fileOf(retention),
    backupMs: () => 60_000,
  });
  for (const name of ['carts', 'orders'])
    createTable(t.account, {
      name,
      tags: TAGS,
      pitr: true,
      sizeBytes: FULL,
      createdAt: t.clock.now() - 90 * DAY_MS,
    });
  await days(t, lasting);
  t.account.inbox.clear();
  return t;
};

const sizesOf = (t: Deployment): readonly number[] =>
  backupsOf(t.account, 'orders')
    .filter(({ type }) => type === 'USER')
    .map(({ sizeBytes }) => sizeBytes);

const full = (t: Deployment): number => sizesOf(t).filter((size) => size === FULL).length;

const mails = ({ account }: Deployment) =>
  account.inbox.messages.filter(({ message }) => message.includes('table-shrunk/'));

describe('a table that was emptied', { timeout: 60_000 }, () => {
  it('keeps its good recovery points for 35 days, says so once and every week, and lets them go silently', async () => {
    const t = await settled();
    resizeTable(t.account, 'orders', 0);
    await days(t, 4);
    expect(full(t)).toBe(3);
    const [told, ...more] = mails(t);
    expect(more).toEqual([]);
    expect(told?.subject).toMatch(/table shrunk: orders$/);
    expect(told?.message.replaceAll(/\s+/g, ' ')).toMatch(
      /orders lost nearly all it held: .* 0 B .* 400 GB .* 3 larger recovery points are left and are kept until 2026-04-12/,
    );
    await days(t, 30);
    expect(full(t)).toBe(3);
    expect(mails(t)).toHaveLength(5);
    await days(t, 3);
    expect(sizesOf(t)).toEqual([0, 0, 0]);
    expect(mails(t)).toHaveLength(5);
    expect(t.account.inbox.messages.filter(({ message }) => message.includes('guardrail'))).toEqual([]);
  });

  it('loses nothing either where no audit runs at all', async () => {
    const t = await settled();
    resizeTable(t.account, 'orders', 0);
    await days(t, 8, ['protect', 'expire'] as never);
    expect(full(t)).toBe(3);
  });

  it('is resolved when it has grown again, and all is as before', async () => {
    const t = await settled();
    resizeTable(t.account, 'orders', 0);
    await days(t, 3);
    resizeTable(t.account, 'orders', FULL);
    await days(t, 1);
    expect(mails(t).map(({ subject }) => /resolved/.test(subject))).toEqual([false, true]);
    await days(t, 4);
    expect(sizesOf(t)).toEqual([FULL, FULL, FULL]);
    resizeTable(t.account, 'orders', 0);
    await days(t, 5);
    expect(full(t)).toBe(3);
    expect(mails(t)).toHaveLength(3);
  });

  it('is no news any more where its tag says that it is meant, and the next drop is', async () => {
    const t = await settled();
    resizeTable(t.account, 'orders', FULL / 100);
    await days(t, 2);
    expect(full(t)).toBe(3);
    tagTable(t.account, 'orders', { 'backup:smaller-since': '2026-03-08' });
    await days(t, 3);
    expect(sizesOf(t)).toEqual([FULL / 100, FULL / 100, FULL / 100]);
    expect(mails(t)).toHaveLength(1);
    resizeTable(t.account, 'orders', 0);
    await days(t, 5);
    expect(sizesOf(t).filter((size) => size > 0)).toHaveLength(3);
    expect(mails(t)).toHaveLength(2);
  });

  it('of a long history asks nobody before it lets it go', async () => {
    const t = await settled('{ daily: 30 }', 32);
    resizeTable(t.account, 'orders', 0);
    await days(t, 34);
    expect(full(t)).toBe(30);
    await days(t, 5);
    expect(full(t)).toBe(0);
    expect(t.account.inbox.messages.filter(({ message }) => message.includes('guardrail'))).toEqual([]);
  });

  // A monthly copy outlives the 35 days, and the daily ones that dated the drop do not.
  it('is no news again after the 35 days where a larger one stays by the rules', async () => {
    const t = await settled('{ daily: 3, monthly: 12 }', 32);
    resizeTable(t.account, 'orders', 0);
    await days(t, 36);
    const told = mails(t).length;
    await days(t, 10);
    expect(full(t)).toBe(2);
    expect(mails(t)).toHaveLength(told);
  });

  it('stays accepted by its tag where a larger one stays by the rules', async () => {
    const t = await settled('{ daily: 3, monthly: 12 }', 32);
    resizeTable(t.account, 'orders', FULL / 100);
    await days(t, 2);
    tagTable(t.account, 'orders', { 'backup:smaller-since': '2026-04-03' });
    await days(t, 8);
    expect(full(t)).toBe(2);
    expect(mails(t)).toHaveLength(1);
    resizeTable(t.account, 'orders', 0);
    await days(t, 2);
    expect(mails(t)).toHaveLength(2);
  });

  it('and made again is another table, which is not compared', async () => {
    const t = await settled();
    deleteTable(t.account, 'orders');
    createTable(t.account, { name: 'orders', tags: TAGS, pitr: true, sizeBytes: 0 });
    await days(t, 3);
    expect(mails(t)).toEqual([]);
    expect(full(t)).toBe(3);
  });
});
