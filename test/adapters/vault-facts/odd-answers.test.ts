import { expect, it } from 'vitest';
import type { FactParts } from '../../../shared/adapters/vault-facts/parts.ts';
import { createVaultFacts } from '../../../shared/adapters/vault-facts/vault-facts.ts';
import type { VaultFacts } from '../../../shared/model/vault-facts.ts';

// What no service promises, and what becomes of it: unknown, never missing and never fine.

const TARGET = { accountId: '111122223333', region: 'us-east-1' };
const VAULT = 'arn:aws:backup:us-east-1:111122223333:backup-vault:main';
const KEY = 'arn:aws:kms:us-east-1:111122223333:key/k1';
const TRUST = encodeURIComponent(
  JSON.stringify({ Statement: { Effect: 'Allow', Principal: { Service: ['backup.amazonaws.com'] } } }),
);

const GOOD: Readonly<Record<string, object>> = {
  ListBackupVaults: {
    BackupVaultList: [{ BackupVaultArn: VAULT, EncryptionKeyArn: KEY, Locked: true, MinRetentionDays: 7 }],
  },
  DescribeKey: { KeyMetadata: { KeyState: 'Enabled' } },
  GetKeyPolicy: { Policy: '{}' },
  GetBackupVaultAccessPolicy: { Policy: '{}' },
  GetRole: { Role: { AssumeRolePolicyDocument: TRUST } },
  DescribeRegionSettings: { ResourceTypeOptInPreference: { DynamoDB: true } },
  DescribeGlobalSettings: { GlobalSettings: { isCrossAccountBackupEnabled: 'true' } },
  SimulatePrincipalPolicy: { EvaluationResults: [{ EvalActionName: 'a:B', EvalDecision: 'implicitDeny' }] },
};

const factsFrom = (answers: Readonly<Record<string, object>>): Promise<VaultFacts> => {
  const client = {
    send: async (command: object) =>
      ({ ...GOOD, ...answers })[command.constructor.name.replace(/Command$/, '')],
  };
  const parts = { target: TARGET, jobRole: 'arn:aws:iam::111122223333:role/jobs', iam: client };
  const all = { ...parts, backupIn: () => client, kmsIn: () => client } as unknown as FactParts;
  const vaults = [{ target: TARGET, name: 'main' }];
  return createVaultFacts(all).read({ vaults, asksOrganization: true, simulates: [VAULT] });
};

it('reads what services promise', async () => {
  expect(await factsFrom({})).toEqual({
    vaults: [{ arn: VAULT, seen: { kind: 'found', value: { keyArn: KEY, lock: { minDays: 7 } } } }],
    keys: [{ arn: KEY, seen: { kind: 'found', value: { state: 'usable', word: 'Enabled' } } }],
    policies: [{ arn: VAULT, seen: { kind: 'found', value: '{}' } }],
    jobRole: {
      arn: 'arn:aws:iam::111122223333:role/jobs',
      seen: { kind: 'found', value: { trustsBackup: true } },
    },
    optIn: { kind: 'found', value: { optedIn: true, advanced: false } },
    crossAccount: { kind: 'found', value: { isMember: true, isOn: true } },
    lacking: { kind: 'found', value: ['a:B'] },
    linkedRole: { kind: 'found', value: { trustsBackup: true } },
    keyPolicies: [{ arn: KEY, seen: { kind: 'found', value: '{}' } }],
  });
});

it.each<{ name: string; answers: Readonly<Record<string, object>>; seen: (facts: VaultFacts) => unknown }>([
  {
    name: 'no list of vaults',
    answers: { ListBackupVaults: {} },
    seen: ({ vaults }) => vaults[0]?.seen.kind,
  },
  {
    name: 'a list of vaults that is none',
    answers: { ListBackupVaults: { BackupVaultList: 'main' } },
    seen: ({ vaults }) => vaults[0]?.seen.kind,
  },
  {
    name: 'a key without a state',
    answers: { DescribeKey: { KeyMetadata: {} } },
    seen: ({ keys }) => keys[0]?.seen.kind,
  },
  {
    name: 'no policy of a key',
    answers: { GetKeyPolicy: {} },
    seen: ({ keyPolicies }) => keyPolicies?.[0]?.seen.kind,
  },
  { name: 'no key', answers: { DescribeKey: {} }, seen: ({ keys }) => keys[0]?.seen.kind },
  {
    name: 'no policy',
    answers: { GetBackupVaultAccessPolicy: {} },
    seen: ({ policies }) => policies[0]?.seen.kind,
  },
  { name: 'no role', answers: { GetRole: {} }, seen: ({ jobRole }) => jobRole.seen.kind },
  {
    name: 'a trust policy that cannot be decoded',
    answers: { GetRole: { Role: { AssumeRolePolicyDocument: '%E0%A4%A' } } },
    seen: ({ jobRole }) => jobRole.seen.kind,
  },
  {
    name: 'a trust policy that is no document',
    answers: { GetRole: { Role: { AssumeRolePolicyDocument: '[]' } } },
    seen: ({ jobRole }) => jobRole.seen.kind,
  },
  { name: 'no results', answers: { SimulatePrincipalPolicy: {} }, seen: ({ lacking }) => lacking?.kind },
])('$name is unreadable', async ({ answers, seen }) => {
  expect(seen(await factsFrom(answers))).toBe('unreadable');
});

it('a state of a key that no version knows is no key that can be used', async () => {
  const { keys } = await factsFrom({ DescribeKey: { KeyMetadata: { KeyState: 'Melted' } } });
  expect(keys[0]?.seen).toEqual({ kind: 'found', value: { state: 'unusable', word: 'Melted' } });
});

it('settings that AWS does not list are off', async () => {
  const { crossAccount, optIn } = await factsFrom({ DescribeRegionSettings: {}, DescribeGlobalSettings: {} });
  expect(optIn).toEqual({ kind: 'found', value: { optedIn: false, advanced: false } });
  expect(crossAccount).toEqual({ kind: 'found', value: { isMember: true, isOn: false } });
});
