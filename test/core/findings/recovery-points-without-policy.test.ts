import { expect, it } from 'vitest';
import { describeHere, type Example, seen, textOf } from '../../support/kind-example.ts';
import { aRecoveryPoint, dailyRecoveryPoints } from '../../support/world.ts';

export const example = (): Example =>
  seen({ recoveryPoints: [aRecoveryPoint(), ...dailyRecoveryPoints(12, { policy: 'hourly' })] });

const seeing = (...given: Parameters<typeof seen>): string =>
  textOf('recovery-points-without-policy', seen(...given));

describeHere(import.meta, 'recovery-points-without-policy', () => {
  it('reads so of two tables', () => {
    const given = {
      tableNames: ['Orders', 'Users'],
      recoveryPoints: [
        aRecoveryPoint(),
        aRecoveryPoint({ tableName: 'Opted', policy: 'retired' }),
        aRecoveryPoint({ policy: 'retired', sizeBytes: 2_500_000 }),
      ],
    };
    expect(seeing(given)).toMatchInlineSnapshot(`
      "
      info recovery-points-without-policy/retired policy=retired
        The policy file has no policy retired; 2 recovery points with its name (3.5 MB) are kept, of Opted, Orders.
        2 recovery points (a person decides) since 2026-11-23T05:00:00Z
        Tablekeeper never deletes them. Find out who made them and what for: a name proves neither, and is no reason to change a tag. Delete them once nobody needs them:
          aws dynamodb delete-backup --region eu-central-1 --backup-arn ARN
      "
    `);
  });
});
