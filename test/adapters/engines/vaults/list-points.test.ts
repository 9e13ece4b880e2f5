import { describe, expect, it } from 'vitest';
import { vaultArn } from '../../../../shared/model/vault-arn.ts';
import { openAccount } from '../../../../sim/console/accounts.ts';
import { setPointStatus } from '../../../../sim/console/backup-trouble.ts';
import { openRegion } from '../../../../sim/console/regions.ts';
import { createTable, tableOf } from '../../../../sim/console/tables.ts';
import {
  createPoint,
  createVault,
  setVaultLock,
  setVaultPolicy,
  startCopy,
} from '../../../../sim/console/vaults.ts';
import { NOW, TARGET } from '../../connect.ts';
import { DAY, MAIN, markOf, ROLE, SLOT, THEIRS, vaultWorld } from './world.ts';

const FAR_ACCOUNT = '999922223333';
const named = (name: string) => ({ target: TARGET, name });
const DR = { target: { ...TARGET, region: 'eu-west-1' }, name: 'dr' };
const ORIGIN = { instance: 'prod', policy: 'offsite', slot: SLOT };

describe('the status of a recovery point', () => {
  it.each([
    ['AVAILABLE', 'available'],
    ['COMPLETED', 'available'],
    ['CREATING', 'creating'],
    ['DELETING', 'deleting'],
    ['EXPIRED', 'expired'],
    ['PARTIAL', 'unusable'],
    ['STOPPED', 'unusable'],
    ['PONDERING', 'unknown'],
  ] as const)('%s is %s', async (word, status) => {
    const { account, list, logged, own } = vaultWorld();
    setPointStatus(account, own().arn, word);
    expect((await list()).items).toMatchObject([{ status }]);
    expect(logged).toHaveLength(status === 'unknown' ? 1 : 0);
  });
});

describe('whose a recovery point is', () => {
  it('stands in its mark, which binds it to its vault and table', async () => {
    const { account, list, own } = vaultWorld();
    own();
    const tableId = tableOf(account, 'orders').id;
    expect((await list()).items).toMatchObject([
      { origin: ORIGIN, tableId, name: 'tablekeeper.prod.offsite.20261122T050000Z', engine: 'aws-backup' },
    ]);
  });

  it.each(['AccessDeniedException', 'InvalidParameterValueException', 'ResourceNotFoundException'] as const)(
    'stands in none of a plain one, and its tags are not asked for, whatever they would be answered with: %s',
    async (plainTags) => {
      const { list, own, sent } = vaultWorld({ plainTags });
      const { arn } = own({ form: 'plain' });
      const { items, unread } = await list();
      expect(items).toMatchObject([{ id: arn, unproven: true }]);
      expect(items[0]).not.toHaveProperty('origin');
      expect(unread).toBeUndefined();
      expect(sent.filter(({ path }) => path.startsWith('/tags'))).toEqual([]);
    },
  );

  it('is what was noted of it, without another look', async () => {
    const { list, own, sent } = vaultWorld();
    const { arn } = own({ form: 'plain' });
    const known = new Map([[arn, { origin: ORIGIN, tableId: 'noted' }]]);
    expect((await list({ vaults: [MAIN], known })).items).toMatchObject([
      { origin: ORIGIN, tableId: 'noted' },
    ]);
    expect(sent.filter(({ path }) => path.startsWith('/tags'))).toEqual([]);
  });

  it.each([
    { name: 'none', tags: {} },
    { name: 'one of no form', tags: { 'tablekeeper:recovery-point': 'true' } },
    {
      name: 'one of another account, in a table of the same name',
      tags: {
        'tablekeeper:recovery-point': markOf('id').replace(TARGET.accountId, FAR_ACCOUNT),
      },
    },
  ])('is nobody’s that is known where its mark is $name', async ({ tags }) => {
    const { list, own } = vaultWorld();
    own({ tags, iamRoleArn: THEIRS });
    const [point] = (await list()).items;
    expect(point).not.toHaveProperty('origin');
    expect(point).not.toHaveProperty('unproven');
  });

  it('is not decided by a mark in another vault: that one is a copy', async () => {
    const { account, list, own } = vaultWorld();
    createVault(account, { name: 'theirs' });
    own({ vault: 'theirs', iamRoleArn: THEIRS });
    const [point] = (await list({ vaults: [named('theirs')] })).items;
    expect(point).toMatchObject({ origin: ORIGIN, copyOf: expect.any(String) });
  });

  it('that cannot be read leaves the vault unread', async () => {
    const { account, list, own } = vaultWorld();
    own();
    account.faults.add({ operation: 'ListTags', kind: 'access-denied' });
    expect(await list()).toMatchObject({ items: [], unread: [{ vault: vaultArn(MAIN) }] });
  });
});

describe('a vault', () => {
  it('of more than a page is read to its end', async () => {
    const { account, list, sent } = vaultWorld();
    for (let at = 0; at < 1_203; at += 1)
      createPoint(account, {
        table: 'orders',
        vault: 'main',
        form: 'plain',
        createdAt: NOW - (at + 1) * 3_600_000,
      });
    expect((await list()).items).toHaveLength(1_203);
    expect(sent.filter(({ path }) => path.endsWith('/main/recovery-points'))).toHaveLength(2);
  });

  it('that may not be read hides no other', async () => {
    const { account, list } = vaultWorld();
    for (const name of ['denied', 'third']) createVault(account, { name });
    for (const vault of ['main', 'denied', 'third'])
      createPoint(account, { table: 'orders', vault, form: 'advanced' });
    setVaultPolicy(account, 'denied', {
      Statement: [
        { Effect: 'Deny', Principal: '*', Action: 'backup:ListRecoveryPointsByBackupVault', Resource: '*' },
      ],
    });
    const { items, unread } = await list({ vaults: [MAIN, named('denied'), named('third')] });
    expect(items.map(({ location }) => location.vault).toSorted()).toEqual(['main', 'third']);
    expect(unread).toMatchObject([
      { vault: vaultArn(named('denied')), failure: { code: 'AccessDeniedException' } },
    ]);
  });

  it.each(['access-denied', 'not-found'] as const)(
    'that is not there is told from one that may not be read (%s)',
    async (missingVault) => {
      const { list } = vaultWorld({ missingVault });
      expect(await list({ vaults: [named('gone')] })).toMatchObject({
        unread: [{ failure: { kind: 'own', code: 'not-there' } }],
      });
    },
  );

  it('of a Region that nobody enabled is unread, and the others go on', async () => {
    const { list, own } = vaultWorld();
    own();
    const { items, unread } = await list({ vaults: [MAIN, DR] });
    expect(items).toHaveLength(1);
    expect(unread).toMatchObject([{ vault: vaultArn(DR) }]);
  });

  it('with a lock keeps what is younger than its shortest retention, and says until when', async () => {
    const { account, list, own } = vaultWorld();
    own({ createdAt: NOW - 3 * DAY });
    own({ createdAt: NOW - 40 * DAY });
    setVaultLock(account, 'main', { minDays: 30 });
    const [old, young] = (await list()).items;
    expect(old).not.toHaveProperty('heldBy');
    expect(young?.heldBy).toEqual([{ kind: 'vault-lock', until: NOW + 27 * DAY }]);
    setVaultLock(account, 'main', { maxDays: 400 });
    expect((await list()).items.map(({ heldBy }) => heldBy)).toEqual([
      [{ kind: 'vault-lock' }],
      [{ kind: 'vault-lock' }],
    ]);
  });
});

describe('a recovery point', () => {
  it('is as old as AWS Backup says, cold or not, and has its end', async () => {
    const { list, own } = vaultWorld();
    own({
      createdAt: NOW - 20 * DAY,
      lifecycle: { MoveToColdStorageAfterDays: 8, DeleteAfterDays: 365 },
    });
    own({ lifecycle: { MoveToColdStorageAfterDays: 8, DeleteAfterDays: 365 } });
    const [cold, warm] = (await list()).items;
    expect(cold).toMatchObject({ isCold: true, createdAt: NOW - 20 * DAY, deletesAt: NOW + 345 * DAY });
    expect(warm).not.toHaveProperty('isCold');
  });

  it('of a table that is gone, or of another of its name, is listed with its table', async () => {
    const { account, list, own } = vaultWorld();
    own();
    account.state.tables.remove(tableOf(account, 'orders'));
    createTable(account, { name: 'orders' });
    const [point] = (await list()).items;
    expect(point?.tableName).toBe('orders');
    expect(point?.tableId).not.toBe('');
  });

  it('in another Region is a copy with the date of its source', async () => {
    const { account, clock, list, own } = vaultWorld();
    createVault(openRegion(account, 'eu-west-1'), { name: 'dr' });
    const point = own();
    startCopy(account, { point, destinationVaultArn: vaultArn(DR), iamRoleArn: ROLE });
    await clock.advanceBy(DAY);
    const [copy] = (await list({ vaults: [DR] })).items;
    expect(copy).toMatchObject({
      copyOf: expect.any(String),
      location: { vault: 'dr' },
      origin: ORIGIN,
      createdAt: point.createdAt,
    });
  });

  it('of another account’s table of the same name is none of ours, unless any home is asked for', async () => {
    const { account, list } = vaultWorld();
    const theirs = openAccount(account, FAR_ACCOUNT, { region: TARGET.region });
    createTable(theirs, { name: 'orders' });
    createVault(theirs, { name: 'main' });
    const foreign = createPoint(theirs, { table: 'orders', vault: 'main', form: 'advanced' });
    account.state.backup.points.add({ ...foreign, vaultName: 'main' });
    expect((await list()).items).toEqual([]);
    expect((await list({ vaults: [MAIN], ofAnyHome: true })).items).toMatchObject([
      { home: { accountId: FAR_ACCOUNT }, tableName: 'orders' },
    ]);
  });
});
