import { PRICES } from '../../shared/core/money/prices.ts';
import type { RestorePlan } from '../../shared/core/restore/restore-plan.ts';
import { wayOut } from '../../shared/core/restore/source-keys.ts';
import { isFromVault } from '../../shared/core/restore/vault-terms.ts';
import type { PlanWarning } from '../../shared/core/restore/warnings.ts';
import { restoreCommand } from '../../shared/core/text/commands.ts';
import { keyStateText } from '../../shared/core/text/key-state.ts';
import { failuresText, listed } from '../../shared/core/text/words.ts';
import { type Advice, advise, type Said } from '../../shared/model/advice.ts';
import { assertNever } from '../../shared/model/errors.ts';
import { isoInstant } from '../../shared/model/instant.ts';
import { incarnationText, unseenText } from './restore-option-text.ts';
import { formerReplicaText } from './restore-replicas-text.ts';
import { capacityText } from './restore-step-text.ts';

type Warning<Kind extends PlanWarning['kind']> = Extract<PlanWarning, { kind: Kind }>;

const otherText = (
  { standingId, standingSince }: Warning<'other-incarnation'>,
  { choice }: RestorePlan,
): string => {
  const since = standingSince === undefined ? '' : `, made ${isoInstant(standingSince)}`;
  return `The ${choice.source.table} that exists now (id ${standingId}${since}) is another table and stays as it is; what comes back is of ${incarnationText(choice.incarnation)}.`;
};

const notReadText = ({ parts }: Warning<'unseen'>): string =>
  `Not all could be read (${listed(parts.map(unseenText))}: ${failuresText(parts.map(({ failure }) => failure))}); something closer to the asked second may exist.`;

const encryptedText = ({ choice, target }: RestorePlan): string =>
  `Sampled items are encrypted by your application with the table's name. Under ${target.name} they cannot be read unless the application sets the logical name: restore under ${choice.source.table}, or swap.`;

/** Only DynamoDB itself can be told to make it on-demand. */
const cheaperText = ({ choice }: RestorePlan): string =>
  isFromVault(choice.source) ? '' : ' --billing on-demand for a table that is only looked at.';

const provisionedText = ({ capacity, usdAMonth }: Warning<'provisioned-copy'>, plan: RestorePlan): string =>
  `The copy is paid for as provisioned: ${capacityText(capacity)}, about $${usdAMonth.toFixed(2)} a month at the price of us-east-1 (${PRICES.origin}, ${PRICES.readAt}), as long as it exists.${cheaperText(plan)}`;

const earlierText = (
  { tableId, until, isDeletionKnown }: Warning<'earlier-incarnation'>,
  { choice }: RestorePlan,
): Advice => {
  const { table } = choice.source;
  const end = isDeletionKnown ? 'deleted' : 'last seen';
  return advise(
    `Before this table another ${table} (id ${tableId}), ${end} ${isoInstant(until)}, had the name: nothing of it comes back so. To get that one back name a second before then, or one of its backups, which this lists:`,
    restoreCommand(table),
  );
};

const farText = ({ point }: Warning<'nearer-in-another-account'>, { choice }: RestorePlan): Advice =>
  advise(
    `${point.id} of ${isoInstant(point.createdAt)} is nearer, and in account ${point.vault?.target.accountId ?? 'unknown'}: it can be restored once it is copied back. How to do that:`,
    restoreCommand(choice.source.table, '--recovery-point', point.id),
  );

const unusableText = ({ archive, status }: Warning<'key-unusable'>, { choice }: RestorePlan): Advice => {
  const { table } = choice.source;
  const says = `${table} is ${status}: its key could not be used. Enable the key, cancel its deletion or give its policy back first; until then nothing that is encrypted with it can be restored.`;
  return archive === undefined
    ? advise(says)
    : advise(
        `${says} DynamoDB archived its last state into ${archive}. To bring that back:`,
        restoreCommand(table, '--recovery-point', archive),
      );
};

/** Tags that nobody kept come back by no option. */
const notBackedUpText = ({ target, manifest }: RestorePlan): string =>
  `${target.name} comes back under its own name and opts out of backups. Where it takes the place of the lost table, ${
    manifest?.manifest.settings.tags === undefined
      ? 'set its policy tag when it is there: what it was is not known.'
      : 'add --as-replacement: it gets the policy tag back.'
  }`;

/** A table that takes the place of the lost one is backed up by its tag alone, which nobody kept. */
const noManifestText = ({ choices, target }: RestorePlan): string => {
  const what =
    'No manifest of this table was kept: tags, TTL, stream and all other settings that no backup carries stay as AWS makes a new table.';
  return choices.role === 'replacement'
    ? `${what} Nothing backs ${target.name} up until you set its policy tag: what it was is not known.`
    : what;
};

const companionsText = ({ tag, tables }: Warning<'companions'>, { choice }: RestorePlan): string => {
  const left = tables.flatMap(({ table, asOf }) => (asOf === undefined ? [table] : []));
  const apart = tables.flatMap(({ table, asOf }) =>
    asOf === undefined ? [] : [`${table} as of ${isoInstant(asOf)}`],
  );
  return [
    `Tables with the tag ${tag} do not all come back as of one second.`,
    ...(left.length === 0 ? [] : [`Not restored: ${listed(left)}.`]),
    ...(apart.length === 0
      ? []
      : [`Restored before: ${listed(apart)}; ${choice.source.table} is as of ${isoInstant(choice.at)}.`]),
    'If they belong together, name them in one command.',
  ].join(' ');
};

const lockedText = (warning: Warning<'key-locked'>): Advice => {
  const key = { arn: warning.keyArn, ...warning };
  const out = wayOut(key);
  return {
    ...out,
    say: `It most likely needs the key ${key.arn}, which ${keyStateText(key)}. Until that is changed AWS refuses the restore. ${out.say}`,
  };
};

/** Formats a warning as sentences. */
export const warningText = (warning: PlanWarning, plan: RestorePlan): Said => {
  switch (warning.kind) {
    case 'other-incarnation':
      return otherText(warning, plan);
    case 'earlier-incarnation':
      return earlierText(warning, plan);
    case 'deletion-unknown':
      return `When ${incarnationText(plan.choice.incarnation)} was deleted is not known; it was last seen ${isoInstant(warning.lastSeenAt)}.`;
    case 'unseen':
      return notReadText(warning);
    case 'someone-elses':
      return 'This instance did not make that backup: what it holds is known by its maker only.';
    case 'made-elsewhere':
      return `This recovery point is in a vault in ${warning.region}, and AWS Backup restores only there: the table is made in ${warning.region}, not in ${plan.choice.view.target.region}.`;
    case 'of-elsewhere':
      return `It is a copy of ${plan.choice.source.table} of ${warning.home.region} in account ${warning.home.accountId}.`;
    case 'nearer-in-another-account':
      return farText(warning, plan);
    case 'was-replica':
      return formerReplicaText(warning, plan);
    case 'not-backed-up':
      return notBackedUpText(plan);
    case 'no-manifest':
      return noManifestText(plan);
    case 'later-manifest':
      return `The settings are those of ${isoInstant(warning.capturedAt)}, the first that were kept, after the second that comes back.`;
    case 'key-unusable':
      return unusableText(warning, plan);
    case 'key-needed':
      return `The key ${warning.keyArn} has to stay enabled until the table is ACTIVE.`;
    case 'key-locked':
      return lockedText(warning);
    case 'key-unread':
      return `Whether the key ${warning.keyArn} can be used, which it needs, could not be read: ${failuresText([warning.failure])}. If it cannot, AWS refuses the restore.`;
    case 'provisioned-copy':
      return provisionedText(warning, plan);
    case 'client-side-encrypted':
      return encryptedText(plan);
    case 'role-unchecked':
      return `It could not be checked beforehand: ${warning.what}: ${failuresText([warning.failure])}. If it lacks something, the job of AWS Backup fails and says so.`;
    case 'companions':
      return companionsText(warning, plan);
    case 'companions-unread':
      return `Which other tables have the tag ${warning.tag} could not be read (${failuresText([warning.failure])}): tables that belong with this one may stay as they are.`;
    default:
      return assertNever(warning);
  }
};
