import { describe, expect, it } from 'vitest';
import { tablesDeleted } from '../../../shared/core/findings/table-deleted-finding.ts';
import type { LostTable } from '../../../shared/core/protection/deletions.ts';
import {
  restoreCommand,
  restoreTableCommand,
  whoChangedCommand,
} from '../../../shared/core/text/commands.ts';
import { DAY_MS, HOUR_MS } from '../../../shared/model/instant.ts';
import type { OpenFinding } from '../../../shared/model/memory.ts';
import type { SystemBackup } from '../../../shared/model/system-backup.ts';
import { aVaultPoint } from '../../support/vaults.ts';
import {
  anOpenFinding,
  aRecoveryPoint,
  dailyRecoveryPoints,
  NO_MEMORY,
  NOW,
  somePolicies,
  TARGET,
} from '../../support/world.ts';

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
  tablesDeleted([table], open, {
    target: TARGET,
    now: NOW,
    memory: NO_MEMORY,
    policies: somePolicies(),
  });

describe('a deleted table', () => {
  it('is announced with its newest recovery points, newest first, and the end of its SYSTEM backup', () => {
    expect(found(lost())).toEqual([
      {
        id: 'table-deleted/Orders',
        kind: 'table-deleted',
        severity: 'warning',
        table: 'Orders',
        fact:
          'Orders, which a policy keeps, was deleted. 7 recovery points are kept, the newest: ' +
          'tablekeeper.prod.standard.20261123T030000Z of 2026-11-23 03:01 UTC, ' +
          'tablekeeper.prod.standard.20261122T030000Z of 2026-11-22 03:01 UTC, ' +
          'tablekeeper.prod.standard.20261121T030000Z of 2026-11-21 03:01 UTC. ' +
          "DynamoDB's own SYSTEM backup Orders$DeletedTableBackup, of the last moment, lives until 2026-12-28 05:00 UTC.",
        measured: 'deleted',
        promised: 'kept recoverable',
        since: NOW,
        advice: {
          say: 'If nobody meant it, restore it under its name, with its settings, and see who deleted it:',
          commands: [
            restoreCommand('Orders', '--at', 'latest', '--as-replacement'),
            whoChangedCommand('Orders', TARGET),
          ],
          next: [
            {
              say: 'Where Tablekeeper is not at hand, AWS restores it without tags, time to live, auto scaling, streams and policies:',
              commands: [restoreTableCommand('Orders', aSystemBackup().id, TARGET)],
            },
          ],
        },
        remedy: expect.any(String),
        needs: aSystemBackup().id,
        subjects: [],
      },
    ]);
  });

  it.each([
    {
      name: 'without anything left',
      table: lost({ systemBackups: [], points: [] }),
      left: 'No recovery point that Tablekeeper made can be restored. DynamoDB shows no SYSTEM backup of it: it makes one only where point-in-time recovery was on.',
    },
    {
      name: 'with one recovery point, and a SYSTEM backup that has ended',
      table: lost({ points: [aRecoveryPoint()], systemBackups: [aSystemBackup({ expiresAt: NOW })] }),
      left: "1 recovery point is kept, the newest: tablekeeper.prod.standard.20261123T030000Z of 2026-11-23 03:01 UTC. DynamoDB's own SYSTEM backup Orders$DeletedTableBackup ended at 2026-11-23 05:00 UTC.",
    },
  ])('is announced with what is left: $name', ({ table, left }) => {
    expect(found(table)[0]?.fact).toBe(`Orders, which a policy keeps, was deleted. ${left}`);
  });

  it.each([
    {
      name: 'from our newest where there is no SYSTEM backup',
      table: lost({ systemBackups: [] }),
    },
    {
      name: 'from our newest where the SYSTEM backup of a former deletion has ended',
      table: lost({ systemBackups: [aSystemBackup({ expiresAt: NOW })] }),
    },
  ])('is restored $name', ({ table }) => {
    expect(found(table)[0]?.advice.next?.[0]?.commands).toEqual([
      restoreTableCommand('Orders', aRecoveryPoint().id, TARGET),
    ]);
  });

  it('is restored where its copies are, and tagged there, where they alone are left', () => {
    const copy = aVaultPoint({ id: 'arn:aws:backup:eu-west-1:111122223333:recovery-point:copy' });
    const there = { ...copy, location: { target: { ...TARGET, region: 'eu-west-1' }, vault: 'dr' } };
    const advice = found(lost({ systemBackups: [], points: [], copies: [there], policies: ['standard'] }))[0]
      ?.advice;
    expect(advice?.say).toContain('the table is made in eu-west-1');
    const tags = advice?.next
      ?.flatMap(({ commands }) => commands)
      .filter((command) => command.includes('tag-resource'));
    expect(tags?.[0]?.join(' ')).toMatch(/--region eu-west-1 .*arn:aws:dynamodb:eu-west-1:/);
  });

  it.each([
    { name: 'nothing', points: [] },
    { name: 'one that was still being made', points: [aRecoveryPoint({ status: 'creating' })] },
  ])('is only looked into where there is $name to restore it from', ({ points }) => {
    expect(found(lost({ systemBackups: [], points }))[0]?.advice).toEqual({
      say: 'Nothing is left to restore it from. See who deleted it:',
      commands: [whoChangedCommand('Orders', TARGET)],
    });
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
    { name: 'something else of it is open for long', open: [known({ openedAt: NOW - DAY_MS })] },
  ])('is announced although $name', ({ open }) => {
    expect(found(lost(), open)).toHaveLength(1);
  });
});
