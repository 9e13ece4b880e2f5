import { keyArn } from './arn.ts';
import type { AccountWith, OperationOn, OperationsOn } from './call.ts';
import { serviceFailure } from './failure.ts';

/** What became of a key that cannot be used. */
export type KeyTrouble = 'disabled' | 'missing' | 'pending deletion';

/** What its operations work on. */
interface State {
  /** Keys that cannot be used, by ARN, and why. Any other key can. */
  readonly keys: ReadonlyMap<string, KeyTrouble>;
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

export const KMS_OPERATIONS: OperationsOn<State> = { DescribeKey: describeKey };
