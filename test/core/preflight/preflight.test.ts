import { describe, expect, it } from 'vitest';
import { loadPolicies } from '../../../shared/core/policy/load.ts';
import { vaultQuestion } from '../../../shared/core/preflight/needs.ts';
import { preflight } from '../../../shared/core/preflight/preflight.ts';
import { failureText } from '../../../shared/model/failure.ts';
import { DAY_MS } from '../../../shared/model/instant.ts';
import { vaultArn } from '../../../shared/model/vault-arn.ts';
import type { Known, VaultFacts } from '../../../shared/model/vault-facts.ts';
import { aCallFailure } from '../../support/failures.ts';
import { aSeenVault, denying, JOB_ROLE, someVaultFacts, VAULT_KEY } from '../../support/vault-facts.ts';
import { DR, FAR, VAULT_ARN } from '../../support/vaults.ts';
import { NOW, TARGET } from '../../support/world.ts';

// What an account says, and the sentences that come of it.

const policiesOf = (more = '', retention = '{ daily: 7, monthly: 12 }') =>
  loadPolicies(
    `
policies:
  offsite:
    engine: aws-backup
    schedule: "0 3 * * *"
    vault: tablekeeper
    retention: ${retention}
${more}`,
    'policies.yml',
  ).policies;

const UNREADABLE: Known<never> = {
  kind: 'unreadable',
  failure: aCallFailure('Any', 'AccessDeniedException'),
};

interface Asked {
  readonly more?: string;
  readonly retention?: string;
  readonly facts?: Partial<VaultFacts>;
}

const asked = ({ more, retention, facts }: Asked) =>
  preflight(policiesOf(more, retention), someVaultFacts(facts), TARGET, NOW);

const facts = (given: Asked): readonly string[] =>
  asked(given).troubles.map(({ fact, kind, severity }) => `${severity} ${kind}: ${fact}`);

const COPIES = `    copyTo: ["${DR}"]`;
const FAR_COPIES = `    copyTo: ["${FAR}"]`;
const BACKSTOP = (days: number) => `    deleteAfterDays: ${days}`;

describe('a policy that copies into its own vault', () => {
  it('is reported before anything is made, where account and Region show that it is the same one', () => {
    expect(facts({ more: `    copyTo: ["${VAULT_ARN}"]` })).toEqual([
      'warning copy-impossible: copyTo of offsite names the vault tablekeeper, which its recovery points are in, so that no copy is ever made there.',
    ]);
  });
});

describe('an account in which nothing is wrong', () => {
  it.each<{ name: string; given: Asked }>([
    { name: 'with a vault', given: {} },
    { name: 'with copies', given: { more: COPIES, facts: { vaults: [aSeenVault(), aSeenVault({}, DR)] } } },
    {
      name: 'with copies into another account',
      given: {
        more: FAR_COPIES,
        facts: { crossAccount: { kind: 'found', value: { isMember: true, isOn: true } } },
      },
    },
    {
      name: 'without the advanced features, which nothing asks for',
      given: { facts: { optIn: { kind: 'found', value: { optedIn: true, advanced: false } } } },
    },
    { name: 'under a lock that fits', given: { facts: { vaults: [aSeenVault({ lock: { minDays: 7 } })] } } },
    {
      name: 'under a lock with a longest retention, and an end inside',
      given: { more: BACKSTOP(400), facts: { vaults: [aSeenVault({ lock: { minDays: 7, maxDays: 400 } })] } },
    },
  ])('has no troubles: $name', ({ given }) => {
    expect(asked(given)).toEqual({ troubles: [], unknowns: [] });
  });

  it('is asked nothing where no policy has a vault', () => {
    expect(vaultQuestion([], TARGET)).toBeUndefined();
  });

  it('is asked about its own vaults, each once, and about the organization where it copies elsewhere', () => {
    const question = vaultQuestion(policiesOf(`    copyTo: ["${DR}", "${FAR}"]`), TARGET);
    expect(question?.vaults.map(vaultArn)).toEqual([VAULT_ARN, DR].toSorted());
    expect(question?.asksOrganization).toBe(true);
    expect(vaultQuestion(policiesOf(COPIES), TARGET)?.asksOrganization).toBe(false);
  });
});

describe('a vault', () => {
  it('that is not there is said with who needs it', () => {
    expect(
      facts({ facts: { vaults: [{ arn: VAULT_ARN, seen: { kind: 'missing' } }], keys: [], policies: [] } }),
    ).toEqual([
      'critical vault-missing: There is no backup vault tablekeeper in eu-central-1 of account 111122223333. offsite makes its recovery points in it.',
    ]);
  });

  it('that is copied to and not there is said, too', () => {
    expect(
      facts({ more: COPIES, facts: { vaults: [aSeenVault(), { arn: DR, seen: { kind: 'missing' } }] } }),
    ).toEqual([
      'critical vault-missing: There is no backup vault dr in eu-west-1 of account 111122223333. offsite copies into it.',
    ]);
  });

  it('that cannot be read is unknown, and so are its key, its lock and its policy', () => {
    const { troubles, unknowns } = asked({
      facts: { vaults: [{ arn: VAULT_ARN, seen: UNREADABLE }], keys: [], policies: [] },
    });
    expect(troubles).toEqual([]);
    expect(unknowns.map(({ kind }) => kind).toSorted()).toEqual([
      'vault-key-unusable',
      'vault-lock-refuses',
      'vault-missing',
      'vault-policy-denies',
    ]);
    expect(new Set(unknowns.map(({ what }) => what))).toEqual(new Set(['the vault tablekeeper']));
  });
});

describe('the key of a vault', () => {
  const key = (seen: VaultFacts['keys'][number]['seen']) =>
    facts({ facts: { keys: [{ arn: VAULT_KEY, seen }] } });

  it.each([
    { seen: { state: 'disabled', word: 'Disabled' }, says: 'is disabled.' },
    {
      seen: { state: 'pending-deletion', word: 'PendingDeletion', deletesAt: NOW + 30 * DAY_MS },
      says: 'waits for its deletion on 2026-12-23 05:00 UTC.',
    },
    { seen: { state: 'unusable', word: 'PendingImport' }, says: 'cannot be used.' },
  ] as const)('$says', ({ seen, says }) => {
    expect(key({ kind: 'found', value: seen })).toEqual([
      `critical vault-key-unusable: The key ${VAULT_KEY} of the backup vault tablekeeper ${says} Without it nothing in the vault can be restored or copied, and no job can back up into it.`,
    ]);
  });

  it('that is gone is said, and one that cannot be read is unknown', () => {
    expect(key({ kind: 'missing' })).toHaveLength(1);
    expect(key(UNREADABLE)).toEqual([]);
  });

  it('is enabled again by commands for its Region, after its deletion was taken back', () => {
    const value = { state: 'pending-deletion', word: 'PendingDeletion' } as const;
    const [trouble] = asked({
      facts: { keys: [{ arn: VAULT_KEY, seen: { kind: 'found', value } }] },
    }).troubles;
    expect(trouble?.advice.commands.map((command) => command.join(' '))).toEqual([
      `aws kms cancel-key-deletion --region eu-central-1 --key-id ${VAULT_KEY}`,
      `aws kms enable-key --region eu-central-1 --key-id ${VAULT_KEY}`,
    ]);
  });
});

describe('the role of jobs', () => {
  const role = (seen: VaultFacts['jobRole']['seen'], lacking?: VaultFacts['lacking']) =>
    asked({ facts: { jobRole: { arn: JOB_ROLE, seen }, ...(lacking && { lacking }) } });

  it.each([
    { name: 'is gone', seen: { kind: 'missing' }, measured: 'no such role' },
    {
      name: 'does not trust AWS Backup',
      seen: { kind: 'found', value: { trustsBackup: false } },
      measured: 'not trusted',
    },
  ] as const)('$name', ({ seen, measured }) => {
    expect(role(seen).troubles).toMatchObject([
      { kind: 'vault-role-unusable', severity: 'critical', measured },
    ]);
  });

  it('lacks rights, all of them at once', () => {
    const lacking = {
      kind: 'found',
      value: ['dynamodb:CreateBackup', 'dynamodb:StartAwsBackupJob'],
    } as const;
    expect(
      role({ kind: 'found', value: { trustsBackup: true } }, lacking).troubles.map(({ fact }) => fact),
    ).toEqual([
      `The role ${JOB_ROLE} lacks what jobs need: dynamodb:CreateBackup, dynamodb:StartAwsBackupJob.`,
    ]);
  });

  it('that cannot be read is unknown', () => {
    expect(role(UNREADABLE)).toMatchObject({ troubles: [], unknowns: [{ kind: 'vault-role-unusable' }] });
  });
});

describe('settings of AWS Backup', () => {
  it.each<{ name: string; given: Asked; says: readonly string[] }>([
    {
      name: 'DynamoDB is not opted in',
      given: { facts: { optIn: { kind: 'found', value: { optedIn: false, advanced: true } } } },
      says: [
        'warning backup-settings-off: AWS Backup does not look after DynamoDB in eu-central-1 of account 111122223333: the service is not opted in.',
      ],
    },
    {
      name: 'the advanced features are off, and copies need them',
      given: {
        more: COPIES,
        facts: { optIn: { kind: 'found', value: { optedIn: true, advanced: false } } },
      },
      says: [
        'warning backup-settings-off: The advanced features of AWS Backup for DynamoDB are off in eu-central-1 of account 111122223333. What is made without them can never be copied and never be moved to cold storage, which offsite asks for.',
      ],
    },
    {
      name: 'copies between accounts are off',
      given: {
        more: FAR_COPIES,
        facts: { crossAccount: { kind: 'found', value: { isMember: true, isOn: false } } },
      },
      says: [
        'critical backup-settings-off: Copies between accounts are switched off in the organization of account 111122223333: none reaches 999922223333.',
      ],
    },
    {
      name: 'there is no organization',
      given: {
        more: FAR_COPIES,
        facts: { crossAccount: { kind: 'found', value: { isMember: false, isOn: false } } },
      },
      says: [
        'critical backup-settings-off: Account 111122223333 belongs to no organization, and AWS Backup copies only between accounts of one: none reaches 999922223333.',
      ],
    },
    {
      name: 'none of them can be read',
      given: { more: FAR_COPIES, facts: { optIn: UNREADABLE, crossAccount: UNREADABLE } },
      says: [],
    },
  ])('$name', ({ given, says }) => {
    expect(facts(given)).toEqual(says);
  });
});

describe('the lock of a vault', () => {
  const home = (lock: { minDays?: number; maxDays?: number }) => ({ vaults: [aSeenVault({ lock })] });
  const away = (lock: { minDays?: number; maxDays?: number }) => ({
    vaults: [aSeenVault(), aSeenVault({ lock }, DR)],
  });

  it.each<{ name: string; given: Asked; says: readonly string[] }>([
    {
      name: 'a longest retention, and no end in the policy',
      given: { facts: home({ maxDays: 30 }) },
      says: [
        'critical vault-lock-refuses: Every backup job of offsite fails: it sets no end to its recovery points, and the lock of the backup vault tablekeeper allows at most 30 days. Its retention keeps monthly for 372 days.',
      ],
    },
    {
      name: 'an end that is later than the longest retention',
      given: { more: BACKSTOP(400), facts: home({ minDays: 7, maxDays: 30 }) },
      says: [
        'critical vault-lock-refuses: Every backup job of offsite fails: deleteAfterDays is 400, and the lock of the backup vault tablekeeper allows 7 to 30 days. Its retention keeps monthly for 372 days.',
      ],
    },
    {
      name: 'a shortest retention that is longer than a rule',
      given: { facts: home({ minDays: 30 }) },
      says: [
        'info vault-lock-refuses: The lock of the backup vault tablekeeper keeps every recovery point for 30 days, longer than offsite asks for: daily for 7 days.',
      ],
    },
    {
      name: 'a copy of one rule that the destination refuses, while all others arrive',
      given: { more: COPIES, facts: away({ maxDays: 30 }) },
      says: [
        'warning vault-lock-refuses: Copies of offsite to the backup vault dr fail: its lock allows at most 30 days, and what is kept by monthly for 373 days is outside of that.',
      ],
    },
    {
      name: 'copies of all rules that the destination refuses',
      given: { more: COPIES, facts: away({ minDays: 1000 }) },
      says: [
        'critical vault-lock-refuses: Every copy of offsite to the backup vault dr fails: its lock allows at least 1,000 days, and what is kept by daily for 8 days, monthly for 373 days is outside of that.',
      ],
    },
  ])('$name', ({ given, says }) => {
    expect(facts(given)).toEqual(says);
  });
});

describe('the access policy of a vault', () => {
  const policy = (document: string, more = '') =>
    facts({ more, facts: { policies: [{ arn: VAULT_ARN, seen: { kind: 'found', value: document } }] } });
  const unknownOf = (document: string, more = '') =>
    asked({
      more,
      facts: { policies: [{ arn: VAULT_ARN, seen: { kind: 'found', value: document } }] },
    }).unknowns.map(({ failure, look = [], what }) => `${what}: ${failureText(failure)} (${look.join(' ')})`);
  const LISTS = ['backup:List*', 'backup:De*'];

  it.each([
    { name: 'everybody', more: {} },
    { name: 'the account', more: { Principal: { AWS: `arn:aws:iam::${TARGET.accountId}:root` } } },
    { name: 'the role of jobs', more: { Principal: { AWS: [JOB_ROLE] } } },
    { name: 'everybody, with a pattern of actions', more: { Action: 'backup:Start*' } },
    {
      name: 'whom a condition says: all but other accounts',
      more: { Condition: { StringEquals: { 'aws:PrincipalAccount': [TARGET.accountId] } } },
    },
    { name: 'everybody, but for other actions', more: { Action: undefined, NotAction: LISTS } },
  ])('denies jobs to $name', ({ more }) => {
    expect(policy(denying('backup:StartBackupJob', more))).toEqual([
      'critical vault-policy-denies: The access policy of the backup vault tablekeeper denies backup:StartBackupJob, which offsite needs.',
    ]);
  });

  it.each([
    { name: 'others', more: { Principal: { AWS: 'arn:aws:iam::444455556666:root' } } },
    {
      name: 'whom a condition says',
      more: { Condition: { StringNotEquals: { 'aws:PrincipalAccount': TARGET.accountId } } },
    },
    { name: 'everybody other actions', more: { Action: undefined, NotAction: ['backup:S*', ...LISTS] } },
    { name: 'nobody, but allows', more: { Effect: 'Allow' } },
  ])('says nothing here where it denies to $name', ({ more }) => {
    expect(policy(denying('backup:StartBackupJob', more))).toEqual([]);
    expect(unknownOf(denying('backup:StartBackupJob', more))).toEqual([]);
  });

  it.each([
    { name: 'all but some', more: { Principal: undefined, NotPrincipal: { AWS: JOB_ROLE } } },
    {
      name: 'who comes from elsewhere',
      more: { Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-1' } } },
    },
    {
      name: 'of two conditions one nobody knows',
      more: {
        Condition: {
          StringEquals: { 'aws:PrincipalAccount': TARGET.accountId },
          Bool: { 'aws:SecureTransport': 'false' },
        },
      },
    },
    { name: 'a pattern of accounts', more: { Condition: { StringLike: { 'aws:PrincipalAccount': '1*' } } } },
    { name: 'all but one role', more: { Condition: { ArnNotLike: { 'aws:PrincipalArn': JOB_ROLE } } } },
    { name: 'under a condition of no form', more: { Condition: ['x'] } },
  ])('is unknown, and never fine, where it denies to $name', ({ more }) => {
    const document = denying('backup:StartBackupJob', more);
    expect(policy(document)).toEqual([]);
    expect(unknownOf(document)).toEqual([
      'whether the vault tablekeeper lets the jobs and functions through: its access policy denies backup:StartBackupJob under a condition that cannot be judged from here (aws backup get-backup-vault-access-policy --region eu-central-1 --backup-vault-name tablekeeper)',
    ]);
  });

  it('excepts the function that deletes, in the form that the stack has', () => {
    const except = `arn:aws:iam::${TARGET.accountId}:role/tablekeeper-prod-PruneRole-*`;
    const more = { Condition: { ArnNotLike: { 'aws:PrincipalArn': ['x', except] } } };
    const document = denying('backup:DeleteRecoveryPoint', more);
    expect([policy(document), unknownOf(document)]).toEqual([[], []]);
    const ofOthers = document.replaceAll(TARGET.accountId, '444455556666');
    expect(unknownOf(ofOthers)).toHaveLength(1);
    expect(unknownOf(ofOthers, BACKSTOP(400))).toEqual([]);
  });

  it('denies deletion, which is told as information where AWS Backup deletes nothing by itself', () => {
    const document = denying('backup:DeleteRecoveryPoint');
    expect(policy(document)).toEqual([
      'info vault-policy-denies: The access policy of the backup vault tablekeeper denies backup:DeleteRecoveryPoint to everybody. What no rule of offsite keeps stays there, and is paid for.',
    ]);
    expect(policy(document, BACKSTOP(400))).toEqual([]);
  });

  it.each([
    { document: '', unknown: 2 },
    { document: '{', unknown: 2 },
    { document: 'null', unknown: 2 },
    { document: '[]', unknown: 2 },
    { document: '{"Statement":[null,3]}', unknown: 0 },
  ])('that is no document is unknown, and denies nothing: $document', ({ document, unknown }) => {
    expect(policy(document)).toEqual([]);
    expect(unknownOf(document)).toHaveLength(unknown);
  });

  it('of a destination denies copies', () => {
    const value = denying('backup:CopyIntoBackupVault');
    expect(
      facts({ more: COPIES, facts: { policies: [{ arn: DR, seen: { kind: 'found', value } }] } }),
    ).toEqual([
      'critical vault-policy-denies: The access policy of the backup vault dr denies backup:CopyIntoBackupVault, which offsite needs.',
    ]);
  });
});
