import { describe, expect, it } from 'vitest';
import { emissionFields } from '../../../cli/documents/infrastructure-document.ts';
import { plainPaint } from '../../../cli/view/colour.ts';
import { emissionLines, filesToWrite } from '../../../cli/view/infrastructure-text.ts';
import { emitCloudFormation } from '../../../shared/core/infrastructure/cloudformation.ts';
import { nameKept } from '../../../shared/core/infrastructure/name-kept.ts';
import { emitTerraform } from '../../../shared/core/infrastructure/terraform.ts';
import { ownFailure } from '../../../shared/model/failure.ts';
import type { Emission, EmissionRefusal } from '../../../shared/model/infrastructure-code.ts';
import { EVERYTHING, PROVISIONED } from '../../core/infrastructure/tables.ts';
import { liveTable, PLAIN } from '../../support/any-table.ts';
import { YAML_TEMPLATE } from '../../support/stack-templates.ts';

const SCREEN = { paint: plainPaint };

const textOf = (emission: Emission, directory?: string): string =>
  emissionLines(emission, directory, SCREEN).join('\n');

const failure = ownFailure('not-there', 'the table does not exist');

describe('files of --out', () => {
  it.each([
    [
      'cloudformation',
      emitCloudFormation(liveTable(PROVISIONED), { stack: { stack: 'shop', text: YAML_TEMPLATE } }),
      ['identifiers.json', 'import.yaml', 'steps.txt', 'update.yaml'],
    ],
    ['terraform', emitTerraform(liveTable(PROVISIONED)), ['later.tf.txt', 'steps.txt', 'tf']],
  ])('%s', (_, emission, names) => {
    const files = filesToWrite(emission);
    expect(files.map(({ name }) => name).toSorted()).toEqual(
      names.map((name) => `orders-restored-20261120-1000.${name}`),
    );
    const written = files.map(({ name }) => name);
    const used = [...textOf(emission, 'out').matchAll(/file:\/\/(\S+)/g)].map(([, name]) => name);
    expect(used.filter((name) => name !== undefined && !written.includes(name))).toEqual([]);
  });

  it('steps hold every command as one line, the rest is comments', () => {
    const [steps] = filesToWrite(emitTerraform(liveTable(PROVISIONED))).filter(({ name }) =>
      name.endsWith('steps.txt'),
    );
    const lines = steps?.content.split('\n').filter((line) => line !== '' && !line.startsWith('#')) ?? [];
    expect(lines.filter((line) => !/^(?:terraform|mv) /.test(line))).toEqual([]);
  });

  it('nothing is written of what was refused or kept its name', () => {
    expect(filesToWrite(nameKept(liveTable(PLAIN), 'terraform'))).toEqual([]);
    expect(filesToWrite(emitTerraform(liveTable(PLAIN, ['shape'])))).toEqual([]);
  });
});

describe('what a person reads', () => {
  it('without a folder the contents stand there as they are', () => {
    const emission = emitTerraform(liveTable(EVERYTHING));
    const content = filesToWrite(emission)[0]?.content ?? 'none';
    expect(emissionLines(emission, undefined, { ...SCREEN, width: 60 }).join('\n')).toContain(
      content.trimEnd(),
    );
    expect(textOf(emission, 'out')).not.toContain('resource "aws_dynamodb_table"');
  });

  it('what is not in it, and what differs', () => {
    const text = textOf(
      emitCloudFormation(liveTable(EVERYTHING, ['tags']), {
        source: 'orders',
        stack: { stack: 'shop', text: YAML_TEMPLATE },
      }),
      'out',
    );
    expect(text).toContain('tags, which could not be read: Describe: AccessDeniedException: not allowed');
    expect(text).toContain('warm throughput');
    expect(text).toContain("Tags: only in the source's definition");
    expect(text).toContain('StreamSpecification: another value, or a reference');
  });

  it('a name that was kept says what will show', () => {
    const kept = nameKept(liveTable(EVERYTHING), 'cloudformation', { stack: 'shop' });
    expect(textOf(kept)).toContain('nothing is to be imported');
    expect(textOf(kept)).toContain('The stream has a new ARN');
    expect(textOf(nameKept(liveTable(PLAIN), 'terraform'))).toContain('Nothing.');
  });

  it.each<[EmissionRefusal, string]>([
    [{ kind: 'shape-unread', failure }, 'the table does not exist'],
    [{ kind: 'capacity-unread' }, 'its capacity is not known'],
    [{ kind: 'scaling-unread', failure }, 'that could not be read: the table'],
    [{ kind: 'writes-not-scaled' }, 'has to scale its writes'],
    [{ kind: 'index-keys', index: 'many' }, 'the index many'],
    [{ kind: 'template-unreadable', stack: 'shop' }, 'Leave out --stack'],
    [{ kind: 'in-stack', stack: 'shop', logicalId: 'Orders' }, 'as Orders'],
    [
      { kind: 'replicas-not-retained', stack: 'shop', logicalIds: ['A', 'B'] },
      'with A, B (Custom::DynamoDBReplica)',
    ],
  ])('a refusal %j says why', (refusal, words) => {
    expect(textOf({ kind: 'refused', refusal })).toContain(words);
    expect(emissionFields({ kind: 'refused', refusal })).toMatchObject({
      kind: 'refused',
      refusal: { ...refusal, text: expect.stringContaining(words) },
    });
  });

  it('documents hold facts and their sentences', () => {
    expect(emissionFields(emitTerraform(liveTable(EVERYTHING)))).toMatchObject({
      kind: 'written',
      address: 'aws_dynamodb_table.orders_restored_20261120_1000',
      leftOut: [{ kind: 'warm-throughput', text: expect.any(String) }, { kind: 'attachments' }],
    });
    expect(emissionFields(nameKept(liveTable(EVERYTHING), 'terraform'))).toMatchObject({
      drift: [{ kind: 'stream-arn', text: expect.any(String) }],
    });
  });
});
