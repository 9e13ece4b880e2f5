import { describe, expect, it } from 'vitest';
import { deletedSection, deletedTablesOf } from '../../../../shared/core/messages/digest/deleted.ts';
import { digestSections } from '../../../../shared/core/messages/digest/sections.ts';
import { lookAtAll } from '../../../../shared/run/look.ts';
import { createBackup } from '../../../../sim/console/backups.ts';
import { deleteTable } from '../../../../sim/console/tables.ts';
import { aDeployment, addTable } from '../../../cli/world.ts';
import { NOW } from '../../../support/world.ts';
import { aDigest } from './world.ts';

const aPrice = (usd: number) => ({ usd, lacks: [] });

const DEV = { instance: 'dev', target: { region: 'eu-central-1' } };

describe('what deleted tables still cost', () => {
  it('is the recovery points of this instance alone, of tables that are gone', async () => {
    const deployment = await aDeployment();
    addTable(deployment, 'review-17', 3);
    const { account, asPerson, clock } = deployment;
    createBackup(account, { table: 'review-17', name: 'by-hand' });
    deleteTable(account, 'review-17');
    await clock.advanceBy(60_000);
    const { observation } = await clock.run(lookAtAll(asPerson));
    expect(deletedTablesOf(observation, 'prod')).toEqual({
      tables: ['review-17'],
      points: 3,
      size: { bytes: 3_600_000_000, unsized: 0 },
      // At the price of the Region, us-east-1.
      monthly: { usd: expect.closeTo(3.6 * 0.1), lacks: [] },
      ending: [],
    });
    expect(deletedTablesOf(observation, 'dev')).toBeUndefined();
    const { tableNames: _, ...withoutNames } = observation;
    expect(deletedTablesOf(withoutNames, 'prod')).toBeUndefined();
  });

  it('is said with the size and the price', () => {
    const deleted = {
      tables: ['review-17', 'review-18'],
      points: 6,
      size: { bytes: 36_000_000_000, unsized: 0 },
      monthly: aPrice(3.6),
      ending: [],
    };
    expect(deletedSection(deleted, DEV).lines[0]).toBe(
      '2 deleted tables still have 6 recovery points, 36 GB, about $3.60 a month: review-17, review-18.',
    );
    expect(deletedSection({ ...deleted, monthly: aPrice(0.001) }, DEV).lines[0]).toContain(
      'less than a cent a month',
    );
    const unknown = { usd: 0, lacks: ['the price of backups in mx-central-1'] };
    expect(deletedSection({ ...deleted, monthly: unknown }, DEV).lines[0]).toContain(
      'at a price that is not known',
    );
    expect(digestSections(aDigest({ deleted }), NOW, DEV).map(({ title }) => title)).toContain(
      'deleted tables',
    );
    expect(digestSections(aDigest(), NOW, DEV).map(({ title }) => title)).not.toContain('deleted tables');
  });

  it.each([
    { name: 'nothing ends', ending: [], says: ['They stay until someone deletes them.'] },
    {
      name: 'some end',
      ending: [{ table: 'review-17', at: NOW }],
      says: [
        'By afterDeletion of its policy Tablekeeper deletes what that has left of review-17 from 2026-11-23 05:00 UTC on. To keep what is left of a table: npx tablekeeper keep TABLE --region eu-central-1 --instance dev',
        'The others stay until someone deletes them.',
      ],
    },
    {
      name: 'all end',
      ending: ['review-17', 'review-18'].map((table) => ({ table, at: NOW })),
      says: [
        'By afterDeletion of its policy Tablekeeper deletes what that has left of review-17 from 2026-11-23 05:00 UTC on, review-18 from 2026-11-23 05:00 UTC on. To keep what is left of a table: npx tablekeeper keep TABLE --region eu-central-1 --instance dev',
      ],
    },
  ])('is said with what becomes of it where $name', ({ ending, says }) => {
    const tables = ['review-17', 'review-18'];
    const deleted = {
      tables,
      points: 6,
      size: { bytes: 36_000_000_000, unsized: 0 },
      monthly: aPrice(3.6),
      ending,
    };
    expect(deletedSection(deleted, DEV).lines.slice(1)).toEqual(says);
  });
});
