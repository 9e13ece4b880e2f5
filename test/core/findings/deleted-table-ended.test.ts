import { expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../../shared/model/instant.ts';
import { describeHere, type Example, seen, textOf, withAfterDeletion } from '../../support/kind-example.ts';
import { aRecoveryPoint, NOW, tableIdOf } from '../../support/world.ts';

export const example = (): Example =>
  seen(
    { tableNames: ['Orders'], recoveryPoints: [aRecoveryPoint()] },
    {
      policies: withAfterDeletion(30),
      memory: {
        pitrBaselines: [],
        goneLookedAt: NOW - 6 * HOUR_MS,
        goneTables: [
          {
            goneTable: 'pr-12-orders',
            tableId: tableIdOf('pr-12-orders'),
            policies: ['standard'],
            since: NOW - 31 * DAY_MS,
            toldAt: NOW - 9 * DAY_MS,
            dueAt: NOW - DAY_MS,
            deleted: { points: 7, at: NOW - 8 * HOUR_MS },
            endedAt: NOW - 6 * HOUR_MS,
          },
        ],
      },
    },
  );

describeHere(import.meta, 'deleted-table-ended', () => {
  it('reads so', () => {
    expect(textOf('deleted-table-ended', example())).toMatchInlineSnapshot(`
      "
      info deleted-table-ended/pr-12-orders table=pr-12-orders
        Tablekeeper deleted the last 7 recovery points of pr-12-orders, in the run of 2026-11-22 21:00 UTC. The table was gone since 2026-10-23 05:00 UTC, and afterDeletion of standard kept them no longer, as people were told by 2026-11-14 05:00 UTC. Nothing that this deployment made of it is left here.
        7 deleted (kept for the time of afterDeletion) since 2026-11-22T21:00:00Z
        Nothing has to be done if this is meant. What else there is of it, such as backups that people made:
          tablekeeper explain pr-12-orders
      "
    `);
  });
});
