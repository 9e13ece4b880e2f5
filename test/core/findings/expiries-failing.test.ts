import { expect, it } from 'vitest';
import type { Outcome } from '../../../shared/model/outcome.ts';
import { anExpire, anOutcome } from '../../support/attempts.ts';
import { aCallFailure } from '../../support/failures.ts';
import { attempted, describeHere, type Example, textOf } from '../../support/kind-example.ts';
import { dailyRecoveryPoints } from '../../support/world.ts';

export const example = (): Example =>
  attempted(
    anOutcome(
      anExpire(),
      'failed',
      aCallFailure('DeleteBackup', 'AccessDeniedException', 'explicit deny in a service control policy'),
    ),
  );

describeHere(import.meta, 'expiries-failing', () => {
  it('reads so of three of a policy, with two causes', () => {
    const outcomes: readonly Outcome[] = [
      ...dailyRecoveryPoints(2).map((recoveryPoint) =>
        anOutcome(anExpire({ recoveryPoint }), 'refused', aCallFailure('DeleteBackup', 'DeniedException')),
      ),
      anOutcome(
        anExpire({ table: 'Users' }),
        'failed',
        aCallFailure('DeleteBackup', 'InternalServerError', 'oh'),
      ),
    ];
    expect(textOf('expiries-failing', attempted(...outcomes))).toMatchInlineSnapshot(`
      "
      warning expiries-failing/standard policy=standard
        3 recovery points under standard could not be deleted, of Orders, Users: DeleteBackup: DeniedException: no; DeleteBackup: InternalServerError: oh.
        3 not deleted (all deleted) since 2026-11-23T05:00:00Z
        Every run tries again; what is not deleted is kept and paid for. Check that the role may call dynamodb:DeleteBackup. Then:
          tablekeeper run prune
      "
    `);
  });
});
