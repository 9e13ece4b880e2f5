import { expect, it } from 'vitest';
import type { Outcome } from '../../../shared/model/outcome.ts';
import { aCreate, anOutcome } from '../../support/attempts.ts';
import { aCallFailure } from '../../support/failures.ts';
import { attempted, DENIED, describeHere, type Example, textOf } from '../../support/kind-example.ts';

export const example = (): Example => attempted(anOutcome(aCreate(), 'failed', DENIED));

describeHere(import.meta, 'backups-failing', () => {
  it('reads so of one that failed, and of one that was refused', () => {
    const outcomes: readonly Outcome[] = [
      anOutcome(aCreate(), 'failed', aCallFailure('CreateBackup', 'LimitExceededException', 'too many.')),
      anOutcome(aCreate({ table: 'Users' }), 'refused', 'no'),
    ];
    expect(textOf('backups-failing', attempted(...outcomes))).toMatchInlineSnapshot(`
      "
      warning backups-failing/Orders/standard table=Orders policy=standard cause=CreateBackup: LimitExceededException errorName=LimitExceededException
        The backup of Orders under standard failed: CreateBackup: LimitExceededException: too many.
        failed (done) since 2026-11-23T05:00:00Z
        Every run tries again, and nothing of this table expires meanwhile. AWS asked for patience: too many calls were made at once. Nothing has to be done unless it lasts; then see in CloudTrail who else calls it so often. If it lasts, see why and try by hand:
          tablekeeper explain Orders
          tablekeeper run backup

      warning backups-failing/Users/standard table=Users policy=standard
        The backup of Users under standard was refused: no.
        refused (done) since 2026-11-23T05:00:00Z
        Every run tries again, and nothing of this table expires meanwhile. If it lasts, see why and try by hand:
          tablekeeper explain Users
          tablekeeper run backup
      "
    `);
  });
});
