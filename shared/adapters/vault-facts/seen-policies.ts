import { GetBackupVaultAccessPolicyCommand } from '@aws-sdk/client-backup';
import { parseVaultArn } from '../../model/vault-arn.ts';
import type { Known, VaultFacts } from '../../model/vault-facts.ts';
import { readingOf, statedText } from '../aws/reading.ts';
import type { FactParts } from './parts.ts';

interface Document {
  readonly text: string;
}

const readPolicy = async ({ backupIn }: FactParts, arn: string): Promise<Known<string>> => {
  const { name = '', target } = parseVaultArn(arn) ?? {};
  const reading = await readingOf('GetBackupVaultAccessPolicy', async (): Promise<Document | string> => {
    const command = new GetBackupVaultAccessPolicyCommand({ BackupVaultName: name });
    const text = statedText((await backupIn(target?.region ?? '').send(command)).Policy);
    return text === undefined ? 'the answer has no policy' : { text };
  });
  return reading.kind === 'found' ? { kind: 'found', value: reading.value.text } : reading;
};

/**
 * Asks each found vault for its access policy; one without has none, which AWS answers as not found.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_GetBackupVaultAccessPolicy.html (not verified)
 */
export const seenPolicies = async (
  parts: FactParts,
  vaults: VaultFacts['vaults'],
): Promise<VaultFacts['policies']> => {
  const found = vaults.filter(({ seen }) => seen.kind === 'found');
  return await Promise.all(found.map(async ({ arn }) => ({ arn, seen: await readPolicy(parts, arn) })));
};
