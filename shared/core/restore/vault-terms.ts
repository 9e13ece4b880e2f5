import { UserError } from '../../model/errors.ts';
import type { Manifest } from '../../model/manifest.ts';
import type { RestoreOverrides, RestoreSource, VaultPlace } from '../../model/restore.ts';
import type { TableShape } from '../../model/table-settings.ts';
import type { Target } from '../../model/target.ts';
import { AWS_MANAGED } from './overrides.ts';

type Encryption = TableShape['encryption'];

/** A source that is in a backup vault. */
export type FromVault = Extract<RestoreSource, { kind: 'recovery-point' }> & { readonly vault: VaultPlace };

/** Says whether AWS Backup has to restore a source. */
export const isFromVault = (source: RestoreSource): source is FromVault =>
  source.kind === 'recovery-point' && source.vault !== undefined;

/** The name of each option by what it sets. */
const NOT_TAKEN = [
  ['globalIndexes', '--without-indexes'],
  ['localIndexes', '--without-local-indexes'],
  ['billingMode', '--billing'],
] as const;

/**
 * Refuses what a job of AWS Backup cannot be told: it takes a name and an encryption, and brings back all indexes and the capacity of then. Undefined
 * where nothing of it is wished.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/restoring-dynamodb.html (checked 2026-11-28)
 */
export const refusedByVault = (
  { id, vault }: FromVault,
  overrides: RestoreOverrides,
): UserError | undefined => {
  const flags = NOT_TAKEN.flatMap(([name, flag]) => (overrides[name] === undefined ? [] : [flag]));
  return flags.length === 0
    ? undefined
    : new UserError({
        code: 'not-from-a-vault',
        what: `${id} is in the backup vault ${vault.name}, and AWS Backup restores a table with all its indexes and the capacity that it had: it takes no ${flags.join(' and no ')}.`,
        fix: "Leave that out, or name one of DynamoDB's own backups with --recovery-point.",
        facts: { id, options: flags },
      });
};

const KEY = /^arn:[a-z-]+:kms:([a-z0-9-]+):(\d{12}):(?:key|alias)\/(.+)$/;

/** A key of several Regions has one id in all of them. */
const suggested = (keyArn: string, { target }: VaultPlace): string => {
  const [, region = '', , id = ''] = KEY.exec(keyArn) ?? [];
  return id.startsWith('mrk-') ? keyArn.replace(`:${region}:`, `:${target.region}:`) : 'ARN-OF-A-KEY-THERE';
};

const keyNeeded = ({ id, vault }: FromVault, keyArn: string | undefined): UserError =>
  new UserError({
    code: 'key-missing',
    what:
      keyArn === undefined
        ? `Nothing says what the table of ${id} was encrypted with.`
        : `The table of ${id} was encrypted with ${keyArn}, which is not a key of ${vault.target.region} in account ${vault.target.accountId}.`,
    fix: `Say what encrypts it: --to-region ${vault.target.region} with --key ${keyArn === undefined ? 'ARN-OF-A-KEY-THERE' : suggested(keyArn, vault)}, aws-managed or aws-owned.`,
    facts: { id, region: vault.target.region, keyArn },
  });

/** One that was named before it was known where the table is made. */
const wrongKey = ({ id, vault: { target } }: FromVault, chosen: Encryption): UserError | undefined => {
  const region = chosen.kind === 'kms' ? KEY.exec(chosen.keyArn)?.[1] : undefined;
  return region === undefined || region === target.region
    ? undefined
    : new UserError({
        code: 'key-in-another-region',
        what: `${id} is in a vault in ${target.region}, where the table is made, and the key is one of ${region}.`,
        fix: `Name a key of there: --to-region ${target.region} with --key ARN-OF-A-KEY-THERE, aws-managed or aws-owned.`,
        facts: { id, region: target.region },
      });
};

const isKeyOf = (keyArn: string, { target }: VaultPlace): boolean => {
  const [, region, accountId] = KEY.exec(keyArn) ?? [];
  return region === target.region && accountId === target.accountId;
};

/** What is known of how the table of a recovery point was encrypted. */
export interface KnownEncryption {
  /** What AWS Backup says of the recovery point. */
  readonly recorded?: Encryption | undefined;
  /** It tells a key of AWS from a person's own, which AWS Backup does not. */
  readonly manifest?: Pick<Manifest, 'settings'> | undefined;
}

const isOfAws = (was: Encryption, kept: Encryption | undefined): boolean =>
  was.kind === 'kms' &&
  (was.isAwsManaged === true ||
    (kept?.kind === 'kms' && kept.isAwsManaged === true && kept.keyArn === was.keyArn));

/**
 * Decides what encrypts a table from a vault: it is always said, because AWS's pages disagree about what it is otherwise. As it was, unless a person
 * chose; a key of AWS is that of the Region. Returns the refusal where a key of elsewhere, or nothing, is known.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/restoring-dynamodb.html (checked 2026-11-28)
 */
export const encryptionFromVault = (
  source: FromVault,
  chosen: Encryption | undefined,
  { recorded, manifest }: KnownEncryption,
): Encryption | UserError => {
  const kept = manifest?.settings.shape?.encryption;
  const was = chosen ?? recorded ?? kept;
  if (was === undefined) return keyNeeded(source, undefined);
  if (chosen !== undefined) return wrongKey(source, chosen) ?? chosen;
  if (was.kind === 'aws-owned') return was;
  if (isOfAws(was, kept)) return { kind: 'kms', keyArn: AWS_MANAGED, isAwsManaged: true };
  return isKeyOf(was.keyArn, source.vault) ? was : keyNeeded(source, was.keyArn);
};

/** Says where the table is or was that is restored. */
export const homeOf = (source: RestoreSource, target: Target): Target =>
  isFromVault(source) ? (source.vault.home ?? target) : target;
