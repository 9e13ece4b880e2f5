import { daysText } from '../../shared/core/text/time.ts';
import { counted, listed } from '../../shared/core/text/words.ts';
import type { Command } from '../../shared/model/advice.ts';
import { assertNever } from '../../shared/model/errors.ts';
import type { SettingStep } from '../../shared/model/restore.ts';
import type { Capacity, TableShape } from '../../shared/model/table-settings.ts';

/** Formats reads and writes a second: `12,000 reads and 4,000 writes a second`. */
export const capacityText = ({ reads, writes }: Capacity): string =>
  `${counted(reads, 'read')} and ${counted(writes, 'write')} a second`;

/** Switches TTL on. */
export const ttlCommand = (table: string, region: string, attribute: string): Command => [
  ...['aws', 'dynamodb', 'update-time-to-live', '--table-name', table],
  ...['--time-to-live-specification', `Enabled=true,AttributeName=${attribute}`, '--region', region],
];

/** Takes deletion protection off. */
export const protectionOffCommand = (table: string, region: string): Command => [
  ...['aws', 'dynamodb', 'update-table', '--table-name', table],
  ...['--no-deletion-protection-enabled', '--region', region],
];

type Step<Kind extends SettingStep['kind']> = Extract<SettingStep, { kind: Kind }>;

/** The name of an index, where it is about one. */
const ofIndex = (index: string | undefined): string => (index === undefined ? '' : ` of index ${index}`);

const maximumText = ({ reads, writes }: Capacity): string =>
  [reads < 0 ? 'reads without a limit' : `at most ${counted(reads, 'read')}`]
    .concat(writes < 0 ? 'writes without a limit' : `at most ${counted(writes, 'write')}`)
    .join(', ');

const throughputText = ({ billingMode, capacity, onDemandMaximum, indexes }: Step<'throughput'>): string => {
  const parts = [
    billingMode === 'PROVISIONED' ? 'provisioned' : 'on-demand',
    ...(capacity === undefined ? [] : [capacityText(capacity)]),
    ...(onDemandMaximum === undefined ? [] : [maximumText(onDemandMaximum)]),
    ...(indexes.length === 0 ? [] : [`also of index ${listed(indexes.map(({ name }) => name))}`]),
  ];
  return `throughput: ${parts.join(', ')}`;
};

const warmText = ({ table, indexes }: Step<'warm-throughput'>): string => {
  const parts = [
    ...(table === undefined ? [] : [capacityText(table)]),
    ...(indexes.length === 0 ? [] : [`index ${listed(indexes.map(({ name }) => name))}`]),
  ];
  return `warm throughput: ${parts.join(', ')}; it costs money and cannot go down again`;
};

/** Formats a key as what encrypts a table. */
export const keyText = (encryption: TableShape['encryption']): string => {
  if (encryption.kind === 'aws-owned') return 'a key that AWS owns';
  return encryption.isAwsManaged === true ? "this account's AWS managed key" : encryption.keyArn;
};

const encryptionText = ({ encryption }: Step<'encryption'>): string =>
  `encryption with ${keyText(encryption)}`;

const tagsText = ({ tags }: Step<'tags'>): string => {
  const pairs = Object.entries(tags).map(([key, value]) => `${key}=${value}`);
  return `${counted(pairs.length, 'tag')}: ${listed(pairs)}`;
};

const scalingText = ({ target }: Step<'scalable-target'>): string =>
  `auto scaling of ${target.resourceId} (${target.dimension}): from ${target.min} to ${target.max}`;

/** Formats one step as what is put back. */
export const stepText = (step: SettingStep): string => {
  switch (step.kind) {
    case 'deletion-protection':
      return `deletion protection ${step.on ? 'on' : 'off'}`;
    case 'tags':
      return tagsText(step);
    case 'pitr':
      return `point-in-time recovery on, for ${daysText(step.recoveryPeriodDays)}`;
    case 'stream-off':
      return 'stream off, to switch it on with another view';
    case 'stream':
      return `stream on (${step.viewType}), with a new ARN`;
    case 'table-class':
      return `table class ${step.tableClass}`;
    case 'encryption':
      return encryptionText(step);
    case 'throughput':
      return throughputText(step);
    case 'warm-throughput':
      return warmText(step);
    case 'global-index':
      return `global index ${step.index.name}`;
    case 'resource-policy':
      return `resource policy of the ${step.of}`;
    case 'insights':
      return `Contributor Insights${ofIndex(step.index)}${step.mode === undefined ? '' : ` (${step.mode})`}`;
    case 'kinesis':
      return `Kinesis destination ${step.streamArn}`;
    case 'scalable-target':
      return scalingText(step);
    case 'scaling-rule':
      return `${step.rule.kind === 'policy' ? 'scaling policy' : 'scheduled action'} ${step.rule.name} of ${step.rule.resourceId}`;
    case 'replica':
      return `replica in ${step.region}`;
    case 'ttl':
      return `TTL on ${step.attribute}, last: it deletes what has run out`;
    default:
      return assertNever(step);
  }
};
