import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emitTerraform } from '../../../shared/core/infrastructure/terraform.ts';
import { stepsOf } from '../../../shared/model/advice.ts';
import type { Emission, LiveTable, WrittenCode } from '../../../shared/model/infrastructure-code.ts';
import { commandText } from '../../../shared/model/shell.ts';
import type { TableSettings } from '../../../shared/model/table-settings.ts';
import { anyLiveTable, liveTable, PLAIN } from '../../support/any-table.ts';
import { parsedHcl } from '../../support/parsed-hcl.ts';
import { EVERYTHING, PROVISIONED } from './tables.ts';

interface Arguments {
  readonly attributes: Readonly<Record<string, { readonly type: string; readonly required?: true }>>;
  readonly blocks?: Readonly<Record<string, Arguments>>;
}

/** The provider's own list of arguments; where it was read, it says itself. */
const SCHEMA: { readonly resources: Readonly<Record<string, Arguments>> } = JSON.parse(
  readFileSync(new URL('../../fixtures/infrastructure/aws-provider-schema.json', import.meta.url), 'utf8'),
);

const writtenBy = (emission: Emission): WrittenCode => {
  if (emission.kind !== 'written') throw new Error(JSON.stringify(emission));
  return emission;
};

const codeOf = (live: LiveTable): string => writtenBy(emitTerraform(live)).files[0]?.content ?? '';

type Parsed = Readonly<Record<string, unknown>>;
type Resources = Readonly<Record<string, Readonly<Record<string, readonly Parsed[]>>>>;

const resourcesOf = (text: string): Resources => (parsedHcl(text).resource ?? {}) as Resources;

/** Terraform's own, in any resource. */
const META = new Set(['lifecycle']);

/** Lists what the provider does not know, and what it wants and does not get. */
const unknownIn = (body: Parsed, known: Arguments, path: string): readonly string[] => [
  ...Object.entries(body).flatMap(([name, value]): readonly string[] => {
    if (META.has(name)) return [];
    const inner = known.blocks?.[name];
    if (inner !== undefined)
      return (value as readonly Parsed[]).flatMap((one) => unknownIn(one, inner, `${path}.${name}`));
    return known.attributes[name] === undefined ? [`${path}.${name}`] : [];
  }),
  ...Object.entries(known.attributes)
    .filter(([name, { required }]) => required && !(name in body))
    .map(([name]) => `${path} lacks ${name}`),
];

const unknownArguments = (text: string): readonly string[] =>
  Object.entries(resourcesOf(text)).flatMap(([type, byLabel]) =>
    Object.values(byLabel).flatMap((bodies) => {
      const known = SCHEMA.resources[type];
      return known === undefined ? [type] : bodies.flatMap((body) => unknownIn(body, known, type));
    }),
  );

/** The one table of a file. */
const tableOf = (live: LiveTable): Parsed => {
  const [table] = Object.values(resourcesOf(codeOf(live)).aws_dynamodb_table ?? {}).flat();
  if (table === undefined) throw new Error('no table');
  return table;
};

describe('the files are what they were', () => {
  it.each([
    ['plain', liveTable(PLAIN)],
    ['everything', liveTable(EVERYTHING)],
    ['provisioned', liveTable(PROVISIONED)],
    [
      'unread',
      liveTable({ ...EVERYTHING, replicas: [{ region: 'us-east-1' }] }, [
        'tags',
        'ttl',
        'pitr',
        'auto-scaling',
      ]),
    ],
  ])('%s', async (name, live) => {
    const code = writtenBy(emitTerraform(live));
    for (const { content, purpose } of code.files)
      await expect(content).toMatchFileSnapshot(
        `../../fixtures/infrastructure/terraform/${name}.${purpose}.tf`,
      );
    const steps = code.steps.map(({ say, commands }) => [say, ...commands.map(commandText)].join('\n  '));
    await expect(`${steps.join('\n')}\n`).toMatchFileSnapshot(
      `../../fixtures/infrastructure/terraform/${name}.steps.txt`,
    );
  });
});

describe('any table', () => {
  it('is grammar, with arguments that the provider knows, and each resource is imported once', () => {
    fc.assert(
      fc.property(anyLiveTable, (live) => {
        const { files } = writtenBy(emitTerraform(live));
        const texts = files.map(({ content }) => content);
        expect(texts.flatMap(unknownArguments)).toEqual([]);
        const [text = ''] = texts;
        const imports = (parsedHcl(text).import ?? []) as readonly { readonly to: string }[];
        const addresses = Object.entries(resourcesOf(text)).flatMap(([type, byLabel]) =>
          Object.keys(byLabel).map((label) => `\${${type}.${label}}`),
        );
        expect(imports.map(({ to }) => to).toSorted()).toEqual(addresses.toSorted());
        const words = Object.keys(parsedHcl(text).resource ?? {}).length;
        expect(words).toBeGreaterThan(0);
      }),
      { numRuns: 40 },
    );
  }, 60_000);

  it('never holds restore_*, warm throughput, or TTL that is off', () => {
    fc.assert(
      fc.property(anyLiveTable, (live) => {
        const table = tableOf(live);
        const text = JSON.stringify(resourcesOf(codeOf(live)));
        expect(text).not.toMatch(/"restore_|warm_throughput/);
        expect('ttl' in table).toBe(Boolean(live.reading.settings.ttl));
      }),
      { numRuns: 40 },
    );
  }, 60_000);

  it('always says what Terraform would otherwise undo', () => {
    fc.assert(
      fc.property(anyLiveTable, (live) => {
        const { shape, tags } = live.reading.settings;
        const table = tableOf(live);
        expect(table).toMatchObject({
          deletion_protection_enabled: shape?.deletionProtection,
          billing_mode: shape?.billingMode,
          table_class: shape?.tableClass,
          stream_enabled: shape?.stream !== undefined,
        });
        expect('tags' in table).toBe(tags !== undefined);
      }),
      { numRuns: 40 },
    );
  }, 60_000);
});

const ignoredBy = (live: LiveTable): unknown =>
  (tableOf(live).lifecycle as readonly Parsed[])[0]?.ignore_changes ?? [];

describe('what is ignored', () => {
  it.each<[string, LiveTable, readonly string[]]>([
    ['nothing on a plain table', liveTable(PLAIN), []],
    [
      'capacity that scales, and that of its index',
      liveTable(PROVISIONED),
      ['read_capacity', 'write_capacity', 'global_secondary_index'],
    ],
    ['replicas made elsewhere', liveTable({ ...PLAIN, replicas: [{ region: 'us-east-1' }] }), ['replica']],
    ['its own Region is no replica', liveTable({ ...PLAIN, replicas: [{ region: 'eu-west-1' }] }), []],
    ['tags that could not be read', liveTable(PLAIN, ['tags']), ['tags', 'tags_all']],
    [
      'capacity, where scaling could not be read',
      liveTable(PROVISIONED, ['auto-scaling']),
      ['read_capacity', 'write_capacity', 'global_secondary_index'],
    ],
    ['nothing of scaling on an on-demand table', liveTable(EVERYTHING, ['auto-scaling']), []],
  ])('%s', (_, live, names) => {
    expect(ignoredBy(live)).toEqual(names.map((name) => `\${${name}}`));
  });
});

describe('ids of imports are those of the live resources', () => {
  const importsOf = (settings: TableSettings): readonly string[] =>
    ((parsedHcl(codeOf(liveTable(settings))).import ?? []) as readonly { readonly id: string }[]).map(
      ({ id }) => id,
    );

  it('of everything', () => {
    expect(importsOf(EVERYTHING)).toEqual([
      'orders-restored-20261120-1000',
      'arn:aws:dynamodb:eu-west-1:111122223333:table/orders-restored-20261120-1000',
      'arn:aws:dynamodb:eu-west-1:111122223333:table/orders-restored-20261120-1000/stream/2026-11-20T10:30:00.000',
      'name:orders-restored-20261120-1000/index:/111122223333',
      'name:orders-restored-20261120-1000/index:by-day/111122223333',
      'orders-restored-20261120-1000,arn:aws:kinesis:eu-west-1:111122223333:stream/changes',
    ]);
  });

  it('of scaling, with the policy’s real name', () => {
    const of = 'dynamodb/table/orders-restored-20261120-1000';
    const ids = importsOf(PROVISIONED);
    expect(ids).toContain(`${of}/dynamodb:table:ReadCapacityUnits`);
    expect(ids).toContain(
      `${of}/dynamodb:table:ReadCapacityUnits/DynamoDBReadCapacityUtilization:table/orders-restored-20261120-1000`,
    );
    expect(ids).toContain(
      `${of}/index/by-day/dynamodb:index:WriteCapacityUnits/DynamoDBWriteCapacityUtilization:table/orders-restored-20261120-1000/index/by-day`,
    );
    expect(ids).toHaveLength(9);
  });

  it('the plan must count them', () => {
    const code = writtenBy(emitTerraform(liveTable(PROVISIONED)));
    expect(code.steps[1]?.say).toContain('"9 to import, 0 to add, 0 to change, 0 to destroy"');
    expect(code.steps[1]?.say).toContain('must be replaced');
    const commands = code.steps.flatMap((step) =>
      stepsOf(step).flatMap((one) => one.commands.map(commandText)),
    );
    expect(commands.filter((command) => /\b(?:wait|destroy)\b/.test(command))).toEqual([]);
  });
});

describe('the period of point-in-time recovery', () => {
  it.each([
    [{ enabled: true, recoveryPeriodDays: 35 }, false],
    [{ enabled: true, recoveryPeriodDays: 34 }, true],
    [{ enabled: true }, false],
    [{ enabled: false, recoveryPeriodDays: 7 }, false],
  ])('%j is written with its version: %s', (pitr, isWritten) => {
    const text = codeOf(liveTable({ ...PLAIN, pitr }));
    expect(JSON.stringify(tableOf(liveTable({ ...PLAIN, pitr }))).includes('recovery_period_in_days')).toBe(
      isWritten,
    );
    expect(parsedHcl(text).terraform).toEqual(
      isWritten
        ? [{ required_providers: [{ aws: { source: 'hashicorp/aws', version: '>= 5.98' } }] }]
        : undefined,
    );
  });
});

it('an index with several attributes in a part of its key is refused, because the schema has no name for it', () => {
  const keys = ['a', 'b', 'c'].map((name) => ({ name, role: 'HASH' as const }));
  const shape = {
    ...PLAIN.shape,
    globalIndexes: [{ name: 'many', keys, projection: { type: 'ALL' } as const }],
  };
  expect(emitTerraform(liveTable({ ...PLAIN, shape }))).toEqual({
    kind: 'refused',
    refusal: { kind: 'index-keys', index: 'many' },
  });
});
