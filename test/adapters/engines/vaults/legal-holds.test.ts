import { ListLegalHoldsCommand } from '@aws-sdk/client-backup';
import { expect, it } from 'vitest';
import { readLegalHolds } from '../../../../shared/adapters/engines/vaults/legal-holds.ts';
import type { VaultParts } from '../../../../shared/adapters/engines/vaults/vault-clients.ts';

const POINT = 'arn:aws:backup:us-east-1:111122223333:recovery-point:1';

/** A Region with one legal hold in a status. */
const partsWith = (status: string): VaultParts => {
  const client = {
    send: async (command: object) =>
      command instanceof ListLegalHoldsCommand
        ? { LegalHolds: [{ LegalHoldId: 'hold-1', Status: status, Title: 'Case 7' }] }
        : { RecoveryPoints: [{ RecoveryPointArn: POINT }] },
  };
  const target = { accountId: '111122223333', region: 'us-east-1' };
  return { clientIn: () => client, target, log: { warn: () => undefined } } as unknown as VaultParts;
};

it.each(['CREATING', 'ACTIVE', 'CANCELING', 'PONDERING'])(
  'a hold that is %s keeps what it lists, because it may',
  async (status) => {
    expect([...(await readLegalHolds(partsWith(status)))]).toEqual([[POINT, ['Case 7']]]);
  },
);

it('a hold that is CANCELED keeps nothing', async () => {
  expect([...(await readLegalHolds(partsWith('CANCELED')))]).toEqual([]);
});
