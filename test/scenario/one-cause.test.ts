import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../shared/model/instant.ts';
import { createTable, setPitr, setStatus } from '../../sim/console/tables.ts';
import { DAILY, type Deployment, deploy } from '../support/deployment.ts';

// One cause is one entry, however many tables it strikes and however long it lasts.

const subjects = ({ account }: Deployment): readonly string[] =>
  account.inbox.messages.map(({ subject }) => subject);

const entriesOf = ({ account }: Deployment): readonly (number | undefined)[] =>
  account.inbox.messages.map(({ message }) => message.match(/^\* /gm)?.length);

const old = ({ clock }: Deployment) => ({ createdAt: clock.now() - 400 * DAY_MS });

const name = (at: number): string => `t${String(at).padStart(3, '0')}`;

/** Backups every half hour would take the test's time; here they run with each audit, every six hours. */
const days = async (tablekeeper: Deployment, count: number): Promise<void> => {
  for (let quarter = 0; quarter < 4 * count; quarter += 1) {
    await tablekeeper.clock.advanceBy(6 * HOUR_MS);
    await tablekeeper.run('protect');
    await tablekeeper.run('audit', { deadline: tablekeeper.clock.now() + HOUR_MS });
  }
};

describe('one cause on many tables', { timeout: 60_000 }, () => {
  it('is one entry: three hundred tables with the same wrong value', async () => {
    const tablekeeper = await deploy({ startAt: '2026-03-10T10:00:00Z' });
    for (let at = 0; at < 300; at += 1)
      createTable(tablekeeper.account, {
        name: name(at),
        tags: { 'backup:policy': 'standrad' },
        ...old(tablekeeper),
      });
    createTable(tablekeeper.account, { name: 'good', tags: { 'backup:policy': 'standard' }, pitr: true });
    await tablekeeper.run('audit', { deadline: tablekeeper.clock.now() + HOUR_MS });
    expect(subjects(tablekeeper)).toEqual([
      '[Tablekeeper prod] 300 new, critical: unknown policy on 300 tables: "standrad"',
    ]);
    expect(entriesOf(tablekeeper)).toEqual([1]);
    const mail = tablekeeper.account.inbox.messages[0]?.message ?? '';
    expect(Buffer.byteLength(mail)).toBeLessThan(3_000);
    expect(mail.match(/tag-resource/g)).toHaveLength(1);
    expect(mail).toContain('tablekeeper plan');
    expect(mail.replaceAll(/\s+/g, ' ')).toContain('t018, t019 and 280 more');
  });

  it('is one entry for each wrong value, where there are several', async () => {
    const tablekeeper = await deploy({ startAt: '2026-03-10T10:00:00Z' });
    for (let at = 0; at < 12; at += 1)
      createTable(tablekeeper.account, {
        name: name(at),
        tags: { 'backup:policy': at % 2 === 0 ? 'standrad' : 'Standard' },
        ...old(tablekeeper),
      });
    await tablekeeper.run('audit');
    expect(entriesOf(tablekeeper)).toEqual([2]);
  });

  it('is one entry: point-in-time recovery that is off on all', async () => {
    const tablekeeper = await deploy({ startAt: '2026-03-10T10:00:00Z' });
    for (let at = 0; at < 40; at += 1)
      createTable(tablekeeper.account, {
        name: name(at),
        tags: { 'backup:policy': 'standard' },
        ...old(tablekeeper),
      });
    await tablekeeper.run('protect');
    await tablekeeper.clock.advanceBy(HOUR_MS);
    await tablekeeper.run('audit', { deadline: tablekeeper.clock.now() + HOUR_MS });
    expect(subjects(tablekeeper)).toEqual(['[Tablekeeper prod] 40 new, critical: PITR off on 40 tables']);
    expect(entriesOf(tablekeeper)).toEqual([1]);
  });
});

describe('one wrong key policy', () => {
  const locked = async (count: number): Promise<Deployment> => {
    const tablekeeper = await deploy({ startAt: '2026-03-10T04:00:00Z' });
    const { account } = tablekeeper;
    for (let at = 0; at < count; at += 1)
      createTable(account, {
        name: name(at),
        tags: { 'backup:policy': 'standard' },
        pitr: true,
        ...old(tablekeeper),
      });
    await days(tablekeeper, 1);
    account.inbox.clear();
    return tablekeeper;
  };

  it('by which tables cannot be reached is one finding, said once a day, for four days, and once when it is over', async () => {
    const tablekeeper = await locked(2);
    setStatus(tablekeeper.account, 't000', 'INACCESSIBLE_ENCRYPTION_CREDENTIALS');
    await days(tablekeeper, 4);
    const told = subjects(tablekeeper);
    expect(told.every((subject) => subject.includes('table inaccessible: t000'))).toBe(true);
    expect(entriesOf(tablekeeper).every((entries) => entries === 1)).toBe(true);
    expect(told.length).toBeLessThanOrEqual(4);
    setStatus(tablekeeper.account, 't000', undefined);
    tablekeeper.account.inbox.clear();
    await days(tablekeeper, 1);
    expect(subjects(tablekeeper).at(-1)).toBe('[Tablekeeper prod] 1 resolved: table inaccessible: t000');
    expect(subjects(tablekeeper).join()).not.toContain('overdue');
  });

  it('by which backups are denied is one finding: new, worse when overdue, and then once a day', async () => {
    const tablekeeper = await locked(1);
    tablekeeper.account.faults.add({ operation: 'CreateBackup', kind: 'access-denied' });
    await days(tablekeeper, 4);
    const told = subjects(tablekeeper);
    expect(told.every((subject) => subject.includes('backups failing on t000'))).toBe(true);
    expect(entriesOf(tablekeeper).every((entries) => entries === 1)).toBe(true);
    expect(told.length).toBeLessThanOrEqual(5);
    expect(tablekeeper.account.inbox.messages.at(-1)?.message.replaceAll(/\s+/g, ' ')).toContain(
      'The newest recovery point: ',
    );
    tablekeeper.account.faults.clear();
    tablekeeper.account.inbox.clear();
    await days(tablekeeper, 1);
    expect(subjects(tablekeeper)).toEqual([
      '[Tablekeeper prod] 1 resolved: backups failing on t000 (standard)',
    ]);
  });

  it('that strikes tables at different hours comes to one reminder a day', async () => {
    const tablekeeper = await deploy({ startAt: '2026-03-10T04:00:00Z', policies: DAILY });
    const { account, clock } = tablekeeper;
    for (let at = 0; at < 8; at += 1)
      createTable(account, {
        name: name(at),
        tags: { 'backup:policy': 'standard' },
        pitr: true,
        ...old(tablekeeper),
      });
    await tablekeeper.run('protect');
    for (let at = 0; at < 8; at += 1) {
      await clock.advanceBy(2 * HOUR_MS);
      setPitr(account, name(at), { enabled: false });
      await tablekeeper.run('audit');
    }
    // A day in which they come together, and then three.
    for (let hour = 0; hour < 36; hour += 2) {
      await clock.advanceBy(2 * HOUR_MS);
      await tablekeeper.run('protect');
      await tablekeeper.run('audit');
    }
    account.inbox.clear();
    for (let hour = 0; hour < 72; hour += 2) {
      await clock.advanceBy(2 * HOUR_MS);
      await tablekeeper.run('protect');
      await tablekeeper.run('audit');
    }
    expect(subjects(tablekeeper)).toEqual(
      Array.from({ length: 3 }, () => '[Tablekeeper prod] 8 still open, critical: PITR off on 8 tables'),
    );
  });
});
