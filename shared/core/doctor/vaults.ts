import { advise } from '../../model/advice.ts';
import type { Diagnosis } from '../../model/diagnosis.ts';
import type { Policy } from '../../model/policy.ts';
import type { Target } from '../../model/target.ts';
import { parseVaultArn } from '../../model/vault-arn.ts';
import { LINKED_ROLE } from '../../model/vault-facts.ts';
import {
  deployVaultCommand,
  describeVaultCommand,
  roleCommand,
  vaultPolicyCommand,
} from '../preflight/commands.ts';
import type { VaultGuard } from '../preflight/guards.ts';
import { destinationsOf, homesOf } from '../preflight/needs.ts';
import type { Preflight, Trouble, TroubleKind, Unknown } from '../preflight/trouble.ts';
import { daysText, utcText } from '../text/time.ts';
import { vaultPlaceText } from '../text/vault-place.ts';
import { listed } from '../text/words.ts';
import { reasonText } from './reason-text.ts';

const ITEMS: Readonly<Record<TroubleKind, string>> = {
  'backup-settings-off': 'AWS Backup settings',
  'copy-impossible': 'copies',
  'vault-key-unusable': 'vault key',
  'vault-lock-refuses': 'vault lock',
  'vault-locked-for-good': 'vault lock',
  'vault-missing': 'backup vault',
  'vault-policy-denies': 'vault access policy',
  'vault-role-unusable': 'role of backup jobs',
  'vault-unguarded': 'vault guard',
};

const ofTrouble = ({ advice, fact, kind, severity }: Trouble): Diagnosis => ({
  item: ITEMS[kind],
  status: severity === 'info' ? 'advised' : 'missing',
  says: fact,
  fix: advice,
});

const lockText = ({ lock }: VaultGuard): string => {
  if (lock === undefined) return 'no lock';
  const { finalAt, maxDays, minDays = 0 } = lock;
  const mode = finalAt === undefined ? 'governance' : `compliance (final from ${utcText(finalAt)})`;
  return `locked in ${mode} mode, for at least ${daysText(minDays)}${maxDays === undefined ? '' : `, at most ${daysText(maxDays)}`}`;
};

const GUARD_WORDS: Readonly<Record<VaultGuard['deletion'], string>> = {
  denied: 'its access policy denies deleting to everybody, or to everybody but prune',
  open: 'no access policy denies deleting: whoever has the right to it may',
  unknown: 'its access policy could not be read',
};

/** Says how a vault is guarded, whatever was asked for. */
const guardDiagnosis = (guard: VaultGuard): Diagnosis => ({
  item: ITEMS['vault-unguarded'],
  status: guard.deletion === 'unknown' ? 'unknown' : 'fine',
  says: `${vaultPlaceText(guard.arn)}: ${lockText(guard)}; ${GUARD_WORDS[guard.deletion]}`,
  ...(guard.deletion === 'unknown' && { fix: LOOK }),
});

const LOOK = advise('Allow it to yourself to see it here; audits look with a role of their own.');

const ofUnknown = ({ failure, kind, look, what }: Unknown): Diagnosis => ({
  item: ITEMS[kind],
  status: 'unknown',
  says: `${what} could not be seen: ${reasonText(failure)}`,
  fix: look === undefined ? LOOK : advise('See what it says:', look),
});

const unlike = (unknowns: readonly Unknown[]): readonly Unknown[] => [
  ...new Map(unknowns.toReversed().map((unknown) => [unknown.what, unknown])).values(),
];

/** A vault of another account is seen by nobody here: whoever runs that account has to look. */
const farAway = (policies: readonly Policy[], { accountId }: Target): readonly Diagnosis[] =>
  destinationsOf(policies).flatMap((arn) => {
    const { name = '', target } = parseVaultArn(arn) ?? {};
    return target === undefined || target.accountId === accountId
      ? []
      : [
          {
            item: ITEMS['vault-missing'],
            status: 'unknown' as const,
            says: `${name} in ${target.region} of account ${target.accountId} cannot be seen from here; whether copies arrive is checked at every audit`,
            fix: advise(
              `With credentials of account ${target.accountId}, see that the vault is there, that its access policy lets this account copy into it, that AWS Backup has its role there, and what the policy of its key says (the first command names it: EncryptionKeyArn; then aws kms get-key-policy --key-id KEY):`,
              describeVaultCommand({ name, target }),
              vaultPolicyCommand({ name, target }),
              roleCommand(LINKED_ROLE),
            ),
          },
        ];
  });

const withoutRole = (policies: readonly Policy[], target: Target): Diagnosis => {
  const [first] = homesOf(policies, target);
  return {
    item: ITEMS['vault-role-unusable'],
    status: 'missing',
    says: 'the deployment was given neither a vault nor a role of jobs, so that no function may reach AWS Backup',
    fix: advise(
      'Deploy with a vault, which brings the roles of its jobs, or with vaultRoleArn where there is such a role:',
      deployVaultCommand(first?.name ?? 'NAME'),
    ),
  };
};

/** What the doctor knows of vaults. */
export interface VaultsSeen {
  readonly policies: readonly Policy[];
  readonly target: Target;
  readonly found: Preflight & { readonly guards?: readonly VaultGuard[] };
  /** Set where the deployed functions were given no role of jobs. */
  readonly isWithoutRole?: boolean;
}

/** Reports what keeps AWS Backup from doing what policies of vaults ask for, as audits do; one line where nothing does. */
export const vaultDiagnoses = ({
  policies,
  target,
  found,
  isWithoutRole = false,
}: VaultsSeen): readonly Diagnosis[] => {
  const troubles = isWithoutRole
    ? found.troubles.filter(({ kind }) => kind !== 'vault-role-unusable')
    : found.troubles;
  const wrong = [
    ...(isWithoutRole ? [withoutRole(policies, target)] : []),
    ...troubles.map(ofTrouble),
    ...unlike(found.unknowns).map(ofUnknown),
  ];
  const names = [...new Set(homesOf(policies, target).map(({ name }) => name))];
  const fine: Diagnosis = {
    item: ITEMS['vault-missing'],
    status: 'fine',
    says: `${listed(names)}: vaults, keys, role and settings are as the policies need them`,
  };
  return [
    ...(wrong.length === 0 ? [fine] : wrong),
    ...(found.guards ?? []).map(guardDiagnosis),
    ...farAway(policies, target),
  ];
};
