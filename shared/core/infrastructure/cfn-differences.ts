import type { DefinitionDifference } from '../../model/infrastructure-code.ts';
import type { Json } from '../../model/table-settings.ts';
import { isObject } from './allow-list.ts';
import type { Fields } from './cfn-parts.ts';
import type { Template } from './template.ts';

const TABLE_TYPES: ReadonlySet<Json | undefined> = new Set([
  'AWS::DynamoDB::Table',
  'AWS::DynamoDB::GlobalTable',
]);

/** Returns the logical id of the table whose name stands in the template as a literal. */
export const tableIn = ({ resources }: Template, table: string): string | undefined =>
  Object.entries(resources).find(
    ([, resource]) =>
      isObject(resource) &&
      TABLE_TYPES.has(resource.Type) &&
      isObject(resource.Properties) &&
      resource.Properties.TableName === table,
  )?.[0];

const KEPT: ReadonlySet<Json | undefined> = new Set(['Retain', 'RetainExceptOnCreate']);

/** Lists custom resources that make replicas, and delete them when they leave, unless they are retained. */
export const unretainedReplicas = ({ resources }: Template): readonly string[] =>
  Object.entries(resources)
    .filter(
      ([, resource]) =>
        isObject(resource) &&
        resource.Type === 'Custom::DynamoDBReplica' &&
        !KEPT.has(resource.DeletionPolicy),
    )
    .map(([id]) => id);

/** As the template's tree has it: each scalar as a text, lists without an order that means nothing. */
const canonical = (value: Json): string => {
  if (Array.isArray(value)) return `[${value.map(canonical).toSorted().join()}]`;
  if (!isObject(value)) return JSON.stringify(String(value));
  const members = Object.entries(value).map(([name, of]) => `${JSON.stringify(name)}:${canonical(of)}`);
  return `{${members.toSorted().join()}}`;
};

const isWritten = (name: string, live: Fields, old: Fields): boolean =>
  name in old && !(name in live && canonical(live[name] ?? null) === canonical(old[name] ?? null));

/**
 * Lists where the source's definition in a template is not what the live table is. A reference counts as another value: what it stands for is
 * not known. The name is left out.
 */
export const definitionDifferences = (
  template: Template,
  sourceId: string | undefined,
  live: Fields,
): readonly DefinitionDifference[] => {
  const resource = sourceId === undefined ? undefined : template.resources[sourceId];
  if (!isObject(resource) || !isObject(resource.Properties)) return [];
  const old = resource.Properties;
  const names = [...new Set([...Object.keys(old), ...Object.keys(live)])].toSorted();
  return names
    .filter((name) => name !== 'TableName')
    .flatMap((property): readonly DefinitionDifference[] => {
      if (!(property in old)) return [{ property, kind: 'only-live' }];
      if (!(property in live)) return [{ property, kind: 'only-in-template' }];
      return isWritten(property, live, old) ? [{ property, kind: 'other' }] : [];
    });
};
