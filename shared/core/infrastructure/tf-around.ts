import { tableArn } from '../../model/target.ts';
import { policyDocument } from './cfn-parts.ts';
import { attribute, expression, type HclBody, type HclValue } from './hcl.ts';
import { insightsOn, type KnownTable, kinesisOn } from './live.ts';
import { label } from './names.ts';

/** A resource of its own, and what it is imported by. */
export interface TerraformResource {
  readonly type: string;
  readonly label: string;
  readonly importId: string;
  readonly body: HclBody;
}

/** Labels that are taken, by type of resource. */
export type Labels = (type: string, name: string) => string;

/** Makes labels that are unique within each type. */
export const labels = (): Labels => {
  const taken = new Map<string, Set<string>>();
  return (type, name) => {
    const ofType = taken.get(type) ?? new Set<string>();
    taken.set(type, ofType);
    return label(name, ofType);
  };
};

const policyValue = (text: string): HclValue => {
  const value = policyDocument(text);
  return typeof value === 'string' ? value : { kind: 'json', value };
};

const POLICY = 'aws_dynamodb_resource_policy';

const policyResources = (live: KnownTable, address: string, chosen: Labels): readonly TerraformResource[] => {
  const { shape, 'resource-policy': own, 'stream-policy': ofStream } = live.settings;
  const one = (policy: string, name: string, importId: string, reference: string): TerraformResource => ({
    type: POLICY,
    label: chosen(POLICY, name),
    importId,
    body: [
      attribute('resource_arn', expression(`${address}.${reference}`)),
      attribute('policy', policyValue(policy)),
    ],
  });
  return [
    ...(own ? [one(own, live.table, tableArn(live.table, live.target), 'arn')] : []),
    ...(ofStream && shape.stream
      ? [one(ofStream, `${live.table}-stream`, shape.stream.arn, 'stream_arn')]
      : []),
  ];
};

const INSIGHTS = 'aws_dynamodb_contributor_insights';

const insightsResources = (live: KnownTable, address: string, chosen: Labels): readonly TerraformResource[] =>
  insightsOn(live).map(({ index, mode }) => ({
    type: INSIGHTS,
    label: chosen(INSIGHTS, index === undefined ? live.table : `${live.table}-${index}`),
    importId: `name:${live.table}/index:${index ?? ''}/${live.target.accountId}`,
    body: [
      attribute('table_name', expression(`${address}.name`)),
      ...(index === undefined ? [] : [attribute('index_name', index)]),
      ...(mode === undefined ? [] : [attribute('mode', mode)]),
    ],
  }));

const KINESIS = 'aws_dynamodb_kinesis_streaming_destination';

const kinesisResources = (live: KnownTable, address: string, chosen: Labels): readonly TerraformResource[] =>
  kinesisOn(live).map(({ streamArn, precision }) => ({
    type: KINESIS,
    label: chosen(KINESIS, live.table),
    importId: `${live.table},${streamArn}`,
    body: [
      attribute('table_name', expression(`${address}.name`)),
      attribute('stream_arn', streamArn),
      ...(precision === undefined ? [] : [attribute('approximate_creation_date_time_precision', precision)]),
    ],
  }));

/** Writes policies, Contributor Insights and Kinesis destinations, which are resources of their own. */
export const aroundResources = (
  live: KnownTable,
  address: string,
  chosen: Labels,
): readonly TerraformResource[] => [
  ...policyResources(live, address, chosen),
  ...insightsResources(live, address, chosen),
  ...kinesisResources(live, address, chosen),
];
