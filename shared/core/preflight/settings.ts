import { advise } from '../../model/advice.ts';
import type { Policy } from '../../model/policy.ts';
import type { Target } from '../../model/target.ts';
import type { VaultFacts } from '../../model/vault-facts.ts';
import { regionSettingsCommand } from '../text/commands.ts';
import { listed } from '../text/words.ts';
import { advancedCommand, crossAccountCommand, optInCommand } from './commands.ts';
import { otherAccounts } from './needs.ts';
import { joined, NOTHING, type Preflight, type Trouble, troubled, unknown } from './trouble.ts';

const off = (
  subject: readonly string[],
  severity: Trouble['severity'],
  more: Pick<Trouble, 'fact' | 'advice'>,
): Preflight =>
  troubled({
    kind: 'backup-settings-off',
    subject,
    severity,
    measured: 'off',
    promised: 'on',
    ...more,
  });

/** What only recovery points that AWS Backup keeps itself can do. */
const needsAdvanced = ({ vault }: Policy): boolean =>
  vault !== undefined &&
  (vault.copyTo.length > 0 ||
    vault.coldAfterDays !== undefined ||
    vault.copyTo.some(({ coldAfterDays }) => coldAfterDays !== undefined));

const COMPARE =
  'The command changes DynamoDB alone; compare what AWS shows before and after it, because reports differ on what it leaves as it is:';

const ofRegion = (policies: readonly Policy[], { optIn }: VaultFacts, target: Target): Preflight => {
  const { accountId, region } = target;
  if (optIn.kind === 'unreadable')
    return unknown({
      kind: 'backup-settings-off',
      subject: [region],
      what: `the settings of AWS Backup in ${region}`,
      failure: optIn.failure,
    });
  const { optedIn, advanced } = optIn.kind === 'found' ? optIn.value : { optedIn: false, advanced: false };
  const asking = policies.filter(needsAdvanced).map(({ name }) => name);
  return joined([
    optedIn
      ? NOTHING
      : off([region, 'opt-in'], 'warning', {
          fact: `AWS Backup does not look after DynamoDB in ${region} of account ${accountId}: the service is not opted in.`,
          advice: advise(
            `Opt in: AWS Backup in the console, Settings, Configure resources. By AWS's pages the first job opts in by itself, and switches the advanced features on: then this is over by itself. ${COMPARE}`,
            regionSettingsCommand(target),
            optInCommand(target),
          ),
        }),
    advanced || asking.length === 0
      ? NOTHING
      : off([region, 'advanced'], 'warning', {
          fact: `The advanced features of AWS Backup for DynamoDB are off in ${region} of account ${accountId}. What is made without them can never be copied and never be moved to cold storage, which ${listed(asking)} ${asking.length === 1 ? 'asks' : 'ask'} for.`,
          advice: advise(
            `Switch them on: AWS Backup in the console, Settings, Configure resources. ${COMPARE}`,
            regionSettingsCommand(target),
            advancedCommand(target),
          ),
        }),
  ]);
};

const ofOrganization = (
  policies: readonly Policy[],
  { crossAccount }: VaultFacts,
  target: Target,
): Preflight => {
  const accounts = otherAccounts(policies, target);
  if (crossAccount === undefined || accounts.length === 0) return NOTHING;
  const subject = ['cross-account'];
  if (crossAccount.kind === 'unreadable')
    return unknown({
      kind: 'backup-settings-off',
      subject,
      what: 'whether the organization allows copies between accounts',
      failure: crossAccount.failure,
    });
  const { isMember, isOn } =
    crossAccount.kind === 'found' ? crossAccount.value : { isMember: false, isOn: false };
  if (isOn) return NOTHING;
  return off(subject, 'critical', {
    fact: isMember
      ? `Copies between accounts are switched off in the organization of account ${target.accountId}: none reaches ${listed(accounts)}.`
      : `Account ${target.accountId} belongs to no organization, and AWS Backup copies only between accounts of one: none reaches ${listed(accounts)}.`,
    advice: isMember
      ? advise(
          "In the organization's management account: AWS Backup in the console, Settings, Cross-account backup, or there:",
          crossAccountCommand(target),
        )
      : advise(
          'Copy to a vault of this account in another Region, or let both accounts join one organization.',
        ),
  });
};

/**
 * Finds settings of AWS Backup that are off although a policy needs them: DynamoDB in the Region, its advanced features for copies and cold storage, and
 * copies between accounts. A type of resource that AWS does not list is off.
 */
export const backupSettings = (policies: readonly Policy[], facts: VaultFacts, target: Target): Preflight =>
  joined([ofRegion(policies, facts, target), ofOrganization(policies, facts, target)]);
