import { expect, it } from 'vitest';
import type { Outcome } from '../../../shared/model/outcome.ts';
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
    const outcomes: readonly Outcome[] = [
      anOutcome(aRepair(), 'failed', aCallFailure('UpdateContinuousBackups', 'InternalServerError', 'oh')),
    ];
    expect(textOf('pitr-repair-failing', attempted(...outcomes))).toMatchInlineSnapshot(`
      "
      critical pitr-repair-failing/Orders table=Orders cause=UpdateContinuousBackups: InternalServerError errorName=InternalServerError
        Point-in-time recovery of Orders could not be set to 35 days: UpdateContinuousBackups: InternalServerError: oh.
        failed (on, 35 days) since 2026-11-23T05:00:00Z
        Every audit tries again. AWS did not answer, or with a failure of its own. If it lasts, see the AWS Health Dashboard. Then:
          tablekeeper explain Orders
          tablekeeper run audit
      "
    `);
  });
});
