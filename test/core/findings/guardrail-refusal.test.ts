import { expect, it } from 'vitest';
import { expiryDigest } from '../../../shared/core/text/digest.ts';
import { aContext } from '../../support/check-context.ts';
import { describeHere, type Example, exampleIn, seen, textOf } from '../../support/kind-example.ts';

export const example = (): Example =>
  seen(
    {},
    {
      guardrail: {
        digest: expiryDigest(['a', 'b']),
        expiries: 830,
        tables: ['Orders', 'Returns', 'Users'],
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

const refusing = (given: Parameters<typeof aContext>[0]): string =>
  textOf('guardrail-refusal', exampleIn(aContext(given)));

describeHere(import.meta, 'guardrail-refusal', () => {
  it('reads so of one table, and of two under two policies', () => {
    const limits = { maxShare: 0.5, floor: 5_000 };
    const worst = { table: 'Orders', lost: 6_000, available: 9_000 };
    const excess = { policy: 'standard', expiries: 6_000, worst };
    const refusal = { digest: 'cbf29ce484222325', expiries: 7_000, tables: ['Orders'], limits };
    const one = refusing({ guardrail: { ...refusal, excesses: [{ ...excess, tables: ['Orders'] }] } });
    const weekly = { policy: 'weekly', tables: ['Orders', 'Users'], expiries: 6_007, worst };
    const all = refusing({
      guardrail: { ...refusal, excesses: [{ ...excess, tables: ['Orders'] }, weekly] },
    });
    expect(one + all).toMatchInlineSnapshot(`
      "
      warning guardrail-refusal policy=standard
        The rules would delete 7,000 recovery points of Orders. Over the limit: 6,000 of 9,000 recovery points of Orders under standard (67 %); the guardrail allows at most 50 % of a table's recovery points or of how far back they reach. Nothing was deleted.
        6,000 of 9,000 recovery points of Orders under standard (67 %) (at most 50 % of a table's recovery points or of how far back they reach) since 2026-11-23T05:00:00Z
        See which ones and why. Undo the change of a policy, a tag or a hold that caused it, or have exactly these 7,000 deleted:
          tablekeeper plan
          tablekeeper run prune --approve cbf29ce484222325

      warning guardrail-refusal
        The rules would delete 7,000 recovery points of Orders. Over the limit: 6,000 of 9,000 recovery points of Orders under standard (67 %); 6,000 of 9,000 recovery points of Orders under weekly (67 %), the worst of 2 tables over the limit (6,007 recovery points in all); the guardrail allows at most 50 % of a table's recovery points or of how far back they reach. Nothing was deleted. Tables over the limit: Orders, Users.
        6,000 of 9,000 recovery points of Orders under standard (67 %); 6,000 of 9,000 recovery points of Orders under weekly (67 %), the worst of 2 tables over the limit (6,007 recovery points in all) (at most 50 % of a table's recovery points or of how far back they reach) since 2026-11-23T05:00:00Z
        See which ones and why. Undo the change of a policy, a tag or a hold that caused it, or have exactly these 7,000 deleted:
          tablekeeper plan
          tablekeeper run prune --approve cbf29ce484222325
      "
    `);
  });
});
