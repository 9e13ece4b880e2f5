import { describe, expect, it } from 'vitest';
import { keyPolicies } from '../../../shared/core/preflight/key-policy.ts';
import { linkedRole } from '../../../shared/core/preflight/linked-role.ts';
import type { Known } from '../../../shared/model/vault-facts.ts';
import { aCallFailure } from '../../support/failures.ts';
import { JOB_ROLE, someVaultFacts, VAULT_KEY } from '../../support/vault-facts.ts';
import { aVaultPolicy, FAR } from '../../support/vaults.ts';
import { TARGET } from '../../support/world.ts';

const ROOT = `arn:aws:iam::${TARGET.accountId}:root`;
const FAR_ROOT = 'arn:aws:iam::999922223333:root';
const USE = ['kms:CreateGrant', 'kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKey'];

interface Stated {
  readonly Effect?: string;
  readonly Principal?: unknown;
  readonly Action?: unknown;
  readonly Condition?: object;
}

const OWN: Stated = { Principal: { AWS: ROOT }, Action: 'kms:*' };

const documentOf = (...statements: readonly Stated[]): string =>
  JSON.stringify({ Statement: statements.map((one) => ({ Effect: 'Allow', Resource: '*', ...one })) });

const asked = (seen: Known<string>, copyTo: readonly string[] = []) => {
  const policies = [aVaultPolicy(copyTo.map((vaultArn) => ({ vaultArn })))];
  return keyPolicies(policies, someVaultFacts({ keyPolicies: [{ arn: VAULT_KEY, seen }] }), TARGET);
};

const of = (document: string, copyTo?: readonly string[]) => {
  const { troubles, unknowns } = asked({ kind: 'found', value: document }, copyTo);
  return {
    troubles: troubles.map(({ fact }) => fact.replace(`The policy of the key ${VAULT_KEY} `, '')),
    unknowns: unknowns.map(({ what }) => what.replace(`whether the key ${VAULT_KEY} `, '')),
  };
};

const FINE = { troubles: [], unknowns: [] };

describe('the policy of the key of a vault', () => {
  it.each<{ name: string; statements: readonly Stated[] }>([
    { name: 'leaves it to the account', statements: [OWN] },
    { name: 'names the role of jobs', statements: [{ Principal: { AWS: JOB_ROLE }, Action: USE }] },
    {
      name: 'grants for resources of AWS alone',
      statements: [
        { Principal: { AWS: ROOT }, Action: USE.slice(1) },
        {
          Principal: { AWS: ROOT },
          Action: 'kms:CreateGrant',
          Condition: { Bool: { 'kms:GrantIsForAWSResource': true } },
        },
      ],
    },
    {
      name: 'is that of a key of AWS, which AWS Backup uses for callers of the account',
      statements: [
        {
          Principal: { AWS: '*' },
          Action: ['kms:Decrypt', 'kms:GenerateDataKey*', 'kms:CreateGrant', 'kms:DescribeKey'],
          Condition: {
            StringEquals: {
              'kms:CallerAccount': TARGET.accountId,
              'kms:ViaService': `backup.${TARGET.region}.amazonaws.com`,
            },
          },
        },
      ],
    },
    {
      name: 'denies others',
      statements: [OWN, { Effect: 'Deny', Principal: { AWS: FAR_ROOT }, Action: '*' }],
    },
  ])('is fine where it $name', ({ statements }) => {
    expect(of(documentOf(...statements))).toEqual(FINE);
  });

  it.each<{ name: string; statements: readonly Stated[]; lacks: string }>([
    { name: 'allows nobody here', statements: [], lacks: USE.join(', ') },
    {
      name: 'allows less',
      statements: [{ Principal: { AWS: ROOT }, Action: ['kms:Decrypt', 'kms:Describe*'] }],
      lacks: 'kms:CreateGrant, kms:GenerateDataKey',
    },
    {
      name: 'denies one',
      statements: [OWN, { Effect: 'Deny', Principal: '*', Action: 'kms:Decrypt' }],
      lacks: 'kms:Decrypt',
    },
  ])('is said where it $name', ({ lacks, statements }) => {
    expect(of(documentOf(...statements))).toEqual({
      troubles: [`does not let jobs of this account use it: ${lacks}.`],
      unknowns: [],
    });
  });

  it.each<{ name: string; document: string }>([
    {
      name: 'depends on a condition',
      document: documentOf({ ...OWN, Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } }),
    },
    { name: 'is no document', document: '{' },
  ])('is unknown, and never fine, where it $name', ({ document }) => {
    expect(of(document)).toEqual({ troubles: [], unknowns: ['lets jobs of this account use it'] });
  });

  it('that cannot be read is unknown, with the command that shows it', () => {
    const failure = aCallFailure('GetKeyPolicy', 'AccessDeniedException');
    expect(asked({ kind: 'unreadable', failure })).toMatchObject({
      troubles: [],
      unknowns: [{ kind: 'vault-key-unusable', look: expect.arrayContaining(['get-key-policy', VAULT_KEY]) }],
    });
  });

  it('has to let an account use it that is copied into, and no other', () => {
    const lacks = 'does not let account 999922223333 use it: kms:CreateGrant, kms:Decrypt, kms:DescribeKey.';
    expect(of(documentOf(OWN), [FAR])).toEqual({ troubles: [lacks], unknowns: [] });
    expect(of(documentOf(OWN, { Principal: { AWS: FAR_ROOT }, Action: USE }), [FAR])).toEqual(FINE);
  });
});

describe('the role of AWS Backup itself', () => {
  const of = (seen: Known<{ readonly trustsBackup: boolean }>) => linkedRole({ linkedRole: seen });

  it('that is there, or was not asked about, is said nothing of', () => {
    expect([of({ kind: 'found', value: { trustsBackup: true } }), linkedRole({})]).toEqual([FINE, FINE]);
  });

  it('that is not there is said with the command that makes it', () => {
    expect(of({ kind: 'missing' }).troubles).toMatchObject([
      {
        kind: 'vault-role-unusable',
        advice: {
          commands: [
            ['aws', 'iam', 'create-service-linked-role', '--aws-service-name', 'backup.amazonaws.com'],
          ],
        },
      },
    ]);
  });

  it('that cannot be seen is unknown', () => {
    const failure = aCallFailure('GetRole', 'AccessDeniedException');
    expect(of({ kind: 'unreadable', failure })).toMatchObject({
      troubles: [],
      unknowns: [{ look: ['aws', 'iam', 'get-role', '--role-name', 'AWSServiceRoleForBackup'] }],
    });
  });
});
