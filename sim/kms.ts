import { keyArn } from './arn.ts';
import type { AccountWith, OperationOn, OperationsOn } from './call.ts';
import { serviceFailure } from './failure.ts';

/** What became of a key that cannot be used. */
export type KeyTrouble = 'disabled' | 'missing' | 'pending deletion';

/** What its operations work on. */
interface State {
  /** Keys that cannot be used, by ARN, and why. Any other key can. */
  readonly keys: ReadonlyMap<string, KeyTrouble>;
  /** Policies that somebody gave to keys, by ARN. */
  readonly keyPolicies: ReadonlyMap<string, string>;
  /** When keys that wait for their deletion are deleted, by ARN. */
  readonly keyDeletions: ReadonlyMap<string, number>;
}

const WORDS: Readonly<Record<Exclude<KeyTrouble, 'missing'>, string>> = {
  disabled: 'Disabled',
  'pending deletion': 'PendingDeletion',
};

/** The key that AWS itself made for AWS Backup. */
const isOfAws = (arn: string): boolean => /(?:key\/|alias\/aws\/)(?:aws-)?backup$/.test(arn);

const metadataOf = ({ accountId, state }: AccountWith<State>, arn: string): object => {
  const trouble = state.keys.get(arn);
  if (trouble === 'missing') throw serviceFailure('NotFoundException', `Key '${arn}' does not exist`);
  const deletionAt = state.keyDeletions.get(arn);
  return {
    AWSAccountId: accountId,
    Arn: arn,
    KeyId: arn.split('/').at(-1),
    Enabled: trouble === undefined,
    KeyState: trouble === undefined ? 'Enabled' : WORDS[trouble],
    KeyManager: isOfAws(arn) ? 'AWS' : 'CUSTOMER',
    KeyUsage: 'ENCRYPT_DECRYPT',
    ...(deletionAt === undefined ? {} : { DeletionDate: deletionAt / 1000 }),
  };
};

const describeKey: OperationOn<State> = ({ account }, { KeyId: key }) => {
  if (typeof key !== 'string' || key === '') throw serviceFailure('ValidationException', 'KeyId is required');
  return { KeyMetadata: metadataOf(account, keyArn(account, key)) };
};

/** What a key has that nobody gave another policy: its account decides. */
const usualPolicy = (accountId: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${accountId}:root` },
        Action: 'kms:*',
        Resource: '*',
      },
    ],
  });

const getKeyPolicy: OperationOn<State> = ({ account }, { KeyId: key }) => {
  if (typeof key !== 'string' || key === '') throw serviceFailure('ValidationException', 'KeyId is required');
  const arn = keyArn(account, key);
  if (account.state.keys.get(arn) === 'missing')
    throw serviceFailure('NotFoundException', `Key '${arn}' does not exist`);
  return {
    Policy: account.state.keyPolicies.get(arn) ?? usualPolicy(account.accountId),
    PolicyName: 'default',
  };
};

export const KMS_OPERATIONS: OperationsOn<State> = { DescribeKey: describeKey, GetKeyPolicy: getKeyPolicy };
