import { expect, it } from 'vitest';
import { describeHere, type Example, seen, textOf } from '../../support/kind-example.ts';
import { aRecoveryPoint, dailyRecoveryPoints } from '../../support/world.ts';

export const example = (): Example =>
  seen({ recoveryPoints: [aRecoveryPoint(), ...dailyRecoveryPoints(12, { policy: 'hourly' })] });

describeHere(import.meta, 'recovery-points-without-policy', () => {
  it('reads so', () => {
    expect(textOf('recovery-points-without-policy', example())).toMatchInlineSnapshot(`
      "
      info recovery-points-without-policy/hourly policy=hourly
        The policy file has no policy hourly; 12 recovery points with its name (12 MB) are kept, of Orders.
        12 recovery points (a person decides) since 2026-11-23T05:00:00Z
        Tablekeeper never deletes them. Find out who made them and what for: a name proves neither, and is no reason to change a tag. Delete them once nobody needs them:
          aws dynamodb delete-backup --region eu-central-1 --backup-arn ARN
      "
    `);
  });
});
