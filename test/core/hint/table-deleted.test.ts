import { describe, expect, it } from 'vitest';
import { type LostTable, tablesDeleted } from '../../../shared/core/hint/table-deleted.ts';
import { DAY_MS, HOUR_MS } from '../../../shared/model/instant.ts';
import type { OpenFinding } from '../../../shared/model/memory.ts';
import type { SystemBackup } from '../../../shared/model/system-backup.ts';
import { anOpenFinding, aRecoveryPoint, dailyRecoveryPoints, NOW, TARGET } from '../../support/world.ts';

const aSystemBackup = (overrides: Partial<SystemBackup> = {}): SystemBackup => ({
  id: 'arn:aws:dynamodb:eu-central-1:111122223333:table/Orders/backup/01795413600000-00000000',
  name: 'Orders$DeletedTableBackup',
  tableName: 'Orders',
  tableId: 'id-of-Orders',
  createdAt: NOW,
  expiresAt: NOW + 35 * DAY_MS,
  ...overrides,
});

const lost = (overrides: Partial<LostTable> = {}): LostTable => ({
  name: 'Orders',
  wasGoverned: true,
  points: dailyRecoveryPoints(7),
  systemBackups: [aSystemBackup()],
  ...overrides,
});

const found = (table: LostTable, open: readonly OpenFinding[] = []) =>
  tablesDeleted([table], open, { target: TARGET, now: NOW });

describe('a deleted table', () => {
  it('is announced with its newest recovery points, newest first, and the end of its SYSTEM backup', () => {
    expect(found(lost())).toEqual([
      expect.objectContaining({
        id: 'table-deleted/Orders',
        severity: 'warning',
        table: 'Orders',
        fact:
          'Orders, which a policy keeps, was deleted. 7 recovery points of ours are kept, the newest: ' +
          'tablekeeper.prod.standard.20261123T030000Z of 2026-11-23 03:01 UTC, ' +
          'tablekeeper.prod.standard.20261122T030000Z of 2026-11-22 03:01 UTC, ' +
          'tablekeeper.prod.standard.20261121T030000Z of 2026-11-21 03:01 UTC. ' +
          "DynamoDB's own SYSTEM backup Orders$DeletedTableBackup, of the last moment, lives until 2026-12-28 05:00 UTC.",
      }),
    ]);
  });

  it.each([
    {
      name: 'is restored from the SYSTEM backup, which is newest',
      table: lost(),
      advises: `--target-table-name Orders --backup-arn ${aSystemBackup().id}`,
    },
    {
      name: 'is restored from our newest where there is no SYSTEM backup',
      table: lost({ systemBackups: [] }),
      advises: `--backup-arn ${aRecoveryPoint().id}`,
    },
    {
      name: 'is restored from our newest where the SYSTEM backup of a former deletion has ended',
      table: lost({ systemBackups: [aSystemBackup({ expiresAt: NOW })] }),
      advises: `--backup-arn ${aRecoveryPoint().id}`,
    },
    {
      name: 'is not restored from one that was still being made',
      table: lost({ systemBackups: [], points: [aRecoveryPoint({ status: 'creating' })] }),
      advises: 'Nothing is left to restore it from.',
    },
    {
      name: 'without anything left is looked into all the same',
      table: lost({ systemBackups: [], points: [] }),
      advises: 'aws cloudtrail lookup-events',
    },
  ])('$name', ({ table, advises }) => {
    expect(found(table)[0]?.advice).toContain(advises);
  });

  const known = (overrides: Partial<OpenFinding>) => anOpenFinding({ table: 'Orders', ...overrides });

  it.each([
    { name: 'that no policy kept', table: lost({ wasGoverned: false }), open: [] },
    { name: 'of a restore test', table: lost({ name: 'awsbackup-restore-test-7' }), open: [] },
    { name: 'that was announced', table: lost(), open: [known({ kind: 'table-deleted' })] },
    {
      name: 'that audits have told of for an hour',
      table: lost(),
      open: [known({ kind: 'recovery-points-of-lost-table', openedAt: NOW - HOUR_MS })],
    },
  ])('$name is not announced', ({ table, open }) => {
    expect(found(table, open)).toEqual([]);
  });

  it.each([
    {
      name: 'an audit told of its recovery points just before',
      open: [known({ kind: 'recovery-points-of-lost-table', openedAt: NOW - HOUR_MS + 1 })],
    },
    { name: 'another table was announced', open: [known({ kind: 'table-deleted', table: 'Carts' })] },
    { name: 'something else of it is open', open: [known({})] },
  ])('is announced although $name', ({ open }) => {
    expect(found(lost(), open)).toHaveLength(1);
  });
});
