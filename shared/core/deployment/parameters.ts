import { distance } from 'fastest-levenshtein';
import { UserError } from '../../model/errors.ts';
import { checkInstance } from './instance.ts';
import { longestSilenceSeconds } from './longest-silence.ts';
import { nameAndValue, parseStackTags } from './stack-tags.ts';

/** What CloudFormation would refuse only once it deploys. */
export interface StackParameter {
  readonly AllowedPattern: string;
  readonly ConstraintDescription: string;
  readonly MaxLength?: number;
}

export interface Given {
  readonly ParameterKey: string;
  readonly ParameterValue: string;
}

const WHERE = { file: 'serverless.yml' };

/** @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html (checked 2026-11-28) */
export const RETENTION_DAYS: readonly number[] = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

const nearestTo = (unknown: string, known: readonly string[]): string => {
  const letters = unknown.toLowerCase();
  // What someone typed the beginning of is nearer than any other word.
  const far = (name: string): number =>
    name.toLowerCase().startsWith(letters) ? 0 : distance(letters, name.toLowerCase());
  return known.toSorted((a, b) => far(a) - far(b))[0] ?? '';
};

/** Refuses the first given name that does not exist, because it would silently change nothing. */
export const checkNames = (given: readonly string[], known: readonly string[]): void => {
  const unknown = given.find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw new UserError({
    code: 'unknown-parameter',
    what: `there is no parameter ${JSON.stringify(unknown)}.`,
    where: WHERE,
    fix: `Did you mean --param="${nearestTo(unknown, known)}=…"? The parameters are: ${known.join(', ')}.`,
  });
};

/** As a person writes it: the stack's names begin with a capital. */
export const nameOf = (key: string): string => `${key.charAt(0).toLowerCase()}${key.slice(1)}`;

/** As the stack writes what a person does. */
export const keyOf = (name: string): string => `${name.charAt(0).toUpperCase()}${name.slice(1)}`;

/** An address that was given in place of a name may be a secret. */
const quoted = (value: string): string => (/:\/\//.test(value) ? 'An address' : JSON.stringify(value));

const wrongValue = (name: string, value: string, rule: string): UserError =>
  new UserError({
    code: 'parameter-value',
    what: `${quoted(value)} cannot be ${name}: it ${rule}.`,
    where: WHERE,
    fix: 'Give another value with --param="NAME=VALUE". docs/deploy.md says what each is for.',
  });

/** Refuses the first value of the stack's parameters that CloudFormation would refuse. */
export const checkValues = (
  parameters: Readonly<Record<string, StackParameter>>,
  given: readonly Given[],
): void => {
  for (const { ParameterKey, ParameterValue } of given) {
    const parameter = parameters[ParameterKey];
    if (parameter === undefined) throw new Error(`the stack has no parameter ${ParameterKey}`);
    const { AllowedPattern, ConstraintDescription, MaxLength = Number.POSITIVE_INFINITY } = parameter;
    if (new RegExp(AllowedPattern).test(ParameterValue) && ParameterValue.length <= MaxLength) continue;
    throw wrongValue(nameOf(ParameterKey), ParameterValue, ConstraintDescription);
  }
};

/**
 * For how many days a lock in compliance mode can still be taken back, as stack/vaults.yml has it; AWS asks for 3 at the least.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/vault-lock.html (checked 2026-11-28)
 */
export const GRACE_DAYS = 7;

const checkRetention = (value: string): void => {
  if (RETENTION_DAYS.map(String).includes(value)) return;
  const rule = `must be a number of days that CloudWatch Logs knows (logRetentionInDays): ${RETENTION_DAYS.join(', ')}`;
  throw wrongValue('logRetentionDays', value, rule);
};

/** What does not go through the stack's parameters. */
const CHECKS: Readonly<Record<string, (value: string) => unknown>> = {
  instance: checkInstance,
  backupRate: longestSilenceSeconds,
  pruneRate: longestSilenceSeconds,
  auditRate: longestSilenceSeconds,
  logRetentionDays: checkRetention,
  stackTags: (text) => (text === 'none' ? {} : parseStackTags(text)),
};

/** Refuses a value of a parameter that is in the template itself. Others are checked against the stack's parameters. */
export const checkWritten = (name: string, value: string): void => {
  CHECKS[name]?.(value);
};

/** A key works in its own Region only. */
export const checkKeyRegion = (keyArn: string, region: string): void => {
  const there = keyArn.split(':')[3];
  if (keyArn === '' || there === region) return;
  throw wrongValue('topicKmsKeyArn', keyArn, `must be a key in ${region}, where the topic is`);
};

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html (checked 2026-11-29) */
const ROLE_NAME_LENGTH = 64;

/** As long as the name of a Region is: `ap-southeast-1`. */
const REGION_NAME_LENGTH = 14;

/**
 * Refuses a vault where the names of its roles, which the instance and the Region are part of, would be too long for IAM. Without a Region they have to
 * fit in every one.
 */
export const checkVaultRoles = (vault: string, instance: string, region?: string): void => {
  const regionLength = region?.length ?? REGION_NAME_LENGTH;
  const room = ROLE_NAME_LENGTH - 'tablekeeper---restore'.length - regionLength;
  if (vault === '' || instance.length <= room) return;
  const where = region ?? 'every Region';
  throw wrongValue('vault', vault, `needs an instance of up to ${room} letters in ${where}, not ${instance}`);
};

/** What is given for a vault that is made, by the names that a person writes; empty where nothing is. */
export type VaultValues = Readonly<
  Record<'vault' | 'vaultLock' | 'vaultLockMinDays' | 'vaultLockMaxDays' | 'vaultLockCompliance', string>
>;

const LOCK_NAMES = ['vaultLockMinDays', 'vaultLockMaxDays', 'vaultLockCompliance'] as const;

/**
 * SAFETY: nobody can undo a lock in compliance mode, so its vault has to be named twice. Refuses what of a lock does not fit together, before anything is
 * deployed.
 */
export const checkVaultLock = (values: VaultValues): void => {
  const { vault, vaultLock, vaultLockCompliance, vaultLockMaxDays: most, vaultLockMinDays: least } = values;
  const refuse = (name: keyof VaultValues, rule: string) => wrongValue(name, values[name], rule);
  if (vaultLock === '') {
    const alone = LOCK_NAMES.find((name) => values[name] !== '');
    if (alone === undefined) return;
    throw refuse(alone, 'belongs to a vaultLock, and none is given');
  }
  if (vault === '') throw refuse('vaultLock', 'locks the vault that is made here, and no vault is given');
  if (least === '') throw refuse('vaultLock', 'needs a vaultLockMinDays');
  if (most !== '' && Number(most) < Number(least))
    throw refuse('vaultLockMaxDays', `must be ${least} or more, which is vaultLockMinDays`);
  if (vaultLock === 'governance' && vaultLockCompliance !== '')
    throw refuse('vaultLockCompliance', 'belongs to vaultLock=compliance');
  if (vaultLock === 'compliance' && vaultLockCompliance !== vault)
    throw refuse(
      'vaultLock',
      `can be undone by nobody, AWS included, from ${GRACE_DAYS} days after the deployment on: to say that this is meant, give the name of the vault as vaultLockCompliance as well`,
    );
};

/** Splits `NAME=VALUE` at its first `=`, as Serverless does. Refuses what has no name or no value, and a name that comes twice. */
export const parseGiven = (texts: readonly string[]): ReadonlyMap<string, string> => {
  const given = new Map<string, string>();
  for (const text of texts) {
    const [name, value] = nameAndValue(text);
    if (name === '' || value.trim() === '')
      throw new UserError({
        code: 'parameter-form',
        what: `--param ${JSON.stringify(text)} gives no value.`,
        where: WHERE,
        fix: `Write --param="${name || 'NAME'}=VALUE"; where there shall be none, --param="${name || 'NAME'}=none".`,
      });
    if (given.has(name))
      throw new UserError({
        code: 'parameter-twice',
        what: `${name} is given twice.`,
        where: WHERE,
        fix: 'Give it once.',
      });
    given.set(name, value.trimEnd());
  }
  return given;
};
