import { describe, expect, it } from 'vitest';
import {
  jobRights,
  type NeededRights,
  restoreRights,
} from '../../../shared/adapters/vault-facts/role-rights.ts';
import { packagedJobRights, restoreRoleOf, vaultRoleOf } from '../../support/rights.ts';
import { covers, type Grant } from '../../support/roles.ts';

// What is asked about a role, held against the role that is packaged: whoever gives another one is told of each right that ours has.

const PLACE = { accountId: '111122223333', region: 'us-east-1', instance: 'prod' };
const DR = 'arn:aws:backup:eu-west-1:111122223333:backup-vault:dr';
const FAR = 'arn:aws:backup:eu-west-1:999922223333:backup-vault:far';

const grantsOf = (role: string): readonly Grant[] => packagedJobRights(PLACE).get(role) ?? [];

const callsIn = (rights: readonly NeededRights[]) =>
  rights.flatMap(({ actions, resources }) =>
    actions.flatMap((action) =>
      (resources.length === 0 ? ['*'] : resources).map((resource) => ({ action, resource })),
    ),
  );

/** Keys decide in their own policies, which nobody simulates; and what only looks at a vault fails no job that is known. */
const NOT_ASKED = (action: string): boolean =>
  action.startsWith('kms:') || action === 'backup:DescribeBackupVault';

describe.each([
  { name: 'iam/vault-job.yml', role: vaultRoleOf(PLACE), rights: jobRights(PLACE, [DR, FAR]) },
  { name: 'iam/vault-restore.yml', role: restoreRoleOf(PLACE), rights: restoreRights(PLACE) },
  {
    name: 'iam/vault-restore.yml, for one that is named',
    role: restoreRoleOf(PLACE),
    rights: [
      'arn:aws:backup:us-east-1:111122223333:recovery-point:1',
      `arn:aws:dynamodb:us-east-1:111122223333:table/orders/backup/01489602797149-73d8d5bc`,
    ].flatMap((pointArn) => restoreRights(PLACE, { table: 'orders', pointArn })),
  },
  {
    name: 'iam/vault-restore.yml, in another Region',
    role: restoreRoleOf(PLACE),
    rights: restoreRights({ ...PLACE, region: 'eu-west-1' }),
  },
])('$name', ({ rights, role }) => {
  it('allows all that is asked about its role, on what it is asked', () => {
    const grants = grantsOf(role);
    const refused = callsIn(rights).filter(
      ({ action, resource }) => !grants.some((grant) => covers(grant, action, resource)),
    );
    expect(refused).toEqual([]);
  });

  it('allows nothing else that a job would fail without', () => {
    const asked = new Set(callsIn(rights).map(({ action }) => action));
    const unasked = grantsOf(role).filter(({ action }) => !asked.has(action) && !NOT_ASKED(action));
    expect(unasked).toEqual([]);
  });

  it('covers each resource that it names with a question', () => {
    const calls = callsIn(rights);
    const unmet = grantsOf(role).filter(
      (grant) =>
        !NOT_ASKED(grant.action) && !calls.some(({ action, resource }) => covers(grant, action, resource)),
    );
    expect(unmet).toEqual([]);
  });
});

it('a job that copies nothing is asked about no vault', () => {
  expect(callsIn(jobRights(PLACE, [])).filter(({ action }) => action.includes('Vault'))).toEqual([]);
});

it.each([
  {
    of: 'DynamoDB',
    pointArn: 'arn:aws:dynamodb:us-east-1:111122223333:table/orders/backup/1',
    lacks: 'RestoreTableFromAwsBackup',
  },
  {
    of: 'AWS Backup',
    pointArn: 'arn:aws:backup:us-east-1:111122223333:recovery-point:1',
    lacks: 'RestoreTableFromBackup',
  },
])('a restore of a recovery point of $of is asked nothing about the other form', ({ lacks, pointArn }) => {
  const actions = callsIn(restoreRights(PLACE, { pointArn })).map(({ action }) => action);
  expect(actions).not.toContain(`dynamodb:${lacks}`);
});
