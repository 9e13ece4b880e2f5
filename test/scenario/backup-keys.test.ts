import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../shared/model/instant.ts';
import type { OpenFinding } from '../../shared/model/memory.ts';
import type { SimAccount } from '../../sim/account.ts';
import { invokeIn } from '../../sim/console/attachments.ts';
import { createTable, deleteTable } from '../../sim/console/tables.ts';
import { setKey } from '../../sim/console/trouble.ts';
import { type Deployment, deploy } from '../support/deployment.ts';
import { keptBy } from '../support/kept-settings.ts';

// A backup stays encrypted with the key that its table had when it was made. What audits say of such a key before anybody needs it.

const keyNamed = (name: string): string => `arn:aws:kms:us-east-1:111122223333:key/${name}`;
const A = keyNamed('a');
const B = keyNamed('b');

const encrypt = async (account: SimAccount, key: string): Promise<unknown> =>
  await invokeIn(account)('dynamodb', 'UpdateTable', {
    TableName: 'orders',
    SSESpecification: { Enabled: true, SSEType: 'KMS', KMSMasterKeyId: key },
  });

const pass = async ({ clock, run }: Deployment, days: number): Promise<void> => {
  for (let day = 0; day < days; day += 1) {
    for (const _ of [0, 1, 2, 3]) {
      await clock.advanceBy(6 * HOUR_MS);
      await run('protect');
      await run('audit');
    }
  }
};

const begin = async (): Promise<Deployment> => {
  const tablekeeper = await deploy({ startAt: '2026-03-02T00:00:00Z' });
  const { account, clock } = tablekeeper;
  const tags = { 'backup:policy': 'standard' };
  createTable(account, { name: 'orders', tags, pitr: true, createdAt: clock.now() - 40 * DAY_MS });
  for (const name of ['carts', 'users']) createTable(account, { name, tags, pitr: true });
  await encrypt(account, A);
  await pass(tablekeeper, 3);
  return tablekeeper;
};

const audit = async ({ clock, run }: Deployment): Promise<readonly OpenFinding[]> => {
  await clock.advanceBy(HOUR_MS);
  return (await run('audit')).openFindings;
};

const ofKeys = (found: readonly OpenFinding[]): readonly OpenFinding[] =>
  found.filter(({ kind }) => kind.startsWith('backup-key'));

const idsOf = (found: readonly OpenFinding[]): readonly string[] => ofKeys(found).map(({ id }) => id);

const switched = async (): Promise<Deployment> => {
  const tablekeeper = await begin();
  await encrypt(tablekeeper.account, B);
  await pass(tablekeeper, 2);
  return tablekeeper;
};

describe('a key of recovery points', { timeout: 60_000 }, () => {
  it('is asked for once an audit, and nothing is said while it can be used', async () => {
    const tablekeeper = await switched();
    const { calls } = tablekeeper.account;
    const before = calls.of('DescribeKey');
    expect(idsOf(await audit(tablekeeper))).toEqual([]);
    expect(calls.of('DescribeKey') - before).toBe(2);
  });

  it('is not asked for where no table has one of a customer', async () => {
    const tablekeeper = await deploy({ startAt: '2026-03-02T00:00:00Z' });
    createTable(tablekeeper.account, { name: 'orders', tags: { 'backup:policy': 'standard' }, pitr: true });
    await pass(tablekeeper, 1);
    expect(tablekeeper.account.calls.of('DescribeKey')).toBe(0);
  });

  it('is reported while it waits for its deletion, though the table has another one by now, until that is taken back', async () => {
    const tablekeeper = await switched();
    const { account } = tablekeeper;
    setKey(account, A, 'pending deletion');
    const [found, ...rest] = ofKeys(await audit(tablekeeper));
    expect(rest).toEqual([]);
    expect(found).toMatchObject({
      id: `backup-key-ending/orders/${A}`,
      severity: 'critical',
      table: 'orders',
    });
    expect(found?.notifiedAt).toBeDefined();
    expect(found?.fact).toBe(
      `3 recovery points of orders, made from 2026-03-02 06:01 UTC to 2026-03-04 06:01 UTC, need the key ${A}. KMS deletes that key on 2026-04-06 00:01 UTC. Nothing that needs it can be restored while it waits for its deletion, and nothing ever again after it.`,
    );
    expect(JSON.stringify(found?.advice)).toContain(
      '["aws","kms","cancel-key-deletion","--region","us-east-1","--key-id"',
    );
    setKey(account, A, 'disabled');
    const disabled = ofKeys(await audit(tablekeeper));
    expect(disabled.map(({ id, severity }) => [id, severity])).toEqual([
      [`backup-key-unusable/orders/${A}`, 'warning'],
    ]);
    setKey(account, A, undefined);
    expect(idsOf(await audit(tablekeeper))).toEqual([]);
  });

  it('is told by mail at once, every day and once it is over', async () => {
    const tablekeeper = await switched();
    const { account } = tablekeeper;
    account.inbox.clear();
    setKey(account, A, 'pending deletion');
    await pass(tablekeeper, 3);
    const told = account.inbox.messages.filter(({ message }) =>
      message.includes(`Finding: backup-key-ending/orders/${A}`),
    );
    expect(told.length).toBeGreaterThanOrEqual(3);
    expect(told[0]?.subject).toContain('key of recovery points about to be deleted on orders');
    expect(told[0]?.message.replaceAll(/ \\\s+/g, ' ')).toContain(
      `aws kms cancel-key-deletion --region us-east-1 --key-id ${A}`,
    );
    setKey(account, A, undefined);
    await audit(tablekeeper);
    expect(account.inbox.messages.at(-1)?.subject).toMatch(/resolved/i);
  });

  it('is critical where it is the key that the table has now', async () => {
    const tablekeeper = await begin();
    setKey(tablekeeper.account, A, 'disabled');
    const [found] = ofKeys(await audit(tablekeeper));
    expect(found).toMatchObject({ id: `backup-key-unusable/orders/${A}`, severity: 'critical' });
    expect(found?.fact).toContain(
      'It is the key that orders has now: the table itself and its point-in-time recovery need it as well.',
    );
  });

  it('is reported of a table that was deleted with it, and once that it is gone', async () => {
    const tablekeeper = await begin();
    const { account } = tablekeeper;
    deleteTable(account, 'orders');
    await pass(tablekeeper, 1);
    setKey(account, A, 'pending deletion');
    const [ending] = ofKeys(await audit(tablekeeper));
    expect(ending).toMatchObject({ id: `backup-key-ending/orders/${A}`, severity: 'critical' });
    expect(ending?.fact).toContain(
      'It is the last key that orders had, which is deleted: a SYSTEM backup of it needs the key as well.',
    );
    setKey(account, A, 'missing');
    account.inbox.clear();
    const [gone] = ofKeys(await audit(tablekeeper));
    const told = account.inbox.messages.map(({ message, subject }) => `${subject} ${message}`).join(' ');
    expect(told).toContain('key of recovery points unusable on orders');
    expect(told).not.toMatch(/resolved/i);
    expect(gone).toMatchObject({ id: `backup-key-unusable/orders/${A}`, severity: 'critical' });
    const later = ofKeys(await audit(tablekeeper));
    expect(later.map(({ id, severity }) => [id, severity])).toEqual([
      [`backup-key-unusable/orders/${A}`, 'info'],
    ]);
    expect(later[0]?.notifiedAt).toBe(gone?.notifiedAt);
  });

  it('resolves nothing where it cannot be read, which is said once and is no alarm', async () => {
    const tablekeeper = await switched();
    const { account } = tablekeeper;
    setKey(account, A, 'disabled');
    expect(idsOf(await audit(tablekeeper))).toEqual([`backup-key-unusable/orders/${A}`]);
    setKey(account, A, undefined);
    const fault = account.faults.add({ operation: 'DescribeKey', kind: 'access-denied' });
    const found = await audit(tablekeeper);
    expect(idsOf(found)).toEqual([`backup-key-unusable/orders/${A}`, 'backup-keys-unchecked']);
    expect(found.find(({ kind }) => kind === 'backup-keys-unchecked')?.severity).toBe('info');
    fault.remove();
    expect(idsOf(await audit(tablekeeper))).toEqual([]);
  });

  it('is known from what older versions kept, once an audit has filled it in', async () => {
    const tablekeeper = await switched();
    const { account, clock } = tablekeeper;
    const manifests = keptBy(tablekeeper);
    const heads = await clock.run(manifests.readNewest());
    await clock.run(manifests.noteKeys(heads.map(({ keys: _, ...head }) => head)));
    setKey(account, A, 'pending deletion');
    expect(idsOf(await audit(tablekeeper))).toEqual([]);
    const [found] = ofKeys(await audit(tablekeeper));
    expect(found?.fact).toMatch(/^3 recovery points of orders, /);
  });
});
