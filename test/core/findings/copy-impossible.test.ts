import { expect, it } from 'vitest';
import { describeHere, type Example, inVaults, textOf } from '../../support/kind-example.ts';
import { aVaultPoint, DR } from '../../support/vaults.ts';

export const example = (): Example =>
  inVaults({ recoveryPoints: [aVaultPoint({ isCold: true })] }, [{ vaultArn: DR }]);

describeHere(import.meta, 'copy-impossible', () => {
  it('reads so', () => {
    expect(textOf('copy-impossible', example())).toMatchInlineSnapshot(`
      "
      info copy-impossible/Orders/standard table=Orders policy=standard cause=cold needs=cold
        1 recovery point of Orders under standard cannot be copied: in cold storage.
        1 not copied (all copied) since 2026-11-23T05:00:00Z
        Nothing in cold storage can be copied. Those made since are. A later coldAfterDays leaves copies more time; see what held them up:
          aws backup describe-region-settings --region eu-central-1
      "
    `);
  });
});
