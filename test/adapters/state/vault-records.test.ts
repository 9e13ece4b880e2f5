import { describe, expect, it } from 'vitest';
import type { Memory } from '../../../shared/model/memory.ts';
import type { VaultRecord } from '../../../shared/model/vault-record.ts';
import { deploy } from '../../support/deployment.ts';

const RECORD: VaultRecord = {
  recordedTable: 'orders',
  version: 1,
  points: [
    {
      id: 'arn:aws:backup:us-east-1:111122223333:recovery-point:1',
      vault: 'arn:aws:backup:us-east-1:111122223333:backup-vault:main',
      policy: 'offsite',
      slot: 1,
      tableId: 'id',
      createdAt: 2,
      heldAt: 3,
      copies: [
        { vault: 'v', attempt: 2, jobId: 'j', state: 'failed', startedAt: 4, cause: 'key', message: 'words' },
      ],
    },
  ],
  strangers: ['a', 'b'],
  attempts: [{ jobId: 'j', policy: 'offsite', slot: 1, tableId: 'id', attempt: 1, startedAt: 5 }],
  lostCopies: [{ vault: 'v', policy: 'offsite', source: 's', createdAt: 2, goneAt: 6 }],
};

const world = async () => {
  const { asPerson, clock } = await deploy({ startAt: '2026-03-02T10:00:00Z' });
  return {
    read: (): Promise<Memory> => clock.run(asPerson.stateStore.readMemory()),
    save: (before: Memory, after: Memory) => clock.run(asPerson.stateStore.saveMemory(before, after)),
  };
};

describe('what is remembered of vaults', () => {
  it('comes back as it was written, and is not there where there is none', async () => {
    const { read, save } = await world();
    const before = await read();
    expect(before).not.toHaveProperty('vaultRecords');
    await save(before, { ...before, vaultRecords: [RECORD] });
    expect((await read()).vaultRecords).toEqual([RECORD]);
    await save(await read(), before);
    expect(await read()).not.toHaveProperty('vaultRecords');
  });

  it('is refused in a version that is not known, with all that is remembered', async () => {
    const { read, save } = await world();
    const before = await read();
    await save(before, { ...before, vaultRecords: [{ ...RECORD, version: 2 as 1 }] });
    await expect(read()).rejects.toThrow('vault#orders cannot be read');
  });
});
