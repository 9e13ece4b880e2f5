import { describe, expect, it } from 'vitest';
import { refusedDiagnoses } from '../../../shared/core/doctor/refused.ts';
import { causedBy } from '../../../shared/core/findings/cause.ts';
import { advise } from '../../../shared/model/advice.ts';
import type { CallFailure } from '../../../shared/model/failure.ts';
import { HOUR_MS } from '../../../shared/model/instant.ts';
import type { OpenFinding } from '../../../shared/model/memory.ts';
import { commandOf } from '../../support/advice-text.ts';
import { aCallFailure } from '../../support/failures.ts';
import { anOpenFinding, NOW } from '../../support/world.ts';

const CALLER =
  'User: arn:aws:sts::111122223333:assumed-role/tablekeeper-prod-BackupRole-1A2B/tablekeeper-prod-backup is not authorized to perform:';
const TABLE = 'on resource: arn:aws:dynamodb:us-east-1:111122223333:table/orders';
const denied = (because: string, operation = 'CreateBackup') =>
  aCallFailure(operation, 'AccessDeniedException', `${CALLER} dynamodb:${operation} ${TABLE} ${because}`);
const SCP = 'with an explicit deny in a service control policy';

const saying = (change: (words: string) => string) =>
  aCallFailure('CreateBackup', 'AccessDeniedException', change(denied(SCP).message));

describe('what functions are refused', () => {
  const finding = (failure: CallFailure, overrides: Partial<OpenFinding> = {}) =>
    anOpenFinding({ ...causedBy([failure]), table: 'orders', openedAt: NOW - HOUR_MS, ...overrides });
  const diagnosed = (...findings: readonly OpenFinding[]) =>
    refusedDiagnoses(findings, { now: NOW, instance: 'prod' });

  it('is nothing where nothing says so', () => {
    const says = 'nothing is refused to them, as far as open findings tell';
    expect(diagnosed(finding(aCallFailure('CreateBackup', 'ThrottlingException')))).toEqual([
      { item: "functions' permissions", status: 'fine', says },
    ]);
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
        fix: advise(
          'A service or resource control policy forbids it: ask those who manage the organization to let the role through. Tablekeeper deploys the role with this permission.',
        ),
      },
    ]);
  });

  it('is told for each action, in order', () => {
    const failures = ['ListTables', 'CreateBackup', 'ListBackups'].map((operation) => denied(SCP, operation));
    expect(diagnosed(...failures.map((failure) => finding(failure))).map(({ item }) => item)).toEqual([
      'dynamodb:CreateBackup of backup',
      'dynamodb:ListBackups of backup',
      'dynamodb:ListTables of backup',
    ]);
  });

  it('is told for each function', () => {
    const ofAudit = saying((words) => words.replace('tablekeeper-prod-backup', 'tablekeeper-prod-audit'));
    expect(diagnosed(finding(denied(SCP)), finding(ofAudit)).map(({ item }) => item)).toEqual([
      'dynamodb:CreateBackup of audit',
      'dynamodb:CreateBackup of backup',
    ]);
  });

  const ROLE = 'tablekeeper-prod-BackupRole-1A2B';

  it.each([
    {
      because: 'with an explicit deny in an identity-based policy',
      says: 'a policy of the role denies it',
      fix: advise(
        'Somebody gave the role a policy that denies it: take that away.',
        commandOf(`aws iam list-attached-role-policies --role-name ${ROLE}`),
      ),
    },
    {
      because: 'because no permissions boundary allows it',
      says: "the role's permissions boundary does not allow it",
      fix: advise(
        'Somebody put a permissions boundary on the role: add the action to it. Tablekeeper deploys the role with this permission.',
        commandOf(`aws iam get-role --role-name ${ROLE} --query Role.PermissionsBoundary`),
      ),
    },
    {
      because: 'because no identity-based policy allows it',
      says: 'no policy of the role allows it',
      fix: advise(
        'Tablekeeper deploys the role with this permission, so it was changed since, or is older. Deploy again:',
        commandOf('npm run deploy'),
      ),
    },
    {
      because: 'with an explicit deny in a resource-based policy',
      says: 'the policy of what it is about does not allow it',
      fix: advise(
        `Let the role through in the resource policy of the table, in the topic's, or in the key's.`,
      ),
    },
    {
      because: '',
      says: 'nothing says whose word it is',
      fix: advise(
        'Tablekeeper deploys the role with this permission, so it is most likely a service control policy or a permissions boundary. The log has the whole of the words.',
        commandOf('aws logs tail /aws/lambda/tablekeeper-prod-backup --since 1d'),
      ),
    },
  ])('is mended as its words say: $because', ({ because, says, fix }) => {
    expect(diagnosed(finding(denied(because)))).toEqual([
      {
        item: 'dynamodb:CreateBackup of backup',
        status: 'missing',
        says: `is refused on orders, first 1 h ago: ${says}`,
        fix,
      },
    ]);
  });

  it('is of a person where it was tried by hand', () => {
    const byHand = saying((words) =>
      words.replace(/assumed-role\/\S+/, 'assumed-role/Admin/alice@example.com'),
    );
    expect(diagnosed(finding(byHand))).toMatchObject([
      {
        item: 'dynamodb:CreateBackup of alice@example.com',
        fix: advise(
          'A person ran this from a terminal. Allow it to them, or let the function try: its next run tells whether it may.',
        ),
      },
    ]);
    const byUser = saying((words) => words.replace(/:sts:(.*):assumed-role\/\S+/, ':iam:$1:user/bob'));
    expect(diagnosed(finding(byUser))).toMatchObject([{ item: 'dynamodb:CreateBackup of bob' }]);
  });

  it('is of all functions where nobody says of which, and of no table where none is named', () => {
    const { table: _, ...one } = finding(aCallFailure('GetResources', 'AccessDeniedException'));
    expect(diagnosed(one)).toEqual([
      {
        item: 'tag:GetResources of the functions',
        status: 'missing',
        says: 'is refused first 1 h ago: nothing says whose word it is',
        fix: advise(
          'Tablekeeper deploys the role with this permission, so it is most likely a service control policy or a permissions boundary. The log has the whole of the words.',
        ),
      },
    ]);
  });
});
