import { expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../../shared/model/instant.ts';
import { describeHere, type Example, inVaults, textOf } from '../../support/kind-example.ts';
import { aVaultPoint, DR } from '../../support/vaults.ts';
import { NOW } from '../../support/world.ts';

export const example = (): Example =>
  inVaults(
    { recoveryPoints: [aVaultPoint()] },
    [],
    [
      {
        recordedTable: 'Orders',
        version: 1,
        points: [],
        lostCopies: [8, 7].map((days) => ({
          ...{ vault: DR, policy: 'standard', source: `gone-${days}` },
          ...{ createdAt: NOW - days * DAY_MS, goneAt: NOW - HOUR_MS },
        })),
      },
    ],
  );

describeHere(import.meta, 'copies-vanished', () => {
  it('reads so', () => {
    expect(textOf('copies-vanished', example())).toMatchInlineSnapshot(`
      "
      critical copies-vanished/Orders/standard/arn:aws:backup:eu-west-1:111122223333:backup-vault:dr table=Orders policy=standard
        2 copies of Orders under standard are gone from dr in eu-west-1 of account 111122223333 before AWS Backup would have deleted them, and Tablekeeper deletes none: of 2026-11-15 05:00 UTC to 2026-11-16 05:00 UTC. What 2 of them were copies of is gone at home as well. 0 are there now.
        2 gone (kept for their days) since 2026-11-23T04:00:00Z
        What is still at home is copied again; nothing else brings them back. See who deleted them, stop that, and lock the vault:
          aws cloudtrail lookup-events --region eu-west-1 --lookup-attributes AttributeKey=EventName,AttributeValue=DeleteRecoveryPoint
          aws backup list-recovery-points-by-backup-vault --region eu-west-1 --backup-vault-name dr --by-resource-arn arn:aws:dynamodb:eu-central-1:111122223333:table/Orders
      "
    `);
  });
});
