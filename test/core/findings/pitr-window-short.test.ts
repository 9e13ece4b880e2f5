import { expect, it } from 'vitest';
import { aRepair } from '../../support/attempts.ts';
import { describeHere, type Example, pointsOf, seen, tables, textOf } from '../../support/kind-example.ts';
import { aPitr, aTable } from '../../support/world.ts';

export const example = (): Example => seen({ tables: [aTable({ pitr: aPitr({ recoveryPeriodDays: 7 }) })] });

const seeing = (...given: Parameters<typeof seen>): string => textOf('pitr-window-short', seen(...given));

describeHere(import.meta, 'pitr-window-short', () => {
  it('reads so, also where the run sets it again', () => {
    const repairs = [aRepair({ table: 'b' })];
    const some = tables(
      { name: 'a', pitr: aPitr({ recoveryPeriodDays: 7 }) },
      { name: 'b', pitr: aPitr({ recoveryPeriodDays: 1 }) },
    );
    expect(
      seeing({ tables: some, recoveryPoints: pointsOf(some) }, { plannedRepairs: repairs }),
    ).toMatchInlineSnapshot(`
      "
      warning pitr-window-short/a table=a needs=35 days
        Point-in-time recovery of a keeps 7 days; standard promises 35 days.
        7 days (35 days) since 2026-11-23T05:00:00Z
        Set the period again:
          aws dynamodb update-continuous-backups --region eu-central-1 --table-name a --point-in-time-recovery-specification PointInTimeRecoveryEnabled=true,RecoveryPeriodInDays=35

      warning pitr-window-short/b table=b needs=nothing, this run sets it again
        Point-in-time recovery of b keeps 1 day; standard promises 35 days.
        1 day (35 days) since 2026-11-23T05:00:00Z
        This run sets the period again; the window grows back day by day.
      "
    `);
  });
});
