import { describe, expect, it } from 'vitest';
import { HOUR_MS, isoInstant, MINUTE_MS } from '../../../shared/model/instant.ts';
import { invokeIn } from '../../../sim/console/attachments.ts';
import { createBackup } from '../../../sim/console/backups.ts';
import { createTable, setPitr, tableOf } from '../../../sim/console/tables.ts';
import { cancelRestore } from '../../../sim/console/trouble.ts';
import { aFullTable, ITEMS, isStatus, lose, restoring, startTyping, tableNames, untilSo } from './world.ts';

// Situations that people reported in public, each as one of them met it.

/** AWS's guide: a restore is cancelled where a policy is bound to addresses and does not let the service call for its caller. */
it('a restore that AWS cancels on its way says what AWS cancels restores for', async () => {
  const world = await aFullTable();
  const typing = startTyping(world, ['restore', 'Orders', '--at', 'latest', '--target', 'Copy', '--yes']);
  await untilSo(world, () => isStatus(world, 'Copy', 'CREATING'));
  cancelRestore(world.account, 'Copy');
  const { exitCode, stdout } = await world.clock.run(typing);
  expect(exitCode).toBe(1);
  expect(stdout.replaceAll(/\s+/g, ' ')).toMatch(/Copy is gone: .*aws:SourceIp.*aws:ViaAWSService/);
});

/** AWS's guide: whatever is restored has the standard class. */
it('a table of rarely read items has its class again', async () => {
  const world = await aFullTable();
  const { tableClass } = tableOf(world.account, 'Orders').definition;
  expect(tableClass).toBe('STANDARD_INFREQUENT_ACCESS');
  await lose(world, 'Orders');
  await restoring(world, ['Orders', '--at', 'latest', '--yes']);
  expect(tableOf(world.account, 'Orders').definition).toMatchObject({ tableClass });
});

/** serverless/serverless#3183: the wrong application was removed; a new deployment made the tables again, empty. */
describe('an application that was removed and deployed again', () => {
  const redeployed = async () => {
    const world = await aFullTable();
    const before = world.clock.now();
    createBackup(world.account, { table: 'Orders', name: 'by-hand' });
    await lose(world, 'Orders');
    createTable(world.account, { name: 'Orders', tags: { 'backup:policy': 'standard' }, pitr: true });
    await world.clock.advanceBy(HOUR_MS);
    return { world, before };
  };

  it('gets no empty table back for its lost one unwarned', async () => {
    const { world } = await redeployed();
    const { stdout } = await restoring(world, ['Orders', '--at', 'latest', '--plan']);
    expect(stdout.replaceAll(/\s+/g, ' ')).toMatch(
      /Before this table another Orders .* had the name: nothing of it comes back so/,
    );
  });

  it('gets the items of the lost one beside it, and the new table stays', async () => {
    const { world, before } = await redeployed();
    const { id } = tableOf(world.account, 'Orders');
    const argv = ['Orders', '--at', isoInstant(before), '--target', 'Orders-lost', '--yes'];
    expect(await restoring(world, argv)).toMatchObject({
      stdout: expect.stringContaining('Orders is back as Orders-lost'),
    });
    const items = await world.account.state.items.copyOf(tableOf(world.account, 'Orders-lost'));
    expect(items).toHaveLength(ITEMS.length);
    expect(tableOf(world.account, 'Orders').id).toBe(id);
  });
});

/** serverless/serverless#2622, hashicorp/terraform-provider-aws#2146: a limit on tables that change at once, met by others' deployments. */
it.each(['RestoreTableToPointInTime', 'UpdateTable'])(
  'the limit on changes at once of %s is waited out',
  async (operation) => {
    const world = await aFullTable();
    world.account.faults.add({
      operation,
      kind: 'internal-error',
      times: 3,
      answer: {
        code: 'LimitExceededException',
        message:
          'Subscriber limit exceeded: Only 10 tables can be created, updated, or deleted simultaneously',
        status: 400,
      },
    });
    const { exitCode, stdout } = await restoring(world, [
      'Orders',
      '--at',
      'latest',
      '--target',
      'Copy',
      '--yes',
    ]);
    expect({ exitCode, stdout }).toMatchObject({ exitCode: 0 });
    expect(world.account.ledger.of('table-restored')).toHaveLength(1);
  },
);

/** anomalyco/guide#161: a name with another capital is another table. */
it('a name with a wrong capital letter restores nothing and says which one is meant', async () => {
  const world = await aFullTable();
  const { exitCode, stderr } = await restoring(world, ['orders', '--at', 'latest', '--yes']);
  expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining('Orders') });
  expect(tableNames(world)).not.toContain('orders');
});

/** AWS's guide: switched off and on again, point-in-time recovery begins again, and what was before is gone. */
it('point-in-time recovery that was off for a minute gives the nearest recovery point, and says what that lacks', async () => {
  const world = await aFullTable();
  const asked = isoInstant(Math.floor(world.clock.now() / 1000) * 1000 - 10 * MINUTE_MS);
  setPitr(world.account, 'Orders', { enabled: false });
  await world.clock.advanceBy(MINUTE_MS);
  setPitr(world.account, 'Orders', { enabled: true });
  await world.clock.advanceBy(HOUR_MS);
  const { stdout } = await restoring(world, ['Orders', '--at', asked, '--plan', '--json']);
  const [plan] = JSON.parse(stdout).plans;
  expect(plan).toMatchObject({ because: 'closest-before', source: { kind: 'recovery-point' } });
  expect(plan.lacksSeconds).toBeGreaterThan(15 * 60);
});

/** A job with valid rights spoiled a part of the items, as eon.io describes it: most of what was written since is good. */
it('items that a job spoiled are found beside good ones that were written since, and the table itself stays as it is', async () => {
  const world = await aFullTable();
  const before = isoInstant(Math.floor(world.clock.now() / 1000) * 1000);
  await world.clock.advanceBy(MINUTE_MS);
  const put = (at: number, customer: string) =>
    invokeIn(world.account)('dynamodb', 'PutItem', {
      TableName: 'Orders',
      Item: { pk: { S: `pk-${at}` }, sk: { S: 'a' }, customer: { S: customer } },
    });
  for (let at = 0; at < 5; at += 1) await put(at, 'garbage');
  for (let at = 100; at < 103; at += 1) await put(at, 'c-new');
  await world.clock.advanceBy(10 * MINUTE_MS);
  const { stdout } = await restoring(world, [
    'Orders',
    '--at',
    before,
    '--target',
    'Copy',
    '--yes',
    '--json',
  ]);
  expect(JSON.parse(stdout).restores[0].items.compared).toEqual({ keys: 43, there: 40, equal: 35 });
  expect(await world.account.state.items.copyOf(tableOf(world.account, 'Orders'))).toHaveLength(43);
});
