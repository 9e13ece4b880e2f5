import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../shared/model/instant.ts';
import type { Mode } from '../../shared/model/plan.ts';
import { createTable, setStatus, tagTable } from '../../sim/console/tables.ts';
import { DAILY, type Deployment, deploy } from '../support/deployment.ts';

// What a backup or a prune reports of one table, the next one that sees that it is over resolves: nobody waits for an audit.

const MISTYPED = { 'backup:policy': 'standrad' };

const lived = async (tags: Readonly<Record<string, string>>): Promise<Deployment> => {
  const tablekeeper = await deploy({ startAt: '2026-03-02T02:02:00Z', policies: DAILY });
  const { account, clock, run } = tablekeeper;
  for (const name of ['carts', 'orders'])
    createTable(account, {
      name,
      tags: { 'backup:policy': 'standard' },
      pitr: true,
      createdAt: clock.now() - 40 * DAY_MS,
    });
  await clock.advanceBy(HOUR_MS);
  await run('protect');
  await run('audit');
  account.inbox.clear();
  tagTable(account, 'orders', tags);
  return tablekeeper;
};

const subjects = ({ account }: Deployment): string =>
  account.inbox.messages.map(({ subject }) => subject).join('\n');

const openIds = async ({ asPerson, clock }: Deployment): Promise<readonly string[]> =>
  (await clock.run(asPerson.stateStore.readFindings()))
    .filter(({ resolvedAt }) => resolvedAt === undefined)
    .map(({ id }) => id);

describe('a tag that is mended', () => {
  it.each([
    { name: 'to the policy it named', tags: { 'backup:policy': 'standard' } },
    { name: 'to none', tags: { 'backup:policy': 'none' } },
  ])('$name is resolved by the next backup run', async ({ tags }) => {
    const tablekeeper = await lived(MISTYPED);
    await tablekeeper.run('protect');
    expect(subjects(tablekeeper)).toContain('unknown policy');
    await tablekeeper.run('protect');
    expect(subjects(tablekeeper)).not.toContain('resolved');
    tagTable(tablekeeper.account, 'orders', tags);
    await tablekeeper.run('protect');
    expect(subjects(tablekeeper)).toContain('resolved: unknown policy on orders');
    expect(await openIds(tablekeeper)).not.toContain('unknown-policy/orders');
  });

  it.each<{ name: string; mode: Mode }>([
    { name: 'a backup run', mode: 'protect' },
    { name: 'a prune', mode: 'expire' },
  ])('is not resolved by $name while it is wrong, or gone', async ({ mode }) => {
    const tablekeeper = await lived(MISTYPED);
    await tablekeeper.run('protect');
    await tablekeeper.run(mode);
    expect(await openIds(tablekeeper)).toContain('unknown-policy/orders');
    tagTable(tablekeeper.account, 'orders', { 'backup:policy': null });
    await tablekeeper.run(mode);
    expect(await openIds(tablekeeper)).toContain('unknown-policy/orders');
    expect(subjects(tablekeeper)).not.toContain('resolved');
  });

  it('is not resolved by a run that cannot read the table', async () => {
    const tablekeeper = await lived(MISTYPED);
    await tablekeeper.run('protect');
    tagTable(tablekeeper.account, 'orders', { 'backup:policy': 'standard' });
    const fault = tablekeeper.account.faults.add({ operation: 'DescribeTable', kind: 'access-denied' });
    await tablekeeper.run('protect');
    expect(await openIds(tablekeeper)).toContain('unknown-policy/orders');
    fault.remove();
    await tablekeeper.run('protect');
    expect(await openIds(tablekeeper)).not.toContain('unknown-policy/orders');
  });
});

describe('a table that is out of reach', () => {
  it('and back is resolved by the backup run that describes it', async () => {
    const tablekeeper = await lived({});
    setStatus(tablekeeper.account, 'orders', 'INACCESSIBLE_ENCRYPTION_CREDENTIALS');
    await tablekeeper.clock.advanceBy(DAY_MS);
    await tablekeeper.run('protect');
    expect(await openIds(tablekeeper)).toContain('table-inaccessible/orders');
    setStatus(tablekeeper.account, 'orders', 'ACTIVE');
    await tablekeeper.run('protect');
    expect(await openIds(tablekeeper)).not.toContain('table-inaccessible/orders');
    expect(subjects(tablekeeper)).toContain('resolved');
  });
});
