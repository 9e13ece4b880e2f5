import { expect, it } from 'vitest';
import { tableDeletedFinder } from '../../../shared/core/findings/table-deleted.ts';
import { DAY_MS, MINUTE_MS } from '../../../shared/model/instant.ts';
import type { OpenFinding } from '../../../shared/model/memory.ts';
import type { Observation } from '../../../shared/model/observation.ts';
import { aContext } from '../../support/check-context.ts';
import { aFailure } from '../../support/failures.ts';
import { describeHere, type Example, exampleIn, seen, textOf } from '../../support/kind-example.ts';
import {
  anObservation,
  anOpenFinding,
  aTable,
  dailyRecoveryPoints,
  NOW,
  someDetails,
  tableIdOf,
} from '../../support/world.ts';

export const example = (): Example =>
  exampleIn({
    ...aContext(),
    lostTables: [
      {
        name: 'Carts',
        wasGoverned: true,
        points: dailyRecoveryPoints(7, { tableName: 'Carts' }),
        systemBackups: [
          {
            id: 'arn:aws:dynamodb:eu-central-1:111122223333:table/Carts/backup/01795410000000-7f2c11aa',
            name: 'Carts$DeletedTableBackup',
            tableName: 'Carts',
            tableId: tableIdOf('Carts'),
            createdAt: NOW - MINUTE_MS,
            expiresAt: NOW + 35 * DAY_MS - MINUTE_MS,
          },
        ],
      },
    ],
  });

const deleted = (overrides: Partial<OpenFinding> = {}): OpenFinding =>
  anOpenFinding({
    id: 'table-deleted/Lost',
    kind: 'table-deleted',
    severity: 'warning',
    table: 'Lost',
    openedAt: NOW - 34 * DAY_MS,
    ...overrides,
  });

const foundIn = (observation: Partial<Observation>, open: readonly OpenFinding[] = [deleted()]) =>
  tableDeletedFinder.find(aContext({ observation: anObservation(observation), openFindings: open }));

const seeing = (...given: Parameters<typeof seen>): string => textOf('table-deleted', seen(...given));

describeHere(import.meta, 'table-deleted', () => {
  it('repeats what was said while it is open', () => {
    const announced = { kind: 'table-deleted', severity: 'warning', fact: 'Gone was deleted.' } as const;
    const told = { returns: [NOW], flapping: true, toldSeverity: 'info' } as const;
    const openFindings = [anOpenFinding({ id: 'table-deleted/Gone', table: 'Gone', ...announced, ...told })];
    expect(seeing({}, { openFindings })).toMatchInlineSnapshot(`
      "
      info table-deleted/Gone table=Gone
        Gone was deleted.
        off (on, 35 days) since 2026-11-23T04:00:00Z
        Switch it on.
      "
    `);
  });

  it('reads so', () => {
    expect(textOf('table-deleted', example())).toMatchInlineSnapshot(`
      "
      warning table-deleted/Carts table=Carts needs=arn:aws:dynamodb:eu-central-1:111122223333:table/Carts/backup/01795410000000-7f2c11aa
        Carts, which a policy keeps, was deleted. 7 recovery points are kept, the newest: tablekeeper.prod.standard.20261123T030000Z of 2026-11-23 03:01 UTC, tablekeeper.prod.standard.20261122T030000Z of 2026-11-22 03:01 UTC, tablekeeper.prod.standard.20261121T030000Z of 2026-11-21 03:01 UTC. DynamoDB's own SYSTEM backup Carts$DeletedTableBackup, of the last moment, lives until 2026-12-28 04:59 UTC.
        deleted (kept recoverable) since 2026-11-23T04:59:00Z
        If nobody meant it, restore it under its name, and see who deleted it:
          aws dynamodb restore-table-from-backup --region eu-central-1 --target-table-name Carts --backup-arn arn:aws:dynamodb:eu-central-1:111122223333:table/Carts/backup/01795410000000-7f2c11aa
          aws cloudtrail lookup-events --region eu-central-1 --lookup-attributes AttributeKey=ResourceName,AttributeValue=Carts
      "
    `);
  });
});

describeHere(import.meta, 'a deletion that was announced', () => {
  it('stays open as information, with what was said of it', () => {
    const [finding, ...others] = foundIn({});
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ id: 'table-deleted/Lost', severity: 'info', fact: deleted().fact });
  });

  const going = aTable({ name: 'Lost', details: someDetails('Lost', { status: 'DELETING' }) });

  it.each([
    { name: 'stays while the table is still going', seen: { tables: [going] }, open: [deleted()], is: 1 },
    {
      name: 'is over when the table is there again',
      seen: { tableNames: ['Lost', 'Orders'] },
      open: [deleted()],
      is: 0,
    },
    { name: 'is over after 35 days', seen: {}, open: [deleted({ openedAt: NOW - 35 * DAY_MS })], is: 0 },
    {
      name: 'is over when the table is there again, while another is going',
      seen: {
        tables: [aTable({ details: someDetails('Orders', { status: 'DELETING' }) })],
        tableNames: ['Lost', 'Orders'],
      },
      open: [deleted()],
      is: 0,
    },
    {
      name: 'is not judged by a list of names with a gap',
      seen: { gaps: [{ facet: 'table-names' as const, failure: aFailure('throttled') }] },
      open: [deleted()],
      is: 0,
    },
    { name: 'is nothing that a check finds by itself', seen: {}, open: [], is: 0 },
    {
      name: 'is over where it names no table',
      seen: {},
      open: [{ ...deleted(), table: undefined } as unknown as OpenFinding],
      is: 0,
    },
    {
      name: 'stays until 35 days are over',
      seen: {},
      open: [deleted({ openedAt: NOW - 35 * DAY_MS + 1 })],
      is: 1,
    },
    {
      name: 'is not confused with other findings',
      seen: {},
      open: [anOpenFinding({ table: 'Lost' })],
      is: 0,
    },
  ])('$name', ({ seen, open, is }) => {
    expect(foundIn(seen, open)).toHaveLength(is);
  });
});
