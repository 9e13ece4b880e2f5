import { expect, it } from 'vitest';
import { restoreRole } from '../../../shared/core/preflight/restore-role.ts';
import type { Known, RestoreRoleFacts } from '../../../shared/model/vault-facts.ts';
import { aCallFailure } from '../../support/failures.ts';

const ARN = 'arn:aws:iam::111122223333:role/tablekeeper-prod-us-east-1-restore';

const UNREADABLE: Known<never> = {
  kind: 'unreadable',
  failure: aCallFailure('GetRole', 'AccessDeniedException'),
};

const GOOD: RestoreRoleFacts = {
  arn: ARN,
  seen: { kind: 'found', value: { trustsBackup: true } },
  lacking: { kind: 'found', value: [] },
  isPassable: { kind: 'found', value: true },
};

const asked = (given: Partial<RestoreRoleFacts>) => restoreRole({ ...GOOD, ...given });

it('a role that can restore is said nothing of, and neither is what nobody asked', () => {
  const { isPassable: _, ...unasked } = GOOD;
  expect([asked({}), restoreRole(unasked)]).toEqual([
    { troubles: [], unknowns: [] },
    { troubles: [], unknowns: [] },
  ]);
});

it.each<{ name: string; given: Partial<RestoreRoleFacts>; says: readonly string[] }>([
  {
    name: 'that is gone is that, and no more',
    given: {
      seen: { kind: 'missing' },
      lacking: { kind: 'missing' },
      isPassable: { kind: 'found', value: false },
    },
    says: [
      `There is no role ${ARN}, under which AWS Backup restores: nothing in a vault can be restored with it.`,
    ],
  },
  {
    name: 'that does not trust AWS Backup',
    given: { seen: { kind: 'found', value: { trustsBackup: false } } },
    says: [
      `AWS Backup cannot take on the role ${ARN}: its trust policy does not name backup.amazonaws.com. Nothing in a vault can be restored with it.`,
    ],
  },
  {
    name: 'that lacks rights, all of them at once',
    given: {
      lacking: { kind: 'found', value: ['dynamodb:PutItem', 'dynamodb:RestoreTableFromAwsBackup'] },
    },
    says: [
      `The role ${ARN} lacks what a restore from a vault needs: dynamodb:PutItem, dynamodb:RestoreTableFromAwsBackup.`,
    ],
  },
  {
    name: 'that the caller may not pass',
    given: { isPassable: { kind: 'found', value: false } },
    says: [`You may not give AWS Backup the role ${ARN}: iam:PassRole on it is not allowed to you.`],
  },
])('a role $name', ({ given, says }) => {
  const { troubles, unknowns } = asked(given);
  expect(troubles.map(({ fact }) => fact)).toEqual(says);
  expect(unknowns).toEqual([]);
});

it('what cannot be read is unknown, and no trouble', () => {
  const { troubles, unknowns } = asked({ seen: UNREADABLE, lacking: UNREADABLE, isPassable: UNREADABLE });
  expect(troubles).toEqual([]);
  expect(unknowns.map(({ what }) => what)).toEqual([
    `the role of restores ${ARN}`,
    'what the role of restores may do',
    `whether you may pass the role ${ARN} to AWS Backup`,
  ]);
});
