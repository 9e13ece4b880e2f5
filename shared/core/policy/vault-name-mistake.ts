import { parseVaultArn, VAULT_NAME } from '../../model/vault-arn.ts';
import { type Advice, shown } from './mistake.ts';

const EXAMPLE = 'arn:aws:backup:eu-west-1:111122223333:backup-vault:tablekeeper-dr';

/** Describes what is wrong with text as the name of a backup vault; undefined when nothing is. */
export const vaultAdvice = (text: string): Advice | undefined => {
  if (VAULT_NAME.test(text)) return undefined;
  const { name } = parseVaultArn(text) ?? {};
  return name === undefined
    ? {
        what: `${shown(text)} cannot name a backup vault.`,
        fix: 'Write 2–50 letters, digits, hyphens and underscores, such as tablekeeper.',
      }
    : {
        what: 'vault is the name of a vault beside the tables, not its ARN.',
        fix: `Write ${name}; where recovery points are copied to belongs in copyTo.`,
      };
};

/** Describes what is wrong with text as the vault that recovery points are copied to; undefined when nothing is. */
export const destinationAdvice = (text: string): Advice | undefined =>
  parseVaultArn(text) === undefined
    ? {
        what: `${shown(text)} is no ARN of a backup vault.`,
        fix: `Write one such as "${EXAMPLE}".`,
      }
    : undefined;
