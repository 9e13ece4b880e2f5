import type { Json } from '../../model/table-settings.ts';
import { isObject } from './allow-list.ts';
import { readTemplate, type Template } from './template.ts';

/** What was written, before anyone gets it. */
export interface WrittenTemplate {
  readonly base: Template;
  readonly text: string;
  /** Logical ids that were added. */
  readonly added: readonly string[];
  readonly tableId: string;
  readonly table: string;
  readonly region: string;
  /** An import has the replica of its own Region alone. */
  readonly purpose: 'import' | 'update';
}

const FORBIDDEN = ['StreamEnabled', 'WarmThroughput', 'ImportSourceSpecification', 'GlobalTableSourceArn'];

const PROVISIONED = [
  'ProvisionedThroughput',
  'ReadProvisionedThroughputSettings',
  'WriteProvisionedThroughputSettings',
];

/** Lists the names of all members, at any depth, except inside policies, which are the person's own. */
const membersOf = (value: Json): readonly string[] => {
  if (Array.isArray(value)) return value.flatMap(membersOf);
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, of]) =>
    name === 'PolicyDocument' ? [name] : [name, ...membersOf(of)],
  );
};

const listOf = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : []);
const fieldsOf = (value: Json | undefined): { readonly [key: string]: Json } =>
  isObject(value) ? value : {};

const tagKeys = (properties: { readonly [key: string]: Json }): readonly string[] =>
  [properties, ...listOf(properties.Replicas).map(fieldsOf)]
    .flatMap(({ Tags }) => listOf(Tags))
    .map((tag) => String(fieldsOf(tag).Key));

const ttlRule = ({ TimeToLiveSpecification: ttl }: { readonly [key: string]: Json }): readonly string[] => {
  if (ttl === undefined) return [];
  const { AttributeName, Enabled } = fieldsOf(ttl);
  const isOn = typeof AttributeName === 'string' && AttributeName !== '' && Enabled === 'true';
  return isOn ? [] : ['TimeToLiveSpecification stands there while TTL is off'];
};

const replicasRule = (
  { Type, Properties }: { readonly [key: string]: Json },
  { region, purpose }: WrittenTemplate,
): readonly string[] => {
  if (Type !== 'AWS::DynamoDB::GlobalTable') return [];
  const regions = listOf(fieldsOf(Properties).Replicas).map((replica) => fieldsOf(replica).Region);
  if (!regions.includes(region)) return [`Replicas lack the Region of the stack, ${region}`];
  return purpose === 'import' && regions.length > 1 ? ['an import has one replica'] : [];
};

const tableRules = (
  resource: { readonly [key: string]: Json },
  written: WrittenTemplate,
): readonly string[] => {
  const properties = fieldsOf(resource.Properties);
  const members = membersOf(properties);
  const wrong = [...FORBIDDEN, ...(properties.BillingMode === 'PAY_PER_REQUEST' ? PROVISIONED : [])].filter(
    (name) => members.includes(name),
  );
  return [
    ...wrong.map((name) => `${name} may not stand there`),
    ...(properties.TableName === written.table ? [] : ['TableName is not the literal name of the table']),
    ...tagKeys(properties)
      .filter((key) => key.toLowerCase().startsWith('aws:'))
      .map((key) => `the tag ${key} is reserved`),
    ...ttlRule(properties),
    ...replicasRule(resource, written),
  ];
};

const isRetained = (resource: Json | undefined): boolean => {
  const { DeletionPolicy, UpdateReplacePolicy } = fieldsOf(resource);
  return DeletionPolicy === 'Retain' && UpdateReplacePolicy === 'Retain';
};

/** Everything but the added resources has to be what was given. */
const onlyAdds = (after: Template, { base, added }: WrittenTemplate): boolean => {
  const kept = Object.fromEntries(Object.entries(after.resources).filter(([id]) => !added.includes(id)));
  return JSON.stringify({ ...after.tree, Resources: kept }) === JSON.stringify(base.tree);
};

/**
 * Lists what is wrong with a template that was written, where cfn-lint sees nothing or would see it too late. Anything listed is a bug of
 * this program.
 */
export const templateViolations = (written: WrittenTemplate): readonly string[] => {
  const after = readTemplate(written);
  if (after === undefined) return ['the template cannot be read back'];
  const table = fieldsOf(after.resources[written.tableId]);
  return [
    ...(onlyAdds(after, written) ? [] : ['more was changed than resources were added']),
    ...(written.purpose === 'import' && written.added.length !== 1 ? ['an import adds one resource'] : []),
    ...written.added
      .filter((id) => !isRetained(after.resources[id]))
      .map((id) => `${id} lacks DeletionPolicy or UpdateReplacePolicy`),
    ...tableRules(table, written),
  ];
};
