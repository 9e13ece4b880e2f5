import { expect, it } from 'vitest';
import { expiryDigest } from '../../../shared/core/text/digest.ts';
import { describeHere, type Example, seen, textOf } from '../../support/kind-example.ts';

export const example = (): Example =>
  seen(
    {},
    {
      guardrail: {
        digest: expiryDigest(['a', 'b']),
        limits: { maxShare: 0.5, floor: 5 },
        excesses: [
          {
            policy: 'standard',
            tables: ['Orders', 'Users'],
            expiries: 812,
            worst: { table: 'Orders', lost: 540, available: 600 },
          },
        ],
      },
    },
  );

describeHere(import.meta, 'guardrail-refusal', () => {
  it('reads so', () => {
    expect(textOf('guardrail-refusal', example())).toMatchInlineSnapshot(`
      "
      warning guardrail-refusal policy=standard
        The rules would delete 540 of 600 recovery points of Orders under standard (90 %), the worst of 2 tables over the limit (812 recovery points in all); the guardrail allows at most 50 % of a table's recovery points or of how far back they reach. Nothing was deleted. Tables: Orders, Users.
        540 of 600 recovery points of Orders under standard (90 %), the worst of 2 tables over the limit (812 recovery points in all) (at most 50 % of a table's recovery points or of how far back they reach) since 2026-11-23T05:00:00Z
        See which ones and why. Undo the policy change that caused it, or approve exactly this set:
          tablekeeper plan
          tablekeeper run prune --approve 78ed6781f136a14e
      "
    `);
  });
});
