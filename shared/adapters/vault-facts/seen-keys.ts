import { DescribeKeyCommand, GetKeyPolicyCommand } from '@aws-sdk/client-kms';
import type { Known, SeenKey, VaultFacts } from '../../model/vault-facts.ts';
import { readingOf, statedInstant, statedText } from '../aws/reading.ts';
import type { FactParts } from './parts.ts';

/**
 * What can be done with a key in AWS's states; every other one is of keys that decrypt nothing.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html (not verified)
 */
const STATES: ReadonlyMap<unknown, SeenKey['state']> = new Map([
  ['Enabled', 'usable'],
  ['Updating', 'usable'],
  ['Creating', 'usable'],
  ['Disabled', 'disabled'],
  ['PendingDeletion', 'pending-deletion'],
  ['PendingReplicaDeletion', 'pending-deletion'],
]);

const regionOf = (arn: string): string => arn.split(':')[3] ?? '';

const readKey = ({ kmsIn }: Pick<FactParts, 'kmsIn'>, arn: string): Promise<Known<SeenKey>> =>
  readingOf('DescribeKey', async () => {
    const { KeyMetadata } = await kmsIn(regionOf(arn)).send(new DescribeKeyCommand({ KeyId: arn }));
    const word = statedText(KeyMetadata?.KeyState);
    const deletesAt = statedInstant(KeyMetadata?.DeletionDate);
    if (word === undefined) return 'the answer does not say what state the key is in';
    const state = STATES.get(word) ?? 'unusable';
    return { state, word, ...(deletesAt !== undefined && { deletesAt }) };
  });

/**
 * Asks once for each of these keys.
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_DescribeKey.html (not verified)
 */
export const readKeys = async (
  parts: Pick<FactParts, 'kmsIn'>,
  arns: readonly string[],
): Promise<VaultFacts['keys']> =>
  await Promise.all(arns.map(async (arn) => ({ arn, seen: await readKey(parts, arn) })));

type Vaults = Pick<VaultFacts, 'vaults'>;

const keysOf = ({ vaults }: Vaults): readonly string[] => {
  const named = vaults.flatMap(({ seen }) => (seen.kind === 'found' ? (seen.value.keyArn ?? []) : []));
  return [...new Set(named)].toSorted();
};

/** Asks once for each key that the found vaults name. */
export const seenKeys = async (parts: FactParts, vaults: VaultFacts['vaults']): Promise<VaultFacts['keys']> =>
  await readKeys(parts, keysOf({ vaults }));

interface Document {
  readonly text: string;
}

const readPolicy = async ({ kmsIn }: FactParts, arn: string): Promise<Known<string>> => {
  const reading = await readingOf('GetKeyPolicy', async (): Promise<Document | string> => {
    const { Policy } = await kmsIn(regionOf(arn)).send(new GetKeyPolicyCommand({ KeyId: arn }));
    const text = statedText(Policy);
    return text === undefined ? 'the answer has no policy' : { text };
  });
  return reading.kind === 'found' ? { kind: 'found', value: reading.value.text } : reading;
};

/**
 * Asks once for the policy of each key that the found vaults name.
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyPolicy.html (not verified)
 */
export const seenKeyPolicies = async (
  parts: FactParts,
  vaults: VaultFacts['vaults'],
): Promise<NonNullable<VaultFacts['keyPolicies']>> =>
  await Promise.all(keysOf({ vaults }).map(async (arn) => ({ arn, seen: await readPolicy(parts, arn) })));
