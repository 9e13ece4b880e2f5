import { describe, expect, it } from 'vitest';
import {
  encryptionFromVault,
  type FromVault,
  isFromVault,
  refusedByVault,
} from '../../../shared/core/restore/vault-terms.ts';
import { UserError } from '../../../shared/model/errors.ts';
import { SHAPE, useOf } from './plan-input.ts';

const source = (region: string): FromVault => ({
  kind: 'recovery-point',
  table: 'orders',
  tableId: 'a1',
  id: 'arn:of:it',
  createdAt: 0,
  madeBy: 'this-instance',
  sizeBytes: 0,
  vault: { name: 'main', target: { accountId: '111122223333', region } },
});

const key = (region: string, id = 'one', accountId = '111122223333') => ({
  kind: 'kms' as const,
  keyArn: `arn:aws:kms:${region}:${accountId}:key/${id}`,
});

const OWNED = { kind: 'aws-owned' } as const;
const MANAGED = { kind: 'kms', keyArn: 'alias/aws/dynamodb', isAwsManaged: true } as const;

describe('what encrypts a table from a vault', () => {
  it.each([
    ['what a person chose', key('eu-west-1', 'mine'), OWNED, key('eu-west-1', 'mine')],
    ['as it was, the key of AWS itself', undefined, OWNED, OWNED],
    ['as it was, a key of the account', undefined, key('eu-west-1'), key('eu-west-1')],
    ['the key that AWS manages in that Region', undefined, MANAGED, MANAGED],
  ])('is %s', (_name, chosen, recorded, expected) => {
    expect(encryptionFromVault(source('eu-west-1'), chosen, { recorded })).toEqual(expected);
  });

  it('is refused where the key that was chosen is one of another Region, not of another account', () => {
    const refusal = encryptionFromVault(source('eu-west-1'), key('us-east-1'), {});
    expect(String(refusal)).toContain('the key is one of us-east-1');
    const shared = key('eu-west-1', 'one', '999922223333');
    expect(encryptionFromVault(source('eu-west-1'), shared, {})).toEqual(shared);
  });

  it('is what the manifest says where AWS Backup says nothing', () => {
    const { manifest } = useOf({ shape: { ...SHAPE, encryption: key('eu-west-1') } });
    expect(encryptionFromVault(source('eu-west-1'), undefined, { manifest })).toEqual(key('eu-west-1'));
  });

  it.each([
    ['a key of another Region', key('us-east-1'), 'not a key of eu-west-1'],
    ['a key of another account', key('eu-west-1', 'one', '999922223333'), 'not a key of eu-west-1'],
    ['nothing known', undefined, 'Nothing says'],
    [
      'a key of several Regions, which is suggested',
      key('us-east-1', 'mrk-1'),
      'eu-west-1:111122223333:key/mrk-1',
    ],
  ])('is asked for with %s', (_name, recorded, says) => {
    const refusal = encryptionFromVault(source('eu-west-1'), undefined, { recorded });
    expect(refusal).toBeInstanceOf(UserError);
    expect(String(refusal)).toContain(says);
    expect(String(refusal)).toContain('--to-region eu-west-1 with --key');
  });
});

it.each([
  [{}, undefined],
  [{ encryption: OWNED }, undefined],
  [{ globalIndexes: [] }, '--without-indexes'],
  [{ localIndexes: [], billingMode: 'PAY_PER_REQUEST' as const }, '--without-local-indexes and no --billing'],
])('a job of AWS Backup takes a name and an encryption: %j', (overrides, says) => {
  const refusal = refusedByVault(source('eu-west-1'), overrides)?.message;
  if (says === undefined) expect(refusal).toBeUndefined();
  else expect(refusal).toContain(says);
});

it('only what is in a vault is restored by AWS Backup', () => {
  const { vault: _vault, ...native } = source('eu-west-1');
  expect([isFromVault(source('eu-west-1')), isFromVault(native)]).toEqual([true, false]);
});
