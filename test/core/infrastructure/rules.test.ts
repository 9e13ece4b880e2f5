import { describe, expect, it } from 'vitest';
import { templateViolations } from '../../../shared/core/infrastructure/cfn-rules.ts';
import {
  attribute,
  block,
  expression,
  type HclBody,
  type HclEntry,
} from '../../../shared/core/infrastructure/hcl.ts';
import { EMPTY_TEMPLATE, readTemplate } from '../../../shared/core/infrastructure/template.ts';
import { terraformViolations } from '../../../shared/core/infrastructure/tf-rules.ts';
import type { Json } from '../../../shared/model/table-settings.ts';

type Fields = { readonly [key: string]: Json };

const RETAINED = { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' };

const TABLE: Fields = { TableName: 'orders', BillingMode: 'PAY_PER_REQUEST' };

/** What the rules say of a template, by default of the one table alone. */
const violationsOf = (
  properties: Fields,
  {
    resource = {},
    others = {},
    more = {},
    added = ['Orders'],
    purpose = 'import',
  }: {
    readonly resource?: Fields;
    readonly others?: Fields;
    readonly more?: Fields;
    readonly added?: readonly string[];
    readonly purpose?: 'import' | 'update';
  } = {},
): readonly string[] => {
  const base = readTemplate({ text: EMPTY_TEMPLATE });
  if (base === undefined) throw new Error('the empty template is one');
  const table = { Type: 'AWS::DynamoDB::Table', ...RETAINED, Properties: properties, ...resource };
  const text = JSON.stringify({
    AWSTemplateFormatVersion: '2010-09-09',
    Resources: { Orders: table, ...others },
    ...more,
  });
  return templateViolations({
    base,
    text,
    added,
    tableId: 'Orders',
    table: 'orders',
    region: 'eu-west-1',
    purpose,
  });
};

const GLOBAL = { resource: { Type: 'AWS::DynamoDB::GlobalTable' } };

describe('a template', () => {
  it('that is right breaks no rule', () => {
    expect(violationsOf(TABLE)).toEqual([]);
    expect(
      violationsOf({ ...TABLE, TimeToLiveSpecification: { AttributeName: 'at', Enabled: true } }),
    ).toEqual([]);
    expect(violationsOf({ ...TABLE, Replicas: [{ Region: 'eu-west-1' }] }, GLOBAL)).toEqual([]);
  });

  it.each<[string, Fields, Parameters<typeof violationsOf>[1]]>([
    ['another resource', TABLE, { others: { Topic: { Type: 'AWS::SNS::Topic' } } }],
    ['an output', TABLE, { more: { Outputs: { Arn: { Value: 'x' } } } }],
    ['a parameter', TABLE, { more: { Parameters: { A: { Type: 'String' } } } }],
    ['two added resources', TABLE, { others: { B: { Type: 'x', ...RETAINED } }, added: ['Orders', 'B'] }],
    ['no DeletionPolicy', TABLE, { resource: { DeletionPolicy: 'Delete' } }],
    ['no UpdateReplacePolicy', TABLE, { resource: { UpdateReplacePolicy: 'Delete' } }],
    ['StreamEnabled', { ...TABLE, StreamSpecification: { StreamEnabled: true } }, {}],
    ['warm throughput', { ...TABLE, WarmThroughput: { ReadUnitsPerSecond: 12_000 } }, {}],
    ['warm throughput of an index', { ...TABLE, GlobalSecondaryIndexes: [{ WarmThroughput: {} }] }, {}],
    ['throughput of an on-demand table', { ...TABLE, ProvisionedThroughput: {} }, {}],
    ['throughput of its index', { ...TABLE, GlobalSecondaryIndexes: [{ ProvisionedThroughput: {} }] }, {}],
    [
      'an empty TTL attribute',
      { ...TABLE, TimeToLiveSpecification: { AttributeName: '', Enabled: true } },
      {},
    ],
    ['TTL without an attribute', { ...TABLE, TimeToLiveSpecification: { Enabled: true } }, {}],
    ['TTL that is off', { ...TABLE, TimeToLiveSpecification: { AttributeName: 'a', Enabled: false } }, {}],
    ['a reserved tag', { ...TABLE, Tags: [{ Key: 'AWS:x', Value: '1' }] }, {}],
    [
      'a reserved tag of a replica',
      { ...TABLE, Replicas: [{ Region: 'eu-west-1', Tags: [{ Key: 'aws:x' }] }] },
      GLOBAL,
    ],
    ['no own Region', { ...TABLE, Replicas: [{ Region: 'us-east-1' }] }, GLOBAL],
    ['two replicas', { ...TABLE, Replicas: [{ Region: 'eu-west-1' }, { Region: 'us-east-1' }] }, GLOBAL],
    ['another name', { ...TABLE, TableName: 'others' }, {}],
    ['a name that is no literal', { ...TABLE, TableName: { Ref: 'Name' } }, {}],
  ])('with %s breaks one', (_, properties, more) => {
    expect(violationsOf(properties, more)).toHaveLength(1);
  });

  it('a policy may speak of what it likes', () => {
    expect(violationsOf({ ...TABLE, ResourcePolicy: { PolicyDocument: { WarmThroughput: '1' } } })).toEqual(
      [],
    );
  });

  it('an update may add more, with all replicas', () => {
    const others = { Target: { Type: 'AWS::ApplicationAutoScaling::ScalableTarget', ...RETAINED } };
    const more = { others, added: ['Orders', 'Target'], purpose: 'update' as const };
    expect(violationsOf(TABLE, more)).toEqual([]);
    const replicas = { ...TABLE, Replicas: [{ Region: 'eu-west-1' }, { Region: 'us-east-1' }] };
    expect(violationsOf(replicas, { ...GLOBAL, purpose: 'update' })).toEqual([]);
  });
});

const ARGUMENTS: HclBody = [
  attribute('name', 'orders'),
  attribute('billing_mode', 'PAY_PER_REQUEST'),
  attribute('table_class', 'STANDARD'),
  attribute('deletion_protection_enabled', false),
  attribute('hash_key', 'pk'),
  attribute('stream_enabled', false),
  attribute('tags', { kind: 'map', entries: [] }),
];

const IMPORT = block(
  'import',
  [],
  [attribute('to', expression('aws_dynamodb_table.orders')), attribute('id', 'orders')],
);

const code = (body: HclBody, before: readonly HclEntry[] = [IMPORT]): HclBody => [
  ...before,
  block('resource', ['aws_dynamodb_table', 'orders'], body),
];

const without = (name: string): HclBody =>
  ARGUMENTS.filter((entry) => entry.kind !== 'attribute' || entry.name !== name);

describe('Terraform code', () => {
  it('that is right breaks no rule', () => {
    expect(terraformViolations(code(ARGUMENTS))).toEqual([]);
  });

  it.each<[string, HclBody]>([
    ...['billing_mode', 'deletion_protection_enabled', 'stream_enabled', 'table_class'].map(
      (name): [string, HclBody] => [`without ${name}`, code(without(name))],
    ),
    ['restore_source_name', code([...ARGUMENTS, attribute('restore_source_name', 'orders')])],
    ['restore_backup_arn', code([...ARGUMENTS, attribute('restore_backup_arn', 'arn')])],
    ['warm_throughput', code([...ARGUMENTS, block('warm_throughput', [], [])])],
    ['TTL that is off', code([...ARGUMENTS, block('ttl', [], [attribute('enabled', false)])])],
    ['TTL without an attribute', code([...ARGUMENTS, block('ttl', [], [attribute('enabled', true)])])],
    ['capacity on demand', code([...ARGUMENTS, attribute('read_capacity', 1)])],
    ['no import', code(ARGUMENTS, [])],
    ['two imports', code(ARGUMENTS, [IMPORT, IMPORT])],
    ['no table', []],
    [
      'a period without its version',
      code([...ARGUMENTS, block('point_in_time_recovery', [], [attribute('recovery_period_in_days', 7)])]),
    ],
    [
      'the default period',
      code([...ARGUMENTS, block('point_in_time_recovery', [], [attribute('recovery_period_in_days', 35)])]),
    ],
  ])('with %s breaks one', (_, body) => {
    expect(terraformViolations(body)).toHaveLength(1);
  });
});
