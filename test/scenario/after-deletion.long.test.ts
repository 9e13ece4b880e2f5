import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../shared/model/instant.ts';
import { keepDeleted } from '../../shared/run/keep-deleted.ts';
import { backupsOf } from '../../sim/console/backups.ts';
import { createTable, deleteTable, resizeTable, tagTable } from '../../sim/console/tables.ts';
import { type Deployment, deploy } from '../support/deployment.ts';
import { keyOf, packagedRights } from '../support/rights.ts';

const POLICIES = `
digest: { schedule: "0 8 * * 1" }
policies:
  standard: { schedule: "0 3 * * *", retention: { daily: 5 } }
  review: { schedule: "0 3 * * *", retention: { daily: 3 }, afterDeletion: { keep: 14d } }
`;

const WITHOUT = POLICIES.replace(', afterDeletion: { keep: 14d }', '');

const make = ({ account, clock }: Deployment, name: string, policy = 'review'): void => {
  createTable(account, {
    name,
    tags: { 'backup:policy': policy },
    sizeBytes: 1e9,
    createdAt: clock.now() - 90 * DAY_MS,
  });
};

/** One day of the functions, an audit in the morning and one in the evening. */
const day = async (t: Deployment, policies?: string): Promise<void> => {
  const wishes = policies === undefined ? {} : { policies };
  await t.clock.advanceBy(HOUR_MS);
  await t.run('protect', wishes);
  await t.run('audit', wishes);
  await t.clock.advanceBy(35 * MINUTE_MS);
  await t.run('expire', wishes);
  await t.clock.advanceBy(12 * HOUR_MS);
  await t.run('audit', wishes);
  await t.clock.advanceBy(10 * HOUR_MS + 25 * MINUTE_MS);
};

const days = async (t: Deployment, count: number, policies?: string): Promise<void> => {
  for (let one = 0; one < count; one += 1) await day(t, policies);
};

const pointsOf = ({ account }: Deployment, table: string): number =>
  backupsOf(account, table).filter(({ type }) => type === 'USER').length;

const mails = ({ account }: Deployment, words: string) =>
  account.inbox.messages.filter(({ subject, message }) => `${subject} ${message}`.includes(words));

const begin = async (...names: readonly string[]): Promise<Deployment> => {
  const t = await deploy({ startAt: '2026-03-02T02:02:00Z', policies: POLICIES });
  make(t, 'orders', 'standard');
  for (const name of names) make(t, name);
  await days(t, 4);
  return t;
};

/** Days until something of a table is deleted; as many as were waited for where nothing is. */
const daysUntilEnd = async (t: Deployment, table: string, most: number): Promise<number> => {
  for (let passed = 0; passed < most; passed += 1) {
    await day(t);
    if (pointsOf(t, table) === 0) return passed + 1;
  }
  return most;
};

describe('review environments over sixty days', { timeout: 120_000 }, () => {
  it('end some time after their tables were deleted, once people were told, and nothing else does', async () => {
    const t = await begin('pr-1', 'pr-2');
    deleteTable(t.account, 'pr-1');
    await days(t, 6);
    expect(mails(t, 'deleted-table-ending')).toEqual([]);
    expect(pointsOf(t, 'pr-1')).toBe(3);
    make(t, 'pr-3');
    await days(t, 2);
    const [told] = mails(t, 'recovery points of a deleted table ending');
    expect(told?.message.replaceAll(/\s+/g, ' ')).toContain('npx tablekeeper keep pr-1 --region us-east-1');
    deleteTable(t.account, 'pr-2');
    const left = await daysUntilEnd(t, 'pr-1', 12);
    expect(8 + left).toBeGreaterThanOrEqual(14);
    expect(8 + left).toBeLessThanOrEqual(16);
    expect(pointsOf(t, 'pr-2')).toBe(3);
    await days(t, 38 - left);
    expect(pointsOf(t, 'pr-2')).toBe(0);
    expect(pointsOf(t, 'pr-3')).toBe(3);
    expect(pointsOf(t, 'orders')).toBe(5);
    const [ended, ...more] = mails(t, 'recovery points of a deleted table deleted: pr-1');
    expect(ended?.message.replaceAll(/\s+/g, ' ')).toMatch(
      /Tablekeeper deleted the last 3 recovery points of pr-1, in the run of 2026-03-\d\d \d\d:\d\d UTC\. The table was gone since 2026-03-\d\d .*, and afterDeletion of review kept them no longer, as people were told by/,
    );
    expect(more).toEqual([]);
    // The end of the last copies is no good news.
    expect(mails(t, 'resolved: recovery points of a lost table')).toEqual([]);
    // Nobody is told that somebody else deleted them.
    expect(mails(t, 'Tablekeeper did not delete them')).toEqual([]);
    expect(mails(t, 'was not deleted by Tablekeeper')).toEqual([]);
    expect(mails(t, 'By afterDeletion of its policy Tablekeeper deletes')).not.toEqual([]);
    expect((await t.run('audit')).openFindings.filter(({ table }) => table?.startsWith('pr-1'))).toEqual([]);
  });
});

describe('what is left of a deleted table stays', { timeout: 120_000 }, () => {
  const MOST = 20;

  it('while a person asked to keep it, and for a week after that was taken back', async () => {
    const t = await begin('pr-1');
    deleteTable(t.account, 'pr-1');
    await days(t, 9);
    await t.clock.run(keepDeleted(t.asPerson, 'pr-1', true));
    expect(await daysUntilEnd(t, 'pr-1', MOST)).toBe(MOST);
    await t.clock.run(keepDeleted(t.asPerson, 'pr-1', false));
    expect(await daysUntilEnd(t, 'pr-1', MOST)).toBeGreaterThanOrEqual(7);
    expect(pointsOf(t, 'pr-1')).toBe(0);
  });

  it('where its tag was a hold when it went', async () => {
    const t = await begin('pr-1');
    tagTable(t.account, 'pr-1', { 'backup:hold': 'true' });
    await day(t);
    deleteTable(t.account, 'pr-1');
    expect(await daysUntilEnd(t, 'pr-1', MOST)).toBe(MOST);
  });

  it('where the policy says nothing of it any more, and its days begin again when it does', async () => {
    const t = await begin('pr-1');
    deleteTable(t.account, 'pr-1');
    await days(t, 12);
    await days(t, 10, WITHOUT);
    expect(pointsOf(t, 'pr-1')).toBe(3);
    expect(await daysUntilEnd(t, 'pr-1', MOST)).toBeGreaterThanOrEqual(14);
    expect(pointsOf(t, 'pr-1')).toBe(0);
  });

  it('for 35 days after it lost nearly all it held, as was promised', async () => {
    const t = await begin('pr-1');
    resizeTable(t.account, 'pr-1', 1e5);
    await days(t, 2);
    const droppedAt = t.clock.now() - 2 * DAY_MS;
    const [shrunk] = mails(t, 'table shrunk: pr-1');
    expect(shrunk?.message).toContain('whatever the retention');
    deleteTable(t.account, 'pr-1');
    const before = pointsOf(t, 'pr-1');
    while (t.clock.now() < droppedAt + 34 * DAY_MS) await day(t);
    expect(pointsOf(t, 'pr-1')).toBe(before);
    const [told] = mails(t, 'recovery points of a deleted table ending: pr-1');
    expect(told?.message.replaceAll(/\s+/g, ' ')).toContain('so that nothing ends before 2026-04-');
    await daysUntilEnd(t, 'pr-1', 5);
    expect(pointsOf(t, 'pr-1')).toBe(0);
  });

  it('while far fewer tables carry the tag than before: its key may be another one', async () => {
    const t = await begin('pr-1', 'pr-2');
    deleteTable(t.account, 'pr-1');
    await days(t, 10);
    await days(t, 12, POLICIES.replace('policies:', 'tag: backup:plan\npolicies:'));
    expect(mails(t, 'coverage dropped')).not.toEqual([]);
    expect(pointsOf(t, 'pr-1')).toBe(3);
  });

  it('where it was made again and opted out, of which people are told as of an earlier table', async () => {
    const t = await begin('pr-1');
    deleteTable(t.account, 'pr-1');
    await days(t, 2);
    make(t, 'pr-1', 'none');
    await days(t, 2);
    const { openFindings } = await t.run('audit');
    const lost = openFindings.find(({ kind }) => kind === 'recovery-points-of-lost-table');
    expect(lost?.fact).toContain('pr-1 was deleted and made again');
    expect(JSON.stringify(lost?.advice)).toContain('a table of the name is there again');
    expect(pointsOf(t, 'pr-1')).toBe(3);
  });

  it('where a table of its name is made again, and of the former one whatever becomes of it', async () => {
    const t = await begin('pr-1');
    deleteTable(t.account, 'pr-1');
    await days(t, 12);
    createTable(t.account, { name: 'pr-1' });
    expect(await daysUntilEnd(t, 'pr-1', MOST)).toBe(MOST);
  });

  it('where nobody saw the table go, because the memory was lost', async () => {
    const t = await begin('pr-1');
    deleteTable(t.account, 'pr-1');
    await days(t, 3);
    const { stateStore } = t.asPerson;
    const memory = await t.clock.run(stateStore.readMemory());
    await t.clock.run(stateStore.saveMemory(memory, { pitrBaselines: [] }));
    expect(await daysUntilEnd(t, 'pr-1', MOST)).toBe(MOST);
  });

  it.each(['access-denied', 'timeout', 'throttle'] as const)(
    'while DescribeTable does not say that it is gone: %s',
    async (kind) => {
      const t = await begin('pr-1');
      deleteTable(t.account, 'pr-1');
      for (let passed = 0; passed < 18; passed += 1) {
        await t.clock.advanceBy(HOUR_MS);
        await t.run('protect');
        await t.run('audit');
        // Less than the guardrail takes for a pile.
        const fault = passed < 12 ? undefined : t.account.faults.add({ operation: 'DescribeTable', kind });
        await t.run('expire');
        fault?.remove();
        await t.clock.advanceBy(23 * HOUR_MS);
      }
      expect(pointsOf(t, 'pr-1')).toBe(3);
      await t.run('expire');
      expect(pointsOf(t, 'pr-1')).toBe(0);
    },
  );

  it('while a list of names is cut: that neither begins nor completes anything', async () => {
    const t = await begin('pr-1');
    deleteTable(t.account, 'pr-1');
    const fault = t.account.faults.add({ operation: 'ListTables', kind: 'access-denied' });
    expect(await daysUntilEnd(t, 'pr-1', MOST)).toBe(MOST);
    fault.remove();
    await day(t);
    expect(pointsOf(t, 'pr-1')).toBe(3);
  });
});

describe('the role of prune', { timeout: 120_000 }, () => {
  it('may ask whether a table is there and lists no tables; without that right everything stays', async () => {
    const t = await begin('pr-1');
    deleteTable(t.account, 'pr-1');
    await days(t, 13);
    const key = keyOf('prod', 'prune');
    const rights = packagedRights({ ...t.account, instance: 'prod' });
    const grants = rights.get(key) ?? [];
    expect(grants.some(({ action }) => action === 'dynamodb:ListTables')).toBe(false);
    const fewer = new Map([[key, grants.filter(({ action }) => action !== 'dynamodb:DescribeTable')]]);
    t.guard.admit([key], () => fewer);
    await expect(days(t, 1).then(() => days(t, 3))).rejects.toThrow('dynamodb:DescribeTable');
    expect(pointsOf(t, 'pr-1')).toBe(3);
  });

  it('is all that it takes', async () => {
    const t = await begin('pr-1');
    deleteTable(t.account, 'pr-1');
    await daysUntilEnd(t, 'pr-1', 20);
    expect(pointsOf(t, 'pr-1')).toBe(0);
    expect(t.guard.refused).toEqual([]);
    const used = [...t.guard.used].filter((text) => text.startsWith(`${keyOf('prod', 'prune')}:`));
    expect(used.join()).toContain('dynamodb:DescribeTable');
  });
});

describe('the digest of the day on which a table was deleted', { timeout: 120_000 }, () => {
  it('says from when on it ends, as the mail of its deletion does', async () => {
    const t = await begin('pr-1');
    // A Sunday: the digest is of Monday morning.
    await days(t, 2);
    await t.clock.advanceBy(3 * HOUR_MS);
    deleteTable(t.account, 'pr-1');
    // The tags of a deleted table are listed for hours, and the audit before the digest is the first without.
    await t.clock.advanceBy(28 * HOUR_MS);
    await t.run('audit');
    const [digest] = mails(t, 'still has 3 recovery points');
    expect(digest?.message.replaceAll(/\s+/g, ' ')).toContain(
      'By afterDeletion of its policy Tablekeeper deletes what that has left of pr-1 from 2026-03-',
    );
    expect(digest?.message).not.toContain('They stay');
  });
});

describe('many tables at once', { timeout: 120_000 }, () => {
  it('end a few at a time', async () => {
    const names = Array.from({ length: 10 }, (_, index) => `pr-${index}`);
    const t = await begin(...names);
    for (const name of names) deleteTable(t.account, name);
    await days(t, 14);
    const left = async (): Promise<number> => names.filter((name) => pointsOf(t, name) > 0).length;
    let before = await left();
    expect(before).toBe(10);
    for (let passed = 0; passed < 20 && before > 0; passed += 1) {
      await day(t);
      const now = await left();
      expect(before - now).toBeLessThanOrEqual(2);
      before = now;
    }
    expect(before).toBe(0);
  });
});
