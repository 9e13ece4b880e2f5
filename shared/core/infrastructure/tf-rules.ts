import type { HclBody, HclEntry } from './hcl.ts';
import { DEFAULT_RECOVERY_DAYS } from './tf-table.ts';

type Attribute = Extract<HclEntry, { kind: 'attribute' }>;
type Block = Extract<HclEntry, { kind: 'block' }>;

const attributesOf = (body: HclBody): readonly Attribute[] =>
  body.filter((entry) => entry.kind === 'attribute');
const blocksOf = (body: HclBody): readonly Block[] => body.filter((entry) => entry.kind === 'block');

const deepBlocks = (body: HclBody): readonly Block[] =>
  blocksOf(body).flatMap((inner) => [inner, ...deepBlocks(inner.body)]);

const valueIn = (body: HclBody, name: string) => attributesOf(body).find((one) => one.name === name)?.value;

/** What the provider would take for its default, and so undo, where nothing stands. */
const ALWAYS = [
  'billing_mode',
  'deletion_protection_enabled',
  'hash_key',
  'name',
  'stream_enabled',
  'table_class',
];

/** Any edit of these replaces the table; a figure of warm throughput did, and never agrees for long. */
const isForbidden = (name: string): boolean => name.startsWith('restore_') || name === 'warm_throughput';

const ttlRule = (table: Block): readonly string[] =>
  blocksOf(table.body)
    .filter(({ type }) => type === 'ttl')
    .filter(({ body }) => valueIn(body, 'enabled') !== true || !valueIn(body, 'attribute_name'))
    .map(() => 'a ttl block stands there while TTL is off');

const tableRules = (table: Block): readonly string[] => {
  const names = new Set(attributesOf(table.body).map(({ name }) => name));
  const mode = valueIn(table.body, 'billing_mode');
  const capacity = deepBlocks([table]).some(
    ({ body }) =>
      valueIn(body, 'read_capacity') !== undefined || valueIn(body, 'write_capacity') !== undefined,
  );
  return [
    ...ALWAYS.filter((name) => !names.has(name)).map((name) => `${name} is not written`),
    ...(mode === 'PAY_PER_REQUEST' && capacity ? ['capacity stands on an on-demand table'] : []),
    ...ttlRule(table),
  ];
};

const importsRule = (body: HclBody): readonly string[] => {
  const resources = blocksOf(body).filter(({ type }) => type === 'resource');
  const imported = blocksOf(body)
    .filter(({ type }) => type === 'import')
    .map((one) => valueIn(one.body, 'to'))
    .map((to) => (typeof to === 'object' && 'kind' in to && to.kind === 'expression' ? to.text : ''));
  const addresses = resources.map(({ labels }) => labels.join('.'));
  return JSON.stringify(imported) === JSON.stringify(addresses) &&
    new Set(addresses).size === addresses.length
    ? []
    : ['not every resource is imported exactly once'];
};

const versionRule = (body: HclBody): readonly string[] => {
  const days = deepBlocks(body).map((one) => valueIn(one.body, 'recovery_period_in_days'));
  const written = days.find((value) => value !== undefined);
  if (written === DEFAULT_RECOVERY_DAYS) return ['recovery_period_in_days is the default'];
  const names = deepBlocks(body).map(({ type }) => type);
  return written !== undefined && !names.includes('required_providers')
    ? ['recovery_period_in_days stands there without the version that knows it']
    : [];
};

/** Lists what is wrong with Terraform code that was written to import a table. Anything listed is a bug of this program. */
export const terraformViolations = (body: HclBody): readonly string[] => {
  const all = deepBlocks(body);
  const names = [
    ...all.map(({ type }) => type),
    ...all.flatMap((one) => attributesOf(one.body).map(({ name }) => name)),
  ];
  const tables = all.filter(({ type, labels }) => type === 'resource' && labels[0] === 'aws_dynamodb_table');
  return [
    ...names.filter(isForbidden).map((name) => `${name} may not stand there`),
    ...(tables.length === 1 ? [] : ['there is not exactly one table']),
    ...tables.flatMap(tableRules),
    ...importsRule(body),
    ...versionRule(body),
  ];
};
