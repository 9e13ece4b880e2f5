import { expect, it } from 'vitest';
import { anOutcome, aRepair } from '../../support/attempts.ts';
import { aCallFailure } from '../../support/failures.ts';
import { attempted, describeHere, type Example, textOf } from '../../support/kind-example.ts';

export const example = (): Example =>
  attempted(
    anOutcome(
      aRepair(),
      'failed',
      aCallFailure('UpdateContinuousBackups', 'AccessDeniedException', 'not authorized'),
    ),
  );

describeHere(import.meta, 'pitr-repair-failing', () => {
  it('reads so', () => {
    expect(textOf('pitr-repair-failing', example())).toMatchInlineSnapshot(`
      "
      critical pitr-repair-failing/Orders table=Orders cause=UpdateContinuousBackups: AccessDeniedException errorName=AccessDeniedException denials=[object Object]
        Point-in-time recovery of Orders could not be set to 35 days: UpdateContinuousBackups: AccessDeniedException: not authorized.
        failed (on, 35 days) since 2026-11-23T05:00:00Z
        Every audit tries again. Check that the role may call dynamodb:UpdateContinuousBackups. Then:
          tablekeeper explain Orders
          tablekeeper run audit
      "
    `);
  });
});
