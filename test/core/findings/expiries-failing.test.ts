import { expect, it } from 'vitest';
import { anExpire, anOutcome } from '../../support/attempts.ts';
import { aCallFailure } from '../../support/failures.ts';
import { attempted, describeHere, type Example, textOf } from '../../support/kind-example.ts';

export const example = (): Example =>
  attempted(
    anOutcome(
      anExpire(),
      'failed',
      aCallFailure('DeleteBackup', 'AccessDeniedException', 'explicit deny in a service control policy'),
    ),
  );

describeHere(import.meta, 'expiries-failing', () => {
  it('reads so', () => {
    expect(textOf('expiries-failing', example())).toMatchInlineSnapshot(`
      "
      warning expiries-failing/standard policy=standard cause=DeleteBackup: AccessDeniedException errorName=AccessDeniedException denials=[object Object]
        1 recovery point under standard could not be deleted, of Orders: DeleteBackup: AccessDeniedException: explicit deny in a service control policy.
        1 not deleted (all deleted) since 2026-11-23T05:00:00Z
        Every run tries again; what is not deleted is kept and paid for. A service or resource control policy forbids it: ask those who manage the organization to let the role through. The role itself is deployed with it. Then:
          tablekeeper run prune
      "
    `);
  });
});
