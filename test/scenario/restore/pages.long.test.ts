import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { MINUTE_MS } from '../../../shared/model/instant.ts';
import { invokeIn } from '../../../sim/console/attachments.ts';
import { createFullTable } from '../../../sim/console/full-table.ts';
import { disableRegion, openRegion } from '../../../sim/console/regions.ts';
import { settingsOf } from '../../../sim/console/settings-of.ts';
import { tableOf, tablesOf } from '../../../sim/console/tables.ts';
import { createVault } from '../../../sim/console/vaults.ts';
import { type Deployment, deploy } from '../../support/deployment.ts';
import { grantText } from '../../support/role-guard.ts';
import type { Grant } from '../../support/roles.ts';
import {
  copied,
  DR_ARN,
  justAfter,
  OFFSITE,
  offsite,
  THERE,
  vaultedTable,
  vaultPoint,
} from './vault-world.ts';
import { aFullTable, forgetManifests, ITEMS, lose, restoring, tableNames } from './world.ts';

// The pages that people follow, typed word by word.

const page = (file: string): string =>
  readFileSync(new URL(`../../../docs/${file}`, import.meta.url), 'utf8');

/** The commands of a block of a page of the runbook, each as it is typed after `npx tablekeeper restore`. */
const commandsOf = (heading: string, nth = 0): readonly (readonly string[])[] => {
  const [, after = ''] = page('runbook.md').split(`\n## ${heading}\n`);
  const [text = ''] = after.split('\n## ');
  const [, block = ''] = [...text.matchAll(/```sh\n([\s\S]*?)```/g)][nth] ?? [];
  return block
    .trim()
    .split('\n')
    .map((line) => {
      const [npx, tablekeeper, restore, ...argv] = line.split(' ');
      expect([npx, tablekeeper, restore]).toEqual(['npx', 'tablekeeper', 'restore']);
      return argv;
    });
};

const inIreland = () => aFullTable({ region: 'eu-west-1' }, { name: 'orders' });

const typedAll = async (world: Deployment, heading: string) => {
  const commands = commandsOf(heading);
  expect(commands.length).toBeGreaterThan(1);
  for (const argv of commands) {
    const { exitCode, stdout, stderr } = await restoring(world, argv);
    expect({ argv, exitCode, stdout, stderr }).toMatchObject({ exitCode: 0 });
  }
};

describe('the runbook', () => {
  it('brings a table back that is gone', async () => {
    const world = await inIreland();
    const { timeToLive: _ttl, warm: _warm, ...before } = settingsOf(world.account, 'orders');
    await lose(world, 'orders');
    await typedAll(world, 'A table is gone');
    expect(settingsOf(world.account, 'orders')).toMatchObject(before);
    expect(await world.account.state.items.copyOf(tableOf(world.account, 'orders'))).toHaveLength(
      ITEMS.length,
    );
  });

  it('shows rows that someone deleted an hour ago', async () => {
    const world = await inIreland();
    await world.clock.advanceBy(2 * 3_600_000);
    await typedAll(world, 'Someone deleted rows an hour ago');
    expect(tableNames(world)).toEqual(['orders', 'orders-before', 'tablekeeper-prod-state']);
    const copy = await world.account.state.items.copyOf(tableOf(world.account, 'orders-before'));
    expect(copy).toHaveLength(ITEMS.length);
  });

  it('makes the tables of a Region in another one', async () => {
    const world = await inIreland();
    const there = openRegion(world.account, 'eu-central-1');
    await typedAll(world, 'A Region is gone');
    expect(settingsOf(there, 'orders')).toMatchObject({ deletionProtection: true, pitrDays: 14 });
  });

  it('makes them from copies where the Region does not answer any more', async () => {
    const policies = OFFSITE.replaceAll(THERE, 'eu-central-1');
    const startAt = '2026-03-10T05:00:00Z';
    const world = await deploy({ startAt, rates: 'off', region: 'eu-central-1', policies });
    const { account, clock } = world;
    createVault(account, { name: 'dr' });
    const home = openRegion(account, 'eu-west-1');
    createVault(home, { name: 'tablekeeper' });
    await createFullTable(home, { name: 'orders', items: ITEMS });
    await clock.advanceBy(60 * MINUTE_MS);
    const point = vaultPoint({ account: home, clock }, { table: 'orders' });
    await copied({ account: home, clock }, point, account, DR_ARN.replace(THERE, 'eu-central-1'));
    disableRegion(account, 'eu-west-1');
    const [plan = [], restore = []] = commandsOf('A Region is gone', 1);
    expect(await restoring(world, plan, { policies })).toMatchObject({ exitCode: 0 });
    const { exitCode, stdout } = await restoring(world, restore, { policies });
    expect({ exitCode, stdout }).toMatchObject({ exitCode: 1 });
    expect(stdout).toContain('No settings of orders were ever kept');
    expect(await account.state.items.copyOf(tableOf(account, 'orders'))).toHaveLength(ITEMS.length);
  });
});

interface Statement {
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
}

/** What the nth policy of docs/restore.md allows: the one for all tables, then what replicas need besides. */
const operatorGrants = (nth = 0): readonly Grant[] => {
  const [, json = ''] = [...page('restore.md').matchAll(/```json\n([\s\S]*?)```/g)][nth] ?? [];
  const policy: { readonly Statement: readonly Statement[] } = JSON.parse(
    json.replaceAll('ACCOUNT', '111122223333'),
  );
  return policy.Statement.flatMap(({ Action, Resource }) =>
    [Action].flat().flatMap((action) => [Resource].flat().map((resource) => ({ action, resource }))),
  );
};

/** Everything that the command does, on one account. */
const everyWay = async (world: Deployment) => {
  const COPY = ['Orders', '--at', 'latest', '--target', 'Copy'];
  const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/there';
  const codes = [
    await restoring(world, [...COPY, '--without-indexes', '--yes']),
    await restoring(world, ['--indexes', 'Copy']),
    await restoring(world, ['--list']),
    await restoring(world, ['Orders', '--at', 'latest', '--to-region', 'eu-west-1', '--key', KEY, '--yes']),
  ];
  await forgetManifests(world, 'Orders');
  codes.push(await restoring(world, ['Orders', '--ago', '10min', '--target', 'Second', '--yes']));
  await lose(world, 'Orders');
  codes.push(await restoring(world, ['Ordres', '--at', 'latest', '--yes']));
  const all = ['--ttl', 'on', '--warm', 'as-was', '--as-replacement', '--yes'];
  codes.push(await restoring(world, ['Orders', '--at', 'latest', ...all]));
  return codes.map(({ exitCode }) => exitCode);
};

describe('the policy in docs/restore.md', () => {
  it('has every call that the command makes, and no other', async () => {
    const world = await aFullTable({}, { tags: { app: 'shop', 'backup:policy': 'standard' } });
    const there = openRegion(world.account, 'eu-west-1');
    expect(there.region).toBe('eu-west-1');
    const grants = operatorGrants();
    world.guard.admit(['person'], () => new Map([['person', grants]]));
    expect(await everyWay(world)).toEqual([0, 0, 0, 0, 0, 2, 0]);
    expect(world.guard.refused).toEqual([]);
    const unused = grants
      .map((grant) => grantText('person', grant))
      .filter((text) => !world.guard.used.has(text));
    expect(unused).toEqual([]);
  });

  it('is missed by name where any of it is taken away', async () => {
    for (const gone of [
      'dynamodb:PutResourcePolicy',
      'iam:CreateServiceLinkedRole',
      'dynamodb:TagResource',
    ]) {
      const world = await aFullTable();
      world.account.state.linkedRoles.clear();
      const grants = operatorGrants().filter(({ action }) => action !== gone);
      world.guard.admit(['person'], () => new Map([['person', grants]]));
      const { exitCode, stdout } = await restoring(world, [
        'Orders',
        '--at',
        'latest',
        '--target',
        'Copy',
        '--yes',
      ]);
      expect({ exitCode, stdout }).toMatchObject({ exitCode: 1 });
      expect(stdout.slice(stdout.indexOf('Not put back\n'))).toContain(gone);
    }
  });
});

describe('the policy for backup vaults in docs/restore.md', () => {
  it('has what restoring from them takes besides, and no more', async () => {
    const { world, there, point } = await vaultedTable();
    const plain = vaultPoint(world, { form: 'plain' });
    const copy = await copied(world, point, there);
    const grants = operatorGrants(2);
    const rights = [...operatorGrants(), ...grants];
    world.guard.admit(['person'], () => new Map([['person', rights]]));
    world.account.faults.add({ operation: 'StartRestoreJob', kind: 'timeout-after-effect', times: 1 });
    const named = async (arn: string, ...argv: readonly string[]) =>
      (await offsite(world, ['--recovery-point', arn, ...argv, '--yes'])).exitCode;
    expect(await named(point.arn, '--target', 'First')).toBe(0);
    expect(await named(plain.arn, '--target', 'Second')).toBe(0);
    expect(await named(copy.arn, '--key', 'aws-owned')).toBe(0);
    expect(world.guard.refused).toEqual([]);
    const texts = grants.map((grant) => grantText('person', grant));
    expect(texts.filter((text) => !world.guard.used.has(text))).toEqual([]);
  });

  it.each([
    'backup:DescribeRestoreJob',
    'backup:GetRecoveryPointRestoreMetadata',
    'backup:ListRecoveryPointsByBackupVault',
    'backup:StartRestoreJob',
    'iam:PassRole',
  ])('is missed by name without %s', async (gone) => {
    const { world, point } = await vaultedTable();
    const grants = [...operatorGrants(), ...operatorGrants(2)].filter(({ action }) => action !== gone);
    world.guard.admit(['person'], () => new Map([['person', grants]]));
    await lose(world, 'Orders');
    const { exitCode, stdout, stderr } = await offsite(world, ['Orders', '--at', justAfter(point), '--yes']);
    expect(exitCode).toBeGreaterThan(0);
    expect(stdout + stderr).toContain(gone);
  });
});

describe('the policy for replicas in docs/restore.md', () => {
  /** Restores a table with a replica, with these rights. */
  const withReplica = async (grants: readonly Grant[]) => {
    const world = await deploy({ startAt: '2026-03-10T05:00:00Z', rates: 'off' });
    const { account, clock } = world;
    const there = openRegion(account, 'eu-west-1');
    await createFullTable(account, { name: 'Orders', billingMode: 'PAY_PER_REQUEST' });
    await invokeIn(account)('dynamodb', 'UpdateTable', {
      TableName: 'Orders',
      ReplicaUpdates: [{ Create: { RegionName: 'eu-west-1' } }],
    });
    await clock.advanceBy(30 * MINUTE_MS);
    account.state.linkedRoles.clear();
    world.guard.admit(['person'], () => new Map([['person', grants]]));
    const typed = await restoring(world, ['Orders', '--at', 'latest', '--target', 'Copy', '--yes']);
    return { ...typed, guard: world.guard, made: tablesOf(there).map(({ name }) => name) };
  };

  it('has what making them again takes besides, and no more', async () => {
    const grants = operatorGrants(1);
    const { exitCode, stdout, guard, made } = await withReplica([...operatorGrants(), ...grants]);
    expect({ exitCode, stdout }).toMatchObject({ exitCode: 0 });
    expect(made).toEqual(['Copy', 'Orders']);
    expect(guard.refused).toEqual([]);
    const texts = grants.map((grant) => grantText('person', grant));
    expect(texts.filter((text) => !guard.used.has(text))).toEqual([]);
  });

  it('is missed by name, and nothing else is', async () => {
    const { exitCode, stdout, made } = await withReplica(operatorGrants());
    expect({ exitCode, made }).toEqual({ exitCode: 1, made: ['Orders'] });
    const left = stdout.slice(stdout.indexOf('Not put back\n'), stdout.indexOf('As it was'));
    expect(left).toMatch(/eu-west-1.*dynamodb:CreateTable/);
  });
});
