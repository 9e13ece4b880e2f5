import { describe, expect, it } from 'vitest';
import { denialsIn } from '../../../shared/core/doctor/denials.ts';
import { refusedDiagnoses } from '../../../shared/core/doctor/refused.ts';
import { reasonsText } from '../../../shared/core/render/finding-text.ts';
import { HOUR_MS } from '../../../shared/model/instant.ts';
import type { OpenFinding } from '../../../shared/model/memory.ts';
import { anOpenFinding, NOW } from '../../support/world.ts';

const CALLER =
  'User: arn:aws:sts::111122223333:assumed-role/tablekeeper-prod-BackupRole-1A2B/tablekeeper-prod-backup is not authorized to perform:';
const TABLE = 'on resource: arn:aws:dynamodb:us-east-1:111122223333:table/orders';
const denied = (because: string, operation = 'CreateBackup') =>
  `${operation}: AccessDeniedException: ${CALLER} dynamodb:${operation} ${TABLE} ${because}`;
const SCP = 'with an explicit deny in a service control policy';

describe('a denial', () => {
  it.each([
    { because: SCP, by: 'organization' },
    {
      because: 'because no service control policy allows the dynamodb:CreateBackup action',
      by: 'organization',
    },
    { because: 'with an explicit deny in a resource control policy', by: 'organization' },
    {
      because: 'because no permissions boundary allows the dynamodb:CreateBackup action',
      by: 'permissions-boundary',
    },
    { because: 'with an explicit deny in a permissions boundary', by: 'permissions-boundary' },
    { because: 'with an explicit deny in an identity-based policy', by: 'role-deny' },
    { because: 'because no identity-based policy allows the dynamodb:CreateBackup action', by: 'role-lacks' },
    { because: 'with an explicit deny in a resource-based policy', by: 'resource' },
    { because: '', by: 'unknown' },
  ])('$because is the word of: $by', ({ because, by }) => {
    expect(denialsIn(denied(because))).toEqual([
      {
        action: 'dynamodb:CreateBackup',
        by,
        caller: 'tablekeeper-prod-backup',
        role: 'tablekeeper-prod-BackupRole-1A2B',
      },
    ]);
  });

  it.each([
    { text: 'GetResources: AccessDeniedException: no', action: 'tag:GetResources' },
    { text: 'GetTopicAttributes: AuthorizationErrorException: no', action: 'sns:GetTopicAttributes' },
    { text: 'DescribeTable: AccessDeniedException: no', action: 'dynamodb:DescribeTable' },
    { text: 'Publish: AuthorizationError: not authorized to perform: SNS:Publish', action: 'sns:Publish' },
    {
      text: 'CreateBackup: AccessDeniedException: not authorized to perform: kms:Decrypt on it',
      action: 'kms:Decrypt',
    },
  ])('is of $action where it reads $text', ({ text, action }) => {
    expect(denialsIn(text).map((denial) => denial.action)).toEqual([action]);
  });

  it('is found once for each in a text of several, each with its own word', () => {
    const text = `x: ${denied(SCP)}; ${denied('because no identity-based policy allows it', 'ListBackups')}.`;
    expect(denialsIn(text).map(({ action, by }) => `${action} ${by}`)).toEqual([
      'dynamodb:CreateBackup organization',
      'dynamodb:ListBackups role-lacks',
    ]);
  });

  it('is nothing else that went wrong', () => {
    expect(denialsIn('CreateBackup: ThrottlingException: Rate exceeded')).toEqual([]);
  });

  it('reaches whoever reads a finding with its end, though the name of its table is the longest', () => {
    const text = reasonsText([{ reason: denied(SCP).replace('table/orders', `table/${'x'.repeat(200)}`) }]);
    expect(text).toMatch(/service control policy$/);
  });
});

describe('what functions are refused', () => {
  const finding = (fact: string, overrides: Partial<OpenFinding> = {}) =>
    anOpenFinding({ fact, table: 'orders', openedAt: NOW - HOUR_MS, ...overrides });
  const diagnosed = (...findings: readonly OpenFinding[]) =>
    refusedDiagnoses(findings, { now: NOW, instance: 'prod' });

  it('is nothing where nothing says so', () => {
    expect(diagnosed(finding('throttled')).map(({ status }) => status)).toEqual(['fine']);
  });

  it('is nothing where it is over', () => {
    const over = finding(denied(SCP), { resolvedAt: NOW });
    expect(diagnosed(over).map(({ status }) => status)).toEqual(['fine']);
  });

  it('is told once for all tables, since the first', () => {
    const other = finding(denied(SCP), { table: 'carts', openedAt: NOW - 3 * HOUR_MS });
    expect(diagnosed(finding(denied(SCP)), other)).toEqual([
      {
        item: 'dynamodb:CreateBackup of backup',
        status: 'missing',
        says: 'is refused on 2 tables, first 3 h ago: a policy of the organization forbids it',
        fix: expect.stringMatching(/ask those who manage the organization/),
      },
    ]);
  });

  it('is told for each action, in order', () => {
    const items = diagnosed(finding(denied(SCP, 'ListBackups')), finding(denied(SCP))).map(
      ({ item }) => item,
    );
    expect(items).toEqual(['dynamodb:CreateBackup of backup', 'dynamodb:ListBackups of backup']);
  });

  it.each([
    {
      because: 'with an explicit deny in an identity-based policy',
      fix: /aws iam list-attached-role-policies --role-name tablekeeper-prod-BackupRole-1A2B$/,
    },
    {
      because: 'because no permissions boundary allows it',
      fix: /aws iam get-role --role-name tablekeeper-prod-BackupRole-1A2B --query Role\.PermissionsBoundary$/,
    },
    { because: 'because no identity-based policy allows it', fix: /npm run deploy$/ },
    { because: 'with an explicit deny in a resource-based policy', fix: /resource policy of the table/ },
    {
      because: '',
      fix: /most likely a service control policy or a permissions boundary[\s\S]+aws logs tail \/aws\/lambda\/tablekeeper-prod-backup --since 1d$/,
    },
  ])('is mended as its words say: $because', ({ because, fix }) => {
    expect(diagnosed(finding(denied(because)))[0]?.fix).toMatch(fix);
  });

  it('is of a person where it was tried by hand', () => {
    const byHand = denied(SCP).replace(/assumed-role\/\S+/, 'assumed-role/Admin/alice@example.com');
    expect(diagnosed(finding(byHand))).toMatchObject([
      { item: 'dynamodb:CreateBackup of alice@example.com', fix: expect.stringMatching(/from a terminal/) },
    ]);
    const byUser = denied(SCP).replace(/:sts:(.*):assumed-role\/\S+/, ':iam:$1:user/bob');
    expect(diagnosed(finding(byUser))).toMatchObject([{ item: 'dynamodb:CreateBackup of bob' }]);
  });

  it('is of all functions where nobody says of which', () => {
    const [diagnosis] = diagnosed(finding('GetResources: AccessDeniedException: no'));
    expect(diagnosis?.item).toBe('tag:GetResources of the functions');
  });
});
