import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fixFor, settingsIn } from '../../../shared/core/policy/differences.ts';
import { policiesSchemaText } from '../../../shared/core/policy/schema.ts';

interface SchemaNode {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly additionalProperties?: false | SchemaNode;
}

const isNode = (value: unknown): value is SchemaNode => typeof value === 'object' && value !== null;

const schema = (): SchemaNode => {
  const parsed: unknown = JSON.parse(policiesSchemaText());
  if (!isNode(parsed)) throw new Error('the schema is no object');
  return parsed;
};

interface Place {
  readonly path: readonly string[];
  readonly node: SchemaNode;
}

/** Every map and setting of the schema, a policy's name as `any`. */
const placesIn = ({ path, node }: Place): readonly Place[] => {
  const children = Object.entries(node.properties ?? {});
  const all = isNode(node.additionalProperties)
    ? [...children, ['any', node.additionalProperties] as const]
    : children;
  return [
    { path, node },
    ...all.flatMap(([name, child]) => placesIn({ path: [...path, name], node: child })),
  ];
};

describe('policies.schema.json', () => {
  it('is what the schema of policy files generates; if not: node tools/policies-schema.ts', () => {
    const committed = readFileSync(new URL('../../../policies.schema.json', import.meta.url), 'utf8');
    expect(committed).toBe(policiesSchemaText());
    expect(committed.endsWith('}\n')).toBe(true);
  });

  it('describes every setting, for an editor to show', () => {
    const places = placesIn({ path: [], node: schema() });
    expect(places.length).toBeGreaterThan(20);
    expect(places.filter(({ node }) => node.description === undefined).map(({ path }) => path)).toEqual([]);
  });

  it('has the settings that mistakes are explained with, and no others', () => {
    for (const { path, node } of placesIn({ path: [], node: schema() })) {
      const names = Object.keys(node.properties ?? {}).toSorted();
      if (node.properties !== undefined) expect(settingsIn(path)).toEqual(names);
      expect(fixFor(path)).not.toBe(path.length === 0 ? '' : fixFor(path.slice(0, -1)));
    }
  });
});
