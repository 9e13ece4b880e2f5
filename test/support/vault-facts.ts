import type { MadeVault, SeenVault, VaultFacts } from '../../shared/model/vault-facts.ts';
import { VAULT_ARN } from './vaults.ts';
import { INSTANCE, TARGET } from './world.ts';

export const VAULT_KEY = `arn:aws:kms:${TARGET.region}:${TARGET.accountId}:key/vault`;
export const JOB_ROLE = `arn:aws:iam::${TARGET.accountId}:role/tablekeeper-${INSTANCE}-${TARGET.region}-vault`;

/** What a deployment says of its vault: in governance mode for a week. */
export const MADE_VAULT: MadeVault = {
  ...{ instance: INSTANCE, name: 'tablekeeper', accounts: [] },
  lock: { mode: 'governance', minDays: 7 },
};

/** A vault that is there, by default the one at home with a key that can be used and without a lock. */
export const aSeenVault = (seen: Partial<SeenVault> = {}, arn = VAULT_ARN): VaultFacts['vaults'][number] => ({
  arn,
  seen: { kind: 'found', value: { keyArn: VAULT_KEY, ...seen } },
});

/** What an account says in which nothing is wrong. */
export const someVaultFacts = (changes: Partial<VaultFacts> = {}): VaultFacts => ({
  vaults: [aSeenVault()],
  keys: [{ arn: VAULT_KEY, seen: { kind: 'found', value: { state: 'usable', word: 'Enabled' } } }],
  policies: [{ arn: VAULT_ARN, seen: { kind: 'missing' } }],
  jobRole: { arn: JOB_ROLE, seen: { kind: 'found', value: { trustsBackup: true } } },
  optIn: { kind: 'found', value: { optedIn: true, advanced: true } },
  ...changes,
});

/** An access policy that denies an action to everybody, or to whom is given. */
export const denying = (action: string, more: object = {}): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Deny', Principal: '*', Action: action, Resource: '*', ...more }],
  });
