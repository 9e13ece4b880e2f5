import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../../shared/model/instant.ts';
import type { SimAccount } from '../../../sim/account.ts';
import { invokeIn } from '../../../sim/console/attachments.ts';
import { backupsOf } from '../../../sim/console/backups.ts';
import { createTable, deleteTable, tablesOf } from '../../../sim/console/tables.ts';
import { setKey } from '../../../sim/console/trouble.ts';
import { typedIn as type } from '../../cli/typed.ts';
import { type Deployment, deploy } from '../../support/deployment.ts';

// What a person sees of keys before a restore begins, and of recovery points that cannot be restored because of one.

const keyNamed = (name: string): string => `arn:aws:kms:us-east-1:111122223333:key/${name}`;
const A = keyNamed('a');
const B = keyNamed('b');

const encrypt = async (account: SimAccount, key: string): Promise<unknown> =>
  await invokeIn(account)('dynamodb', 'UpdateTable', {
    TableName: 'orders',
    SSESpecification: { Enabled: true, SSEType: 'KMS', KMSMasterKeyId: key },
  });

const pass = async ({ clock, run }: Deployment, days: number): Promise<void> => {
  for (let quarter = 0; quarter < 4 * days; quarter += 1) {
    await clock.advanceBy(6 * HOUR_MS);
    await run('protect');
    await run('audit');
  }
};

/** Three days under one key, and two under the next. */
const switched = async (): Promise<Deployment> => {
  const tablekeeper = await deploy({ startAt: '2026-03-02T00:00:00Z' });
  const { account, clock } = tablekeeper;
  const tags = { 'backup:policy': 'standard' };
  createTable(account, { name: 'orders', tags, pitr: true, createdAt: clock.now() - 40 * DAY_MS });
  for (const name of ['carts', 'users']) createTable(account, { name, tags, pitr: true });
  await encrypt(account, A);
  await pass(tablekeeper, 3);
  await encrypt(account, B);
  await pass(tablekeeper, 2);
  return tablekeeper;
};

const oldest = ({ account }: Deployment): string => backupsOf(account, 'orders')[0]?.arn ?? '';

interface Shown {
  readonly table: string;
  readonly ifLost: object;
}

const ordersIn = async (world: Deployment): Promise<Shown | undefined> => {
  const { stdout } = await type(world, ['status', '--json']);
  const { verdicts }: { readonly verdicts: readonly Shown[] } = JSON.parse(stdout);
  return verdicts.find(({ table }) => table === 'orders');
};

describe('a restore', { timeout: 60_000 }, () => {
  it('names the key that its recovery point needs, beside that of the settings', async () => {
    const world = await switched();
    const { stdout, exitCode } = await type(world, ['restore', '--recovery-point', oldest(world), '--plan']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain(`The key ${A} has to stay enabled until the table is ACTIVE.`);
  });

  it.each([
    ['disabled', 'is disabled: it cannot be restored.', 'aws kms enable-key --region us-east-1'],
    ['pending deletion', 'KMS deletes on 2026-04-06', 'aws kms cancel-key-deletion --region us-east-1'],
    ['missing', 'is not there any more: it cannot be restored any more.', 'aws kms describe-key'],
  ] as const)('is refused before it begins while that key is %s', async (trouble, says, command) => {
    const world = await switched();
    setKey(world.account, A, trouble);
    const tables = tablesOf(world.account).length;
    const { stderr, exitCode } = await type(world, ['restore', '--recovery-point', oldest(world), '--yes']);
    expect(exitCode).toBe(2);
    expect(stderr.replaceAll(/\s+/g, ' ')).toContain(says);
    expect(stderr.replaceAll(/\s+/g, ' ')).toContain(command);
    expect(tablesOf(world.account)).toHaveLength(tables);
  });

  it('is warned of the last key of a deleted table, which its SYSTEM backup most likely needs', async () => {
    const world = await switched();
    deleteTable(world.account, 'orders');
    await world.clock.advanceBy(HOUR_MS);
    setKey(world.account, B, 'pending deletion');
    const { stdout, exitCode } = await type(world, ['restore', 'orders', '--at', 'latest', '--plan']);
    expect(exitCode).toBe(0);
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(
      `It most likely needs the key ${B}, which KMS deletes on 2026-04-06`,
    );
  });

  it('is let begin where the key may not be read, with a warning', async () => {
    const world = await switched();
    world.account.faults.add({ operation: 'DescribeKey', kind: 'access-denied' });
    const { stdout, exitCode } = await type(world, ['restore', '--recovery-point', oldest(world), '--plan']);
    expect(exitCode).toBe(0);
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(`Whether the key ${A} can be used`);
  });
});

describe('what is there of a table', { timeout: 60_000 }, () => {
  it('shows which recovery points cannot be restored, and counts them for nothing', async () => {
    const world = await switched();
    setKey(world.account, A, 'pending deletion');
    await world.clock.advanceBy(HOUR_MS);
    await world.run('audit');
    const explained = await type(world, ['explain', 'orders']);
    expect(explained.stdout.match(/key ending/g)).toHaveLength(3);
    expect(explained.stdout.replaceAll(/\s+/g, ' ')).toContain(
      `3 recovery points cannot be restored: made under the key ${A}, which KMS deletes on 2026-04-06`,
    );
    expect(await ordersIn(world)).toMatchObject({ recoveryPoints: 2, ifLost: { from: 'point-in-time' } });
    setKey(world.account, B, 'disabled');
    await world.run('audit');
    expect(await ordersIn(world)).toMatchObject({ status: 'unprotected', recoveryPoints: 0, ifLost: {} });
    expect((await ordersIn(world))?.ifLost).toEqual({});
  });
});
