import type { Capacity, LocalIndex } from '../../model/table-settings.ts';
import { attribute, block, type HclBody, type HclEntry } from './hcl.ts';
import {
  capacityOf,
  indexCapacity,
  type KnownTable,
  keyAttributes,
  onDemandMaximum,
  ownTags,
} from './live.ts';
import { lifecycleBlock } from './tf-lifecycle.ts';

/** The provider's value where nothing is written. */
export const DEFAULT_RECOVERY_DAYS = 35;

const BLANK: HclEntry = { kind: 'blank' };

const keyEntries = ({ keys }: Pick<LocalIndex, 'keys'>): HclBody =>
  keys.map(({ name, role }) => attribute(role === 'HASH' ? 'hash_key' : 'range_key', name));

const capacityEntries = (capacity: Capacity | undefined): HclBody =>
  capacity === undefined
    ? []
    : [attribute('read_capacity', capacity.reads), attribute('write_capacity', capacity.writes)];

const maximumBlock = (limit: Partial<Capacity> | undefined): HclBody =>
  limit === undefined
    ? []
    : [
        BLANK,
        block(
          'on_demand_throughput',
          [],
          [
            ...(limit.reads === undefined ? [] : [attribute('max_read_request_units', limit.reads)]),
            ...(limit.writes === undefined ? [] : [attribute('max_write_request_units', limit.writes)]),
          ],
        ),
      ];

const projectionEntries = ({ projection: { type, attributes = [] } }: LocalIndex): HclBody => [
  attribute('projection_type', type),
  ...(type === 'INCLUDE' ? [attribute('non_key_attributes', [...attributes])] : []),
];

const indexBlocks = ({ settings: { shape } }: KnownTable): HclBody => [
  ...shape.globalIndexes.flatMap((index) => [
    BLANK,
    block(
      'global_secondary_index',
      [],
      [
        attribute('name', index.name),
        ...keyEntries(index),
        ...projectionEntries(index),
        ...capacityEntries(indexCapacity(index, shape)),
        ...maximumBlock(onDemandMaximum(shape, index.onDemandMaximum)),
      ],
    ),
  ]),
  ...shape.localIndexes.flatMap((index) => [
    BLANK,
    block(
      'local_secondary_index',
      [],
      [
        attribute('name', index.name),
        ...keyEntries({ keys: index.keys.filter(({ role }) => role === 'RANGE') }),
        ...projectionEntries(index),
      ],
    ),
  ]),
];

const encryptionBlock = ({ settings: { shape } }: KnownTable): HclBody => {
  if (shape.encryption.kind === 'aws-owned') return [];
  const { keyArn, isAwsManaged } = shape.encryption;
  return [
    BLANK,
    block(
      'server_side_encryption',
      [],
      [attribute('enabled', true), ...(isAwsManaged ? [] : [attribute('kms_key_arn', keyArn)])],
    ),
  ];
};

const pitrBlock = ({ settings: { pitr } }: KnownTable): HclBody => {
  if (pitr === undefined) return [];
  const days = pitr.enabled ? pitr.recoveryPeriodDays : undefined;
  return [
    BLANK,
    block(
      'point_in_time_recovery',
      [],
      [
        attribute('enabled', pitr.enabled),
        ...(days === undefined || days === DEFAULT_RECOVERY_DAYS
          ? []
          : [attribute('recovery_period_in_days', days)]),
      ],
    ),
  ];
};

const ttlBlock = ({ settings: { ttl } }: KnownTable): HclBody =>
  ttl
    ? [BLANK, block('ttl', [], [attribute('attribute_name', ttl.attribute), attribute('enabled', true)])]
    : [];

const tagEntries = ({ settings: { tags } }: KnownTable): HclBody =>
  tags === undefined ? [] : [BLANK, attribute('tags', { kind: 'map', entries: ownTags(tags) })];

/**
 * Writes an aws_dynamodb_table. What the provider would take for its default where nothing stands is always written: deletion protection,
 * billing mode, class, stream, tags. Never written: restore_* (any edit of them replaces the table), warm_throughput, a TTL that is off.
 */
export const tableBody = (live: KnownTable): HclBody => {
  const { shape } = live.settings;
  return [
    attribute('name', live.table),
    attribute('billing_mode', shape.billingMode),
    ...capacityEntries(capacityOf(shape)),
    attribute('table_class', shape.tableClass),
    attribute('deletion_protection_enabled', shape.deletionProtection),
    ...keyEntries(shape),
    attribute('stream_enabled', shape.stream !== undefined),
    ...(shape.stream ? [attribute('stream_view_type', shape.stream.viewType)] : []),
    ...keyAttributes(shape).flatMap(({ name, type }) => [
      BLANK,
      block('attribute', [], [attribute('name', name), attribute('type', type)]),
    ]),
    ...indexBlocks(live),
    ...maximumBlock(onDemandMaximum(shape, shape.onDemandMaximum)),
    ...encryptionBlock(live),
    ...pitrBlock(live),
    ...ttlBlock(live),
    ...tagEntries(live),
    ...lifecycleBlock(live),
  ];
};
