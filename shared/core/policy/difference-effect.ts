import type { PolicyDifference } from '../../model/deployed-policies.ts';
import type { Policy } from '../../model/policy.ts';
import { daysText } from '../text/time.ts';
import { differenceWeight } from './difference-weight.ts';

/** AWS Backup deletes by its own rule, whether or not a policy still stands behind it. */
const staysUntil = ({ vault }: Policy): string =>
  vault?.deleteAfterDays === undefined
    ? 'stay, and are paid for, until someone deletes them'
    : `stay, and are paid for, until AWS Backup deletes them after ${daysText(vault.deleteAfterDays)} or someone does before`;

const removedText = (policy: Policy): string => {
  const { name, pitr } = policy;
  const window = pitr === undefined ? '' : ', and its point-in-time recovery is not watched any more';
  return `A table whose tag names only ${name} gets no more backups${window}. Its recovery points of this policy ${staysUntil(policy)}.`;
};

const tagText = (before: string, after: string): string =>
  `A table is governed by the tag ${after} only. One that has the tag ${before} and not ${after} gets no more backups, and its point-in-time recovery is not watched any more; what it has stays until someone deletes it.`;

type Changed = Extract<PolicyDifference, { kind: 'policy-changed' }>;

const pitrText = ({ deployed, given }: Changed): string => {
  if (given.pitr === undefined) return 'Nobody is alerted when point-in-time recovery of its tables is off.';
  if (given.pitr.recoveryPeriodDays < (deployed.pitr?.recoveryPeriodDays ?? 0))
    return 'A window of fewer days is enough.';
  return 'When it is off, it is reported and not switched on again.';
};

const drillText = ({ given }: Changed): string =>
  given.drill === undefined
    ? 'It is not proved any more that its tables can be restored.'
    : 'Restores are proved less often, less far, of fewer tables or with fewer items.';

/** What it means where a policy promises less. */
const weakerText = (difference: Changed): string | undefined => {
  switch (difference.aspect) {
    case 'retention':
      return 'What only the old rules keep is deleted by the next runs of prune, as far as the guardrail allows.';
    case 'pitr':
      return pitrText(difference);
    case 'schedule':
      return 'Backups are made less often: a restore may lose more.';
    case 'vault':
      return 'Copies are missing, or recovery points or copies are kept for less long.';
    case 'rpo':
      return 'A newest backup may be older before anyone is alerted.';
    case 'rto':
      return 'A slower restore, or any, is not reported any more.';
    case 'drill':
      return drillText(difference);
    case 'afterDeletion':
      return 'What is left of a deleted table ends, the last recovery point too, or ends sooner.';
    case 'engine':
      return undefined;
  }
};

const changedText = (difference: Changed): string | undefined => {
  const { aspect, deployed, given } = difference;
  if (differenceWeight(difference) === 'weaker') return weakerText(difference);
  const repairs = given.pitr?.onDrift === 'repair' && deployed.pitr?.onDrift !== 'repair';
  return aspect === 'pitr' && repairs
    ? 'Where it is off, audit switches it on, which is paid for by the size of the table.'
    : undefined;
};

/** Words what a difference means for tables, where its two sides do not say it themselves; undefined where they do. */
export const differenceEffect = (difference: PolicyDifference): string | undefined => {
  switch (difference.kind) {
    case 'tag':
      return tagText(difference.deployed, difference.given);
    case 'policy-removed':
      return removedText(difference.policy);
    case 'policy-changed':
      return changedText(difference);
    case 'guardrail':
      return differenceWeight(difference) === 'weaker'
        ? 'One run of prune may delete more before it is stopped.'
        : undefined;
    case 'digest':
      return difference.given === undefined ? 'No digest is sent any more.' : undefined;
    case 'drill-cap':
      return differenceWeight(difference) === 'weaker' && difference.given !== undefined
        ? 'Drills that would cost more in a month are put off.'
        : undefined;
    default:
      return undefined;
  }
};
