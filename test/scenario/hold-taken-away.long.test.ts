import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../shared/model/instant.ts';
import type { Memory } from '../../shared/model/memory.ts';
import { backupsOf } from '../../sim/console/backups.ts';
import { createTable, tagTable } from '../../sim/console/tables.ts';
import { type Deployment, deploy } from '../support/deployment.ts';

const POLICIES = `
policies:
  standard: { schedule: "0 3 * * *", retention: { daily: 7 }, pitr: { required: true, recoveryPeriodDays: 35, onDrift: alert } }
`;

const days = async (t: Deployment, count: number) => {
  for (let day = 0; day < count; day += 1) {
    await t.clock.advanceBy(HOUR_MS);
    await t.run('protect');
    await t.run('audit');
    await t.clock.advanceBy(35 * MINUTE_MS);
    await t.run('expire');
    await t.clock.advanceBy(22 * HOUR_MS + 25 * MINUTE_MS);
  }
};

const pointsOf = (t: Deployment): number =>
  backupsOf(t.account, 'orders').filter(({ type }) => type === 'USER').length;

const held = async (): Promise<Deployment> => {
  const t = await deploy({ startAt: '2026-03-02T02:02:00Z', policies: POLICIES });
  for (const name of ['carts', 'orders'])
    createTable(t.account, {
      name,
      tags: { 'backup:policy': 'standard' },
      pitr: true,
      sizeBytes: 1e9,
      createdAt: t.clock.now() - 90 * DAY_MS,
    });
  await days(t, 7);
  tagTable(t.account, 'orders', { 'backup:hold': 'true' });
  await days(t, 6);
  expect(pointsOf(t)).toBe(13);
  t.account.inbox.clear();
  return t;
};

const about = (t: Deployment, id: string) =>
  t.account.inbox.messages.filter(({ message }) => message.includes(id));

const read = (t: Deployment): Promise<Memory> => t.clock.run(t.asPerson.stateStore.readMemory());

const holdOf = async (t: Deployment) =>
  (await read(t)).protections?.find(({ table }) => table === 'orders')?.hold;

describe('a hold that a template took away', () => {
  it('is told at once by a hint, and what it kept stays for a day', async () => {
    const t = await held();
    tagTable(t.account, 'orders', { 'backup:hold': null });
    await t.hint('orders');
    const [told] = about(t, 'hold-lifted/orders');
    expect(told?.subject).toContain('hold gone on orders');
    expect(told?.message).toMatch(
      /The hold of orders is gone since .*: 6 recovery\s+points\s+expire from .* on, unless it is set again/,
    );
    expect(told?.message).toMatch(/--tags \\\s+Key=backup:hold,Value=true/);
    for (let prune = 0; prune < 3; prune += 1) {
      await t.clock.advanceBy(6 * HOUR_MS);
      await t.run('protect');
      await t.run('expire');
    }
    expect(pointsOf(t)).toBeGreaterThanOrEqual(13);
    await days(t, 2);
    expect(pointsOf(t)).toBe(7);
    expect(await holdOf(t)).toBeUndefined();
    expect(about(t, 'hold-lifted/orders')).toHaveLength(1);
  });

  it.each(['backup-hold', 'Backup:Hold', 'Hold'])(
    'and set again as %s keeps everything, and is told as unclear',
    async (key) => {
      const t = await held();
      tagTable(t.account, 'orders', { 'backup:hold': null, [key]: 'true' });
      await days(t, 4);
      expect(pointsOf(t)).toBe(17);
      const [told, ...more] = about(t, 'hold-unclear/orders');
      expect(more).toEqual([]);
      expect(told?.message.replaceAll(/\s+/g, ' ')).toContain(
        `orders carries the tag "${key}", which looks like backup:hold and is not: nothing of it expires.`,
      );
      tagTable(t.account, 'orders', { [key]: null, 'backup:hold': 'false' });
      await days(t, 2);
      expect(pointsOf(t)).toBe(7);
    },
  );

  it('is told by the next audit without a hint', async () => {
    const t = await held();
    tagTable(t.account, 'orders', { 'backup:hold': null });
    await days(t, 1);
    expect(about(t, 'hold-lifted/orders')).toHaveLength(1);
    expect(pointsOf(t)).toBe(14);
    await days(t, 2);
    expect(pointsOf(t)).toBe(7);
  });

  it('keeps everything until the report has left', async () => {
    const t = await held();
    const fault = t.account.faults.add({ operation: 'Publish', kind: 'access-denied' });
    tagTable(t.account, 'orders', { 'backup:hold': null });
    await days(t, 3);
    expect(pointsOf(t)).toBe(16);
    fault.remove();
    await days(t, 1);
    expect(pointsOf(t)).toBe(17);
    await days(t, 2);
    expect(pointsOf(t)).toBe(7);
  });

  it('is over when it is set again, and loses nothing', async () => {
    const t = await held();
    tagTable(t.account, 'orders', { 'backup:hold': null });
    await t.hint('orders');
    tagTable(t.account, 'orders', { 'backup:hold': 'true' });
    await days(t, 3);
    expect(pointsOf(t)).toBe(16);
    expect(await holdOf(t)).toEqual({});
    expect(t.account.inbox.messages.some(({ subject }) => subject.includes('resolved: hold gone'))).toBe(
      true,
    );
  });

  it('is begun anew by each time it is taken away', async () => {
    const t = await held();
    tagTable(t.account, 'orders', { 'backup:hold': null });
    await t.hint('orders');
    tagTable(t.account, 'orders', { 'backup:hold': 'true' });
    await days(t, 9);
    tagTable(t.account, 'orders', { 'backup:hold': null });
    await days(t, 1);
    expect(pointsOf(t)).toBe(23);
  });

  it('is no news where the tag says false: what it kept may go', async () => {
    const t = await held();
    tagTable(t.account, 'orders', { 'backup:hold': 'false' });
    await days(t, 1);
    expect(pointsOf(t)).toBe(7);
    expect(about(t, 'hold-lifted/')).toEqual([]);
  });

  it('with the policy tag is waited for too, once the table is governed again', async () => {
    const t = await held();
    tagTable(t.account, 'orders', { 'backup:hold': null, 'backup:policy': null });
    await days(t, 2);
    tagTable(t.account, 'orders', { 'backup:policy': 'standard' });
    await days(t, 1);
    expect(pointsOf(t)).toBe(14);
    expect(about(t, 'hold-lifted/orders')).toHaveLength(1);
  });
});

it('the state of a version that knew no holds is read, and a hold is remembered from then on', async () => {
  const t = await held();
  const before = await read(t);
  const protections = before.protections?.map(({ hold: _, ...protection }) => protection) ?? [];
  await t.clock.run(t.asPerson.stateStore.saveMemory(before, { ...before, protections }));
  expect(await holdOf(t)).toBeUndefined();
  await days(t, 1);
  expect(await holdOf(t)).toEqual({});
  tagTable(t.account, 'orders', { 'backup:hold': null });
  await days(t, 1);
  expect(pointsOf(t)).toBe(15);
  expect(about(t, 'hold-lifted/orders')).toHaveLength(1);
});
