import { expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../shared/model/instant.ts';
import { backupsOf } from '../../sim/console/backups.ts';
import { createTable, tagTable } from '../../sim/console/tables.ts';
import { type Deployment, deploy } from '../support/deployment.ts';

const fileOf = (retention: string, schedule = '0 3 * * *') => `
policies:
  standard: { schedule: "${schedule}", retention: ${retention}, pitr: { required: true, recoveryPeriodDays: 35, onDrift: alert } }
`;

const GOVERNED = { 'backup:policy': 'standard' };

const begun = async (policies: string): Promise<Deployment> => {
  const t = await deploy({ startAt: '2026-03-02T02:02:00Z', policies });
  const createdAt = t.clock.now() - 90 * DAY_MS;
  createTable(t.account, { name: 'orders', tags: GOVERNED, pitr: true, sizeBytes: 1e9, createdAt });
  return t;
};

const days = async (t: Deployment, count: number, override: { readonly policies?: string } = {}) => {
  for (let day = 0; day < count; day += 1) {
    await t.clock.advanceBy(HOUR_MS);
    await t.run('protect', override);
    await t.run('audit', override);
    await t.clock.advanceBy(35 * MINUTE_MS);
    await t.run('expire', override);
    await t.clock.advanceBy(22 * HOUR_MS + 25 * MINUTE_MS);
  }
};

const pointsOf = (t: Deployment): number =>
  backupsOf(t.account, 'orders').filter(({ type }) => type === 'USER').length;

const guardrailMails = (t: Deployment): number =>
  t.account.inbox.messages.filter(({ subject }) => subject.includes('guardrail')).length;

it('within does not delete a history at once when the tag comes back after weeks', async () => {
  const t = await begun(fileOf('{ within: 14d }'));
  await days(t, 20);
  const before = pointsOf(t);
  tagTable(t.account, 'orders', { 'backup:policy': null });
  await days(t, 20);
  tagTable(t.account, 'orders', GOVERNED);
  await days(t, 2);
  expect(pointsOf(t)).toBe(before + 2);
  expect(guardrailMails(t)).toBeGreaterThanOrEqual(1);
});

it('nor when no backup could be made for weeks', async () => {
  const t = await begun(fileOf('{ last: 1, within: 14d }'));
  await days(t, 20);
  const before = pointsOf(t);
  const throttled = t.account.faults.add({ operation: 'CreateBackup', kind: 'throttle' });
  await days(t, 20);
  throttled.remove();
  await days(t, 1);
  expect(pointsOf(t)).toBe(before + 1);
  expect(guardrailMails(t)).toBe(1);
});

it('nor when nothing ran at all for two months', async () => {
  const t = await begun(fileOf('{ within: 14d }'));
  await days(t, 20);
  const before = pointsOf(t);
  await t.clock.advanceBy(60 * DAY_MS);
  await days(t, 1);
  expect(pointsOf(t)).toBe(before + 1);
  expect(guardrailMails(t)).toBe(1);
});

it('nor when the schedule becomes slower than within is long', async () => {
  const often = fileOf('{ within: 48h }', '0 * * * *');
  const t = await begun(often);
  for (let hour = 0; hour < 72; hour += 1) {
    await t.clock.advanceBy(HOUR_MS);
    await t.run('protect');
  }
  await t.run('expire');
  const before = pointsOf(t);
  await days(t, 9, { policies: fileOf('{ within: 48h }', '0 3 * * 0') });
  expect(pointsOf(t)).toBeGreaterThanOrEqual(before / 2);
  expect(guardrailMails(t)).toBe(1);
});

it('rules that count go on without a question', async () => {
  const t = await begun(fileOf('{ daily: 7 }'));
  await days(t, 10);
  tagTable(t.account, 'orders', { 'backup:policy': null });
  await days(t, 20);
  tagTable(t.account, 'orders', GOVERNED);
  await days(t, 8);
  expect(pointsOf(t)).toBe(7);
  expect(guardrailMails(t)).toBe(0);
});
