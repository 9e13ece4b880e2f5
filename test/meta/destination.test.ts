import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { GRACE_DAYS } from '../../shared/core/deployment/parameters.ts';
import { holdAgainst } from '../../tools/cfn-guard.ts';
import { destinationTemplate, destinationText } from '../../tools/destination-template.ts';
import { resolvedResources } from '../support/resolved-template.ts';
import { grantsOf, type Role, rolesOf } from '../support/roles.ts';
import type { Template } from '../support/template.ts';

// The template for the account or Region that is copied into.

const ROOT = resolve(import.meta.dirname, '../..');
const template = destinationTemplate(ROOT) as unknown as Template;
const SOURCE = '111122223333';
const THERE = { accountId: '999922223333', region: 'eu-west-1', parameters: { SourceAccount: SOURCE } };
const resources = resolvedResources(template, THERE);

const folder = mkdtempSync(join(tmpdir(), 'tablekeeper-destination-'));
afterAll(() => rmSync(folder, { recursive: true }));

const roleOf = (id: string, of = resources): Role => {
  const role = rolesOf(of)[id];
  if (role === undefined) throw new Error(`there is no ${id}`);
  return role;
};

interface PolicyStatement {
  readonly Principal: object;
  readonly Action: unknown;
}

const statementsOf = (policy: unknown): readonly PolicyStatement[] =>
  (policy as { readonly Statement: readonly PolicyStatement[] }).Statement;

type Test = Readonly<Record<string, unknown>>;

interface Rule {
  readonly RuleCondition: Test;
  readonly Assertions: readonly { readonly Assert: Test }[];
}

const rules = (template as unknown as { readonly Rules: Readonly<Record<string, Rule>> }).Rules;

const defaults: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(template.Parameters as Record<string, { readonly Default?: string }>).map(
    ([name, { Default = '' }]) => [name, Default],
  ),
);

/** Decides a condition of a rule as CloudFormation does. */
const holds = (test: Test, given: Readonly<Record<string, string>>): boolean => {
  const [[kind = '', parts] = []] = Object.entries(test);
  const tests = parts as readonly Test[];
  const textOf = (part: Test | string) => (typeof part === 'string' ? part : given[String(part.Ref)]);
  if (kind === 'Fn::Equals') return textOf(tests[0] ?? '') === textOf(tests[1] ?? '');
  if (kind === 'Fn::Not') return !holds(tests[0] ?? {}, given);
  if (kind === 'Fn::And') return tests.every((one) => holds(one, given));
  throw new Error(`no rule has ${kind}`);
};

const refusedBy = (parameters: Readonly<Record<string, string>>): readonly string[] => {
  const given = { ...defaults, ...parameters };
  return Object.entries(rules)
    .filter(([, { RuleCondition }]) => holds(RuleCondition, given))
    .filter(([, { Assertions }]) => !Assertions.every(({ Assert }) => holds(Assert, given)))
    .map(([name]) => name);
};

describe('the template of a destination', () => {
  it('is whole: it names no other file', () => {
    expect(destinationText(ROOT)).not.toContain('${file');
    expect(JSON.parse(destinationText(ROOT))).toEqual(template);
  });

  it.each(['vaults', 'roles'])('follows the rules of %s.guard', (rules) => {
    const file = join(folder, 'destination.json');
    writeFileSync(file, destinationText(ROOT));
    expect(holdAgainst(file, join(ROOT, 'guard', `${rules}.guard`))).toEqual({ passed: true, report: '' });
  });

  it.each(Object.keys(resources))('leaves %s when it is removed', (id) => {
    expect(template.Resources[id]).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
  });

  const LOCKED = { VaultLockMinDays: '7' };

  it.each([
    { given: {}, lock: undefined },
    { given: { ...LOCKED, VaultLock: 'governance' }, lock: { MinRetentionDays: '7' } },
    {
      given: { ...LOCKED, VaultLock: 'governance', VaultLockMaxDays: '400' },
      lock: { MinRetentionDays: '7', MaxRetentionDays: '400' },
    },
    { given: { ...LOCKED, VaultLock: 'compliance' }, lock: { MinRetentionDays: '7' } },
    {
      given: { ...LOCKED, VaultLock: 'compliance', VaultLockCompliance: 'other' },
      lock: { MinRetentionDays: '7' },
    },
    {
      given: { ...LOCKED, VaultLock: 'compliance', VaultLockCompliance: 'tablekeeper-dr' },
      lock: { MinRetentionDays: '7', ChangeableForDays: GRACE_DAYS },
    },
  ])('locks its vault as $lock, given $given', ({ given, lock }) => {
    const parameters = { SourceAccount: SOURCE, ...given };
    const made = resolvedResources(template, { ...THERE, parameters });
    expect(made.BackupVault?.Properties.LockConfiguration).toEqual(lock);
  });

  it.each([
    { given: {}, refused: [] },
    { given: { ...LOCKED, VaultLock: 'governance' }, refused: [] },
    {
      given: { ...LOCKED, VaultLock: 'compliance', VaultLockCompliance: 'tablekeeper-dr' },
      refused: [],
    },
    {
      given: { ...LOCKED, Vault: 'far', VaultLock: 'compliance', VaultLockCompliance: 'far' },
      refused: [],
    },
    { given: { VaultLock: 'governance' }, refused: ['ALockHasAShortestRetention'] },
    { given: LOCKED, refused: ['DaysBelongToALock'] },
    { given: { VaultLockMaxDays: '9' }, refused: ['DaysBelongToALock'] },
    { given: { VaultLockCompliance: 'tablekeeper-dr' }, refused: ['DaysBelongToALock'] },
    { given: { ...LOCKED, VaultLock: 'compliance' }, refused: ['ALockForGoodIsAskedForTwice'] },
    {
      given: { ...LOCKED, VaultLock: 'compliance', VaultLockCompliance: 'other' },
      refused: ['ALockForGoodIsAskedForTwice'],
    },
    {
      given: { ...LOCKED, VaultLock: 'governance', VaultLockCompliance: 'tablekeeper-dr' },
      refused: ['TheSecondNameBelongsToCompliance'],
    },
  ])('refuses by $refused, given $given', ({ given, refused }) => {
    expect(refusedBy(given)).toEqual(refused);
  });

  it('lets the other account copy in, and nobody delete', () => {
    expect(resources.BackupVault?.Properties).toMatchObject({
      BackupVaultName: 'tablekeeper-dr',
      AccessPolicy: {
        Statement: [
          {
            Effect: 'Allow',
            Principal: { AWS: `arn:aws:iam::${SOURCE}:root` },
            Action: ['backup:CopyIntoBackupVault'],
          },
          {
            Effect: 'Deny',
            Principal: { AWS: '*' },
            Action: ['backup:DeleteRecoveryPoint', 'backup:UpdateRecoveryPointLifecycle'],
          },
        ],
      },
    });
  });

  it('shares its key with the other account, but for what changes the key', () => {
    const statements = statementsOf(resources.VaultKey?.Properties.KeyPolicy);
    expect(statements.map(({ Principal }) => Principal)).toEqual([
      { AWS: 'arn:aws:iam::999922223333:root' },
      { AWS: `arn:aws:iam::${SOURCE}:root` },
      { AWS: `arn:aws:iam::${SOURCE}:root` },
    ]);
    const [, use, grant] = statements;
    expect(JSON.stringify(use?.Action)).not.toMatch(/Put|Schedule|Disable|\*/);
    expect(grant).toMatchObject({
      Action: 'kms:CreateGrant',
      Condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' } },
    });
  });

  it('has the roles of the way back under names that people find, taken on by AWS Backup alone', () => {
    for (const [id, end] of [
      ['CopyBackRole', 'copy-back'],
      ['RestoreRole', 'restore'],
    ] as const) {
      expect(resources[id]?.Properties.RoleName).toBe(`tablekeeper-prod-eu-west-1-${end}`);
      expect(roleOf(id).AssumeRolePolicyDocument.Statement).toEqual([
        { Effect: 'Allow', Principal: { Service: 'backup.amazonaws.com' }, Action: 'sts:AssumeRole' },
      ]);
    }
  });

  it('lets a job copy back into vaults of the other account, and into no other', () => {
    const into = grantsOf(roleOf('CopyBackRole')).filter(
      ({ action }) => action === 'backup:CopyIntoBackupVault',
    );
    expect(into.map(({ resource }) => resource)).toEqual([`arn:aws:backup:*:${SOURCE}:backup-vault:*`]);
    const actions = grantsOf(roleOf('CopyBackRole')).map(({ action }) => action);
    expect(actions.filter((action) => /Delete|dynamodb/.test(action))).toEqual([]);
  });

  it('takes the boundary of the account', () => {
    const boundary = 'arn:aws:iam::999922223333:policy/developers';
    const made = resolvedResources(template, {
      ...THERE,
      parameters: { SourceAccount: SOURCE, PermissionsBoundary: boundary },
    });
    for (const id of ['CopyBackRole', 'RestoreRole'])
      expect(made[id]?.Properties.PermissionsBoundary).toBe(boundary);
  });

  it('has no room for an instance whose roles would have too long a name', () => {
    const { Instance } = template.Parameters as Record<string, { readonly MaxLength?: number }>;
    const longest = `tablekeeper-${'i'.repeat(Instance?.MaxLength ?? 0)}-ap-southeast-1-copy-back`;
    expect(longest).toHaveLength(64);
  });
});
