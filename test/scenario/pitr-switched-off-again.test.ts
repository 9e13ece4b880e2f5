import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../shared/model/instant.ts';
import { createTable, setPitr, tablesOf } from '../../sim/console/tables.ts';
import { type Deployment, deploy } from '../support/deployment.ts';

// A template switches PITR off, an audit switches it on again, and so on: each time is a loss of its own.

const REPAIR = `
policies:
  standard: { schedule: "0 3 * * *", retention: { daily: 7 }, pitr: { required: true, recoveryPeriodDays: 35, onDrift: repair } }
`;

const started = async (): Promise<Deployment> => {
  const t = await deploy({ startAt: '2026-03-02T10:00:00Z', policies: REPAIR });
  createTable(t.account, {
    name: 'orders',
    tags: { 'backup:policy': 'standard' },
    pitr: true,
    createdAt: t.clock.now() - 90 * DAY_MS,
  });
  await t.run('protect');
  await t.run('audit');
  t.account.inbox.clear();
  return t;
};

/** Half an hour before the next audit. */
const audits = async (t: Deployment, changes: readonly (() => void)[]): Promise<void> => {
  for (const change of changes) {
    await t.clock.advanceBy(6 * HOUR_MS - 30 * MINUTE_MS);
    await t.run('protect');
    change();
    await t.clock.advanceBy(30 * MINUTE_MS);
    await t.run('audit');
  }
};

const nothing = (): void => undefined;
const off = (t: Deployment) => (): void => setPitr(t.account, 'orders', { enabled: false });
const isOn = (t: Deployment): boolean => tablesOf(t.account)[0]?.pitr !== undefined;

const about = ({ account }: Deployment, kind: string) =>
  account.inbox.messages
    .filter(({ message }) => message.includes(`Finding: ${kind}/orders`))
    .map(
      ({ subject, message }) => `${subject.replace(/^\[[^\]]*\] /, '')}\n${message.replaceAll(/\s+/g, ' ')}`,
    );

const openOf = async (t: Deployment, id: string) =>
  (await t.clock.run(t.asPerson.stateStore.readFindings())).find((finding) => finding.id === id);

describe('point-in-time recovery that a run switched on again', { timeout: 60_000 }, () => {
  it('is over with the repair: the message at its end says how long it was off, as far as was seen', async () => {
    const t = await started();
    await audits(t, [off(t), nothing]);
    const [first, end, ...more] = about(t, 'pitr-off');
    expect(more).toEqual([]);
    expect(first).toContain('This run switches it on again.');
    expect(end).toMatch(
      /RESOLVED \* PITR off on orders Repaired by the run that found it, 2026-03-02 16:01 UTC/,
    );
  });

  it('and is off at the next audit is reported again, with a beginning of its own', async () => {
    const t = await started();
    await audits(t, [off(t), off(t)]);
    const [first, second, ...more] = about(t, 'pitr-off');
    expect(more).toEqual([]);
    expect(first).toContain('First seen 2026-03-02 16:01 UTC');
    expect(second).toMatch(/^1 new, critical|^2 new/);
    expect(second).toContain('First seen 2026-03-02 22:01 UTC');
    expect(second).toContain('is off again: a run switched it on at 2026-03-02 16:01 UTC');
    await audits(t, [nothing]);
    expect(about(t, 'pitr-off').at(-1)).toContain('Repaired by the run that found it, 2026-03-02 22:01 UTC');
  });

  it('flaps from the third return on, is reminded of by the day, and settles', async () => {
    const t = await started();
    await audits(
      t,
      Array.from({ length: 12 }, () => off(t)),
    );
    const subjects = about(t, 'pitr-off').map((text) => text.split('\n')[0]);
    expect(subjects.slice(0, 4)).toEqual([
      expect.stringContaining('1 new'),
      expect.stringContaining('1 new'),
      expect.stringContaining('1 new'),
      expect.stringContaining('flapping'),
    ]);
    expect(subjects.length).toBeLessThanOrEqual(4 + 2);
    t.account.inbox.clear();
    await audits(
      t,
      Array.from({ length: 9 }, () => nothing),
    );
    expect(about(t, 'pitr-off')).toHaveLength(1);
    expect(about(t, 'pitr-off')[0]).toMatch(/resolved.*\n.*Repaired by the run that found it/);
  });

  it('which fails is no mail at every audit, and goes on until it works', async () => {
    const t = await started();
    await audits(t, [off(t)]);
    const fault = t.account.faults.add({ operation: 'UpdateContinuousBackups', kind: 'access-denied' });
    await audits(t, [off(t), nothing, nothing]);
    expect(isOn(t)).toBe(false);
    expect(about(t, 'pitr-off')).toHaveLength(2);
    expect(about(t, 'pitr-repair-failing')).toHaveLength(1);
    fault.remove();
    await audits(t, [nothing]);
    expect(isOn(t)).toBe(true);
    await audits(t, [nothing]);
    expect(about(t, 'pitr-off').at(-1)).toMatch(/resolved.*\n.*Lasted 18 h/);
  });

  it('to too short a period is the same', async () => {
    const t = await started();
    const short = () => setPitr(t.account, 'orders', { enabled: true, recoveryPeriodDays: 7 });
    await audits(t, [short, short, nothing]);
    expect(about(t, 'pitr-window-short').map((text) => text.slice(0, 5))).toEqual([
      '1 new',
      '1 new',
      '1 res',
    ]);
  });

  it('in state that an older version wrote is taken for one loss until a run repairs it', async () => {
    const t = await started();
    await audits(t, [off(t)]);
    const { repairedAt, ...older } = (await openOf(t, 'pitr-off/orders')) ?? expect.fail('it is open');
    expect(repairedAt).toBeDefined();
    await t.clock.run(t.asPerson.stateStore.saveFindings({ put: [older], remove: [] }));
    await audits(t, [off(t)]);
    expect(about(t, 'pitr-off')).toHaveLength(1);
    await audits(t, [off(t)]);
    expect(about(t, 'pitr-off')).toHaveLength(2);
  });
});
