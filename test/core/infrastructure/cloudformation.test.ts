import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emitCloudFormation } from '../../../shared/core/infrastructure/cloudformation.ts';
import { readTemplate } from '../../../shared/core/infrastructure/template.ts';
import { stepsOf } from '../../../shared/model/advice.ts';
import type { Emission, LiveTable, WrittenCode } from '../../../shared/model/infrastructure-code.ts';
import { commandText } from '../../../shared/model/shell.ts';
import type { TableSettings } from '../../../shared/model/table-settings.ts';
import { anyLiveTable, fullScaling, liveTable, PLAIN } from '../../support/any-table.ts';
import { JSON_TEMPLATE, STACK_TEMPLATES, YAML_TEMPLATE } from '../../support/stack-templates.ts';
import { EVERYTHING, PROVISIONED } from './tables.ts';

const writtenBy = (emission: Emission): WrittenCode => {
  if (emission.kind !== 'written') throw new Error(JSON.stringify(emission));
  return emission;
};

const fileOf = (code: WrittenCode, purpose: WrittenCode['files'][number]['purpose']): string => {
  const file = code.files.find((one) => one.purpose === purpose);
  if (file === undefined) throw new Error(`no file for ${purpose}`);
  return file.content;
};

const commandsOf = (code: WrittenCode): readonly string[] =>
  code.steps.flatMap((step) => stepsOf(step).flatMap(({ commands }) => commands.map(commandText)));

const stackOf = (text: string) => ({ stack: { stack: 'shop', text } });

/** Properties of the one table in a template of its own. */
const propertiesOf = (live: LiveTable): Readonly<Record<string, unknown>> => {
  const code = writtenBy(emitCloudFormation(live));
  return JSON.parse(fileOf(code, 'import')).Resources[code.address].Properties;
};

describe('the files are what they were', () => {
  it.each([
    ['plain', liveTable(PLAIN), {}],
    ['everything', liveTable(EVERYTHING), {}],
    ['provisioned', liveTable(PROVISIONED), stackOf(YAML_TEMPLATE)],
    ['global', liveTable({ ...EVERYTHING, replicas: [{ region: 'us-east-1' }] }), stackOf(JSON_TEMPLATE)],
  ] as const)('%s', async (name, live, options) => {
    const code = writtenBy(emitCloudFormation(live, options));
    for (const { name: file, content } of code.files) {
      const [ending] = file.split('.').slice(-1);
      const [part] = file.split('.').slice(-2);
      await expect(content).toMatchFileSnapshot(
        `../../fixtures/infrastructure/cloudformation/${name}.${part}.${ending}`,
      );
    }
    const steps = code.steps.map(({ say, commands }) => [say, ...commands.map(commandText)].join('\n  '));
    await expect(`${steps.join('\n')}\n`).toMatchFileSnapshot(
      `../../fixtures/infrastructure/cloudformation/${name}.steps.txt`,
    );
  });
});

describe('a stack gets one resource and nothing else', () => {
  it('every character of its template stays, and what it says differs by that resource', () => {
    fc.assert(
      fc.property(anyLiveTable, fc.constantFrom(...STACK_TEMPLATES), (live, text) => {
        const emission = emitCloudFormation(live, stackOf(text));
        if (emission.kind === 'refused') {
          expect(emission.refusal.kind).toBe('scaling-unread');
          return;
        }
        const code = writtenBy(emission);
        const content = fileOf(code, 'import');
        const added = content.length - text.length;
        const at = Array.from({ length: text.length }, (_, index) => index).findIndex(
          (index) => content.charAt(index) !== text.charAt(index),
        );
        expect(content.slice(0, at) + content.slice(at + added)).toBe(text);
        const [before, after] = [readTemplate({ text }), readTemplate({ text: content })];
        const { [code.address]: table, ...others } = after?.resources ?? {};
        expect(table).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
        expect({ ...after?.tree, Resources: others }).toEqual(before?.tree);
      }),
      { numRuns: 60 },
    );
  });

  it('whatever the indent, and with short tags, anchors and comments', () => {
    const text = [
      'Parameters: {Key: {Type: String}}',
      'Resources: # all',
      '      # first',
      '      A: &a',
      '            Type: AWS::SNS::Topic',
      '            Properties: {TopicName: !Sub "x-\u0024{Key}", Tags: [{Key: n, Value: 010}, {Key: d, Value: 2020-01-01}]}',
      '      B: *a',
      '',
    ].join('\n');
    const code = writtenBy(emitCloudFormation(liveTable(PLAIN), stackOf(text)));
    const lines = fileOf(code, 'import').split('\n');
    expect(lines[2]).toBe(`      ${code.address}:`);
    expect(lines.filter((line) => text.split('\n').includes(line))).toEqual(text.split('\n'));
  });

  it('a logical id that is taken is not taken again', () => {
    const first = writtenBy(emitCloudFormation(liveTable(PLAIN)));
    const text = JSON.stringify({ Resources: { [first.address]: { Type: 'AWS::SNS::Topic' } } });
    expect(writtenBy(emitCloudFormation(liveTable(PLAIN), stackOf(text))).address).toBe(`${first.address}2`);
  });

  it.each([
    ['not a template', 'Resources'],
    ['a list', '[]'],
    ['no resources', '{"Outputs": {}}'],
    ['resources that are none', 'Resources: 1\n'],
    ['broken YAML', 'Resources:\n  A: [\n'],
    ['a key twice', 'Resources:\n  A: {Type: a}\n  A: {Type: b}\n'],
    ['an alias to nothing', 'Resources:\n  A: *nothing\n'],
    ['two documents', 'Resources:\n  A: {Type: a}\n---\nResources: {}\n'],
  ])('%s is refused', (_, text) => {
    expect(emitCloudFormation(liveTable(PLAIN), stackOf(text))).toEqual({
      kind: 'refused',
      refusal: { kind: 'template-unreadable', stack: 'shop' },
    });
  });

  it('a stack that holds the table already is refused', () => {
    const live = liveTable(PLAIN, [], 'orders');
    expect(emitCloudFormation(live, stackOf(YAML_TEMPLATE))).toEqual({
      kind: 'refused',
      refusal: { kind: 'in-stack', stack: 'shop', logicalId: 'Orders' },
    });
  });

  it.each([
    ['', 'refused'],
    ['\n    DeletionPolicy: Delete', 'refused'],
    ['\n    DeletionPolicy: Retain', 'written'],
    ['\n    DeletionPolicy: RetainExceptOnCreate', 'written'],
  ])('a custom resource that makes replicas with "%s" is %s', (policy, kind) => {
    const text = `Resources:\n  Replica:\n    Type: Custom::DynamoDBReplica${policy}\n`;
    const emission = emitCloudFormation(liveTable(PLAIN), stackOf(text));
    expect(emission.kind).toBe(kind);
    if (emission.kind === 'refused')
      expect(emission.refusal).toMatchObject({ kind: 'replicas-not-retained', logicalIds: ['Replica'] });
  });
});

describe('the definition', () => {
  it.each<[string, Partial<TableSettings>, Readonly<Record<string, unknown>>]>([
    [
      'TTL on',
      { ttl: { attribute: 'at' } },
      { TimeToLiveSpecification: { AttributeName: 'at', Enabled: true } },
    ],
    ['TTL off', { ttl: null }, { TimeToLiveSpecification: undefined }],
    ['no stream', {}, { StreamSpecification: undefined }],
    ['PITR off', {}, { PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: false } }],
    ['tags of AWS', { tags: { 'aws:x': '1', b: '2' } }, { Tags: [{ Key: 'b', Value: '2' }] }],
    [
      'zeros of an on-demand table',
      { shape: { ...PLAIN.shape, capacity: { reads: 0, writes: 0 } } },
      { ProvisionedThroughput: undefined },
    ],
    [
      'half a maximum',
      { shape: { ...PLAIN.shape, onDemandMaximum: { reads: -1, writes: 50 } } },
      { OnDemandThroughput: { MaxWriteRequestUnits: 50 } },
    ],
    [
      'a managed key',
      { shape: { ...PLAIN.shape, encryption: { kind: 'kms', keyArn: 'arn:x', isAwsManaged: true } } },
      { SSESpecification: { SSEEnabled: true, SSEType: 'KMS' } },
    ],
    ['a policy that is no JSON', { 'resource-policy': '{' }, { ResourcePolicy: { PolicyDocument: '{' } }],
  ])('%s', (_, settings, expected) => {
    expect(propertiesOf(liveTable({ ...PLAIN, ...settings }))).toEqual(
      expect.objectContaining(
        Object.fromEntries(Object.entries(expected).filter(([, of]) => of !== undefined)),
      ),
    );
    const absent = Object.keys(expected).filter((name) => expected[name] === undefined);
    const names = Object.keys(propertiesOf(liveTable({ ...PLAIN, ...settings })));
    expect(names.filter((name) => absent.includes(name))).toEqual([]);
  });

  it('an index without capacity of its own has the table’s', () => {
    const globalIndexes = [{ name: 'i', keys: PLAIN.shape.keys, projection: { type: 'ALL' } as const }];
    const shape = {
      ...PLAIN.shape,
      globalIndexes,
      billingMode: 'PROVISIONED',
      capacity: { reads: 3, writes: 4 },
    } as const;
    expect(propertiesOf(liveTable({ ...PLAIN, shape })).GlobalSecondaryIndexes).toMatchObject([
      { ProvisionedThroughput: { ReadCapacityUnits: 3, WriteCapacityUnits: 4 } },
    ]);
  });

  it('what could not be read is absent and named', () => {
    const code = writtenBy(emitCloudFormation(liveTable(EVERYTHING, ['tags', 'ttl', 'auto-scaling'])));
    expect(code.leftOut.flatMap((one) => (one.kind === 'unread' ? [one.facet] : []))).toEqual([
      'tags',
      'ttl',
      'auto-scaling',
    ]);
    expect(propertiesOf(liveTable(EVERYTHING, ['tags', 'ttl']))).not.toHaveProperty('Tags');
  });

  it.each<[string, LiveTable, string]>([
    ['no shape', liveTable(PLAIN, ['shape']), 'shape-unread'],
    [
      'no capacity',
      liveTable({ ...PLAIN, shape: { ...PLAIN.shape, billingMode: 'PROVISIONED' } }),
      'capacity-unread',
    ],
    [
      'replicas whose scaling could not be read',
      liveTable({ ...PROVISIONED, replicas: [{ region: 'us-east-1' }] }, ['auto-scaling']),
      'scaling-unread',
    ],
    [
      'replicas whose writes do not scale',
      liveTable({
        ...PROVISIONED,
        'auto-scaling': PLAIN['auto-scaling'],
        replicas: [{ region: 'us-east-1' }],
      }),
      'writes-not-scaled',
    ],
  ])('%s is refused', (_, live, kind) => {
    expect(emitCloudFormation(live)).toMatchObject({ kind: 'refused', refusal: { kind } });
  });

  it('scaling comes with the update, one target after another', () => {
    const code = writtenBy(emitCloudFormation(liveTable(PROVISIONED)));
    const { Resources } = JSON.parse(fileOf(code, 'update'));
    const targets = Object.entries<{ readonly Type: string; readonly DependsOn: string }>(Resources).filter(
      ([, { Type }]) => Type.endsWith('ScalableTarget'),
    );
    expect(targets).toHaveLength(fullScaling(PROVISIONED.shape).targets.length);
    expect(targets.map(([, { DependsOn }]) => DependsOn)).toEqual([
      code.address,
      ...targets.slice(0, -1).map(([id]) => id),
    ]);
    expect(fileOf(code, 'import')).not.toContain('AutoScaling');
  });

  it('differences to the source’s definition are listed, and a reference counts as one', () => {
    const code = writtenBy(
      emitCloudFormation(liveTable({ ...PLAIN, tags: { a: 'b' } }), {
        source: 'orders',
        ...stackOf(YAML_TEMPLATE),
      }),
    );
    expect(code.differences).toEqual([
      { property: 'DeletionProtectionEnabled', kind: 'only-live' },
      { property: 'PointInTimeRecoverySpecification', kind: 'only-live' },
      { property: 'StreamSpecification', kind: 'only-in-template' },
      { property: 'TableClass', kind: 'only-live' },
      { property: 'Tags', kind: 'other' },
    ]);
  });
});

describe('the steps', () => {
  it('import, look at exactly one change, execute, ask for drift, and never wait with a command that gives up', () => {
    const commands = commandsOf(writtenBy(emitCloudFormation(liveTable(PLAIN), stackOf(YAML_TEMPLATE))));
    expect(commands.filter((command) => /\bwait\b/.test(command))).toEqual([]);
    expect(
      commands.every((command) => !command.startsWith('aws') || command.includes('--region eu-west-1')),
    ).toBe(true);
    const order = [
      'list-exports',
      'IMPORT',
      'describe-change-set',
      'execute-change-set',
      'detect-stack-resource-drift',
      '--import-existing-resources',
    ];
    const places = order.map((word) => commands.findIndex((command) => command.includes(word)));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places).not.toContain(-1);
  });

  it('keep parameters and capabilities of the stack', () => {
    const [create] = commandsOf(
      writtenBy(emitCloudFormation(liveTable(PLAIN), stackOf(YAML_TEMPLATE))),
    ).filter((command) => command.includes('IMPORT'));
    expect(create).toContain('--parameters ParameterKey=Stage,UsePreviousValue=true');
    expect(create).toContain('--capabilities CAPABILITY_NAMED_IAM');
  });

  it('a stack may be named by its ARN', () => {
    const stack = 'arn:aws:cloudformation:eu-west-1:111122223333:stack/shop/11111111-2222';
    const code = writtenBy(emitCloudFormation(liveTable(PLAIN), { stack: { stack, text: YAML_TEMPLATE } }));
    expect(commandsOf(code)[0]).toContain(':stack/shop/');
    expect(commandsOf(code)[0]).not.toContain(':stack/arn');
  });

  it('a template that is too long goes by a bucket', () => {
    const text = YAML_TEMPLATE.replace('The shop', 'x'.repeat(52_000));
    const commands = commandsOf(writtenBy(emitCloudFormation(liveTable(PLAIN), stackOf(text))));
    expect(commands.some((command) => command.includes('--template-url https://BUCKET.s3.'))).toBe(true);
    expect(commands.some((command) => command.includes('--template-body'))).toBe(false);
  });
});
