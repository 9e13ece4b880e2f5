import { expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../../shared/model/instant.ts';
import { aDrillState } from '../../support/drills.ts';
import { describeHere, type Example, inDrills, textOf } from '../../support/kind-example.ts';
import { NOW } from '../../support/world.ts';

export const example = (): Example =>
  inDrills(
    aDrillState({
      refused: {
        ...{ policy: 'standard', reason: 'cap', since: NOW - DAY_MS, at: NOW - HOUR_MS },
        ...{ usd: 6.2, spentUsd: 17.5, capUsd: 20 },
      },
    }),
  );

describeHere(import.meta, 'drill-cap-reached', () => {
  it('reads so', () => {
    expect(textOf('drill-cap-reached', example())).toMatchInlineSnapshot(`
      "
      warning drill-cap-reached
        The drills of this month cost about $17.50 of $20.00 already, and 1 more for about $6.20 had to be put off: Orders.
        $23.70 (at most $20.00 a month) since 2026-11-22T05:00:00Z
        Raise drills.maxMonthlyUsd in the policy file, drill less often or at the level described, or let large tables out with maxSizeGb; else they wait for the next month.
      "
    `);
  });
});
