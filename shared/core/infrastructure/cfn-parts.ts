import type { Json, KeyPart, LocalIndex, PitrSetting, TableShape } from '../../model/table-settings.ts';
import { type InsightsOn, insightsOn, type KnownTable, keyAttributes, kinesisOn, ownTags } from './live.ts';

/** Parts of a template. */
export type Fields = { readonly [key: string]: Json };

const keySchema = (keys: readonly KeyPart[]): Json =>
  keys.map(({ name, role }) => ({ AttributeName: name, KeyType: role }));

/** Writes what every index has. */
export const indexFields = ({ name, keys, projection: { type, attributes = [] } }: LocalIndex): Fields => ({
  IndexName: name,
  KeySchema: keySchema(keys),
  Projection: { ProjectionType: type, ...(type === 'INCLUDE' && { NonKeyAttributes: attributes }) },
});

/** Writes keys, local indexes and billing mode. */
export const shapeFields = (shape: TableShape): Fields => ({
  AttributeDefinitions: keyAttributes(shape).map(({ name, type }) => ({
    AttributeName: name,
    AttributeType: type,
  })),
  KeySchema: keySchema(shape.keys),
  BillingMode: shape.billingMode,
  ...(shape.localIndexes.length > 0 && { LocalSecondaryIndexes: shape.localIndexes.map(indexFields) }),
});

/** Writes a policy as the JSON that it is; a text that is none stays a text. */
export const policyDocument = (text: string): Json => {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
};

/** Writes a resource policy; nothing where there is none. */
export const resourcePolicy = (text: string | null | undefined): Fields =>
  text === null || text === undefined ? {} : { ResourcePolicy: { PolicyDocument: policyDocument(text) } };

/** Writes tags; nothing where there are none. */
export const tagFields = (tags: Readonly<Record<string, string>> | undefined): Fields => {
  const own = ownTags(tags).map(([key, value]) => ({ Key: key, Value: value }));
  return own.length > 0 ? { Tags: own } : {};
};

/** Writes point-in-time recovery, on or off; nothing where it was not read. */
export const pitrFields = (pitr: PitrSetting | undefined): Fields =>
  pitr === undefined
    ? {}
    : {
        PointInTimeRecoverySpecification: {
          PointInTimeRecoveryEnabled: pitr.enabled,
          ...(pitr.enabled &&
            pitr.recoveryPeriodDays !== undefined && { RecoveryPeriodInDays: pitr.recoveryPeriodDays }),
        },
      };

/** Writes TTL; nothing while it is off, because a block without an attribute is refused. */
export const ttlFields = ({ settings: { ttl } }: KnownTable): Fields =>
  ttl ? { TimeToLiveSpecification: { AttributeName: ttl.attribute, Enabled: true } } : {};

/** Writes Contributor Insights of the table or of one index; nothing while they are off. */
export const insightsFields = (live: KnownTable, index?: string): Fields => {
  const isThis = (one: InsightsOn) => one.index === index;
  const on = insightsOn(live).find(isThis);
  if (on === undefined) return {};
  return { ContributorInsightsSpecification: { Enabled: true, ...(on.mode && { Mode: on.mode }) } };
};

/** Writes the Kinesis stream; the language has room for one. */
export const kinesisFields = (live: KnownTable): Fields => {
  const [first] = kinesisOn(live);
  if (first === undefined) return {};
  return {
    KinesisStreamSpecification: {
      StreamArn: first.streamArn,
      ...(first.precision && { ApproximateCreationDateTimePrecision: first.precision }),
    },
  };
};
