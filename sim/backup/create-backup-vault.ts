import type { SimAccount } from '../account.ts';
import { keyArn, vaultArn } from '../arn.ts';
import type { Operation } from '../operation.ts';
import { alreadyExists, invalidParameter, limitExceeded } from './failures.ts';
import { tagsIn, textIn, vaultNameIn } from './input.ts';
import { secondsOf } from './vault-shape.ts';
import type { Vault } from './vaults.ts';

const MAX_VAULTS = 300;

/** What a new vault is made of. */
export interface NewVault {
  readonly name: string;
  readonly encryptionKeyArn?: string | undefined;
  readonly creatorRequestId?: string | undefined;
  readonly tags?: Vault['tags'];
  readonly createdAt?: number;
}

export const addVault = (account: SimAccount, made: NewVault): Vault => {
  const vault: Vault = {
    name: made.name,
    arn: vaultArn(account, made.name),
    createdAt: made.createdAt ?? account.clock.now(),
    ...(made.creatorRequestId === undefined ? {} : { creatorRequestId: made.creatorRequestId }),
    encryptionKeyArn: keyArn(account, made.encryptionKeyArn ?? 'aws-backup'),
    hasDefaultKey: made.encryptionKeyArn === undefined,
    tags: made.tags ?? {},
    policy: undefined,
    lock: undefined,
  };
  account.state.backup.vaults.set(vault.name, vault);
  return vault;
};

/** The answer; a request that is repeated with its id is the same vault. */
const answered = (vault: Vault): object => ({
  BackupVaultName: vault.name,
  BackupVaultArn: vault.arn,
  CreationDate: secondsOf(vault.createdAt),
});

export const createBackupVault: Operation = ({ account }, input) => {
  const name = vaultNameIn(input);
  const { vaults } = account.state.backup;
  const creatorRequestId = textIn(input, 'CreatorRequestId');
  const existing = vaults.get(name);
  if (existing) {
    if (creatorRequestId !== undefined && existing.creatorRequestId === creatorRequestId)
      return answered(existing);
    throw alreadyExists('Backup vault with the same name already exists', {
      Arn: existing.arn,
      ...(creatorRequestId === undefined ? {} : { CreatorRequestId: creatorRequestId }),
    });
  }
  if (vaults.size >= MAX_VAULTS) throw limitExceeded(`No more than ${MAX_VAULTS} backup vaults are possible`);
  const encryptionKeyArn = textIn(input, 'EncryptionKeyArn');
  if (encryptionKeyArn !== undefined && !/^arn:aws:kms:[^:]+:\d{12}:(alias|key)\//.test(encryptionKeyArn)) {
    throw invalidParameter(`Invalid encryption key ARN: ${encryptionKeyArn}`);
  }
  const tags = tagsIn(input, 'BackupVaultTags');
  return answered(addVault(account, { name, encryptionKeyArn, creatorRequestId, tags }));
};
