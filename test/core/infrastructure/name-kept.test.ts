import { expect, it } from 'vitest';
import { nameKept } from '../../../shared/core/infrastructure/name-kept.ts';
import type { Drift } from '../../../shared/model/infrastructure-code.ts';
import { commandText } from '../../../shared/model/shell.ts';
import type { TableSettings } from '../../../shared/model/table-settings.ts';
import { liveTable, PLAIN } from '../../support/any-table.ts';
import { EVERYTHING } from './tables.ts';

const { shape } = EVERYTHING;
const OLD_ARN = 'arn:aws:dynamodb:eu-west-1:111122223333:table/orders/stream/2025-01-01T00:00:00.000';
const BEFORE: TableSettings = {
  ...EVERYTHING,
  shape: { ...shape, stream: { viewType: 'NEW_AND_OLD_IMAGES', arn: OLD_ARN } },
};

const driftOf = (live: Partial<TableSettings>, unread: readonly (keyof TableSettings)[] = []) =>
  nameKept(liveTable(live, unread), 'terraform', { before: { settings: BEFORE, gaps: [] } }).drift;

const STREAM: Drift = { kind: 'stream-arn', was: OLD_ARN, is: shape.stream?.arn ?? '' };

it.each<[string, Partial<TableSettings>, readonly Drift[]]>([
  ['only the stream is new', EVERYTHING, [STREAM]],
  ['no stream and nothing else', { ...EVERYTHING, shape: BEFORE.shape }, []],
  [
    'warm throughput grows by itself',
    { ...EVERYTHING, shape: { ...BEFORE.shape, warmThroughput: { reads: 1, writes: 2 } } },
    [],
  ],
  [
    'the order of lists means nothing',
    { ...EVERYTHING, shape: { ...BEFORE.shape, attributes: BEFORE.shape.attributes.toReversed() } },
    [],
  ],
  ['TTL is off', { ...EVERYTHING, ttl: null }, [STREAM, { kind: 'setting', facet: 'ttl' }]],
  ['a tag is missing', { ...EVERYTHING, tags: {} }, [STREAM, { kind: 'setting', facet: 'tags' }]],
  [
    'the class is another',
    { ...EVERYTHING, shape: { ...shape, tableClass: 'STANDARD' } },
    [STREAM, { kind: 'setting', facet: 'shape' }],
  ],
  ['what points at the table is not in code', { ...EVERYTHING, attachments: [] }, [STREAM]],
])('%s', (_, live, drift) => {
  expect(driftOf(live)).toEqual(drift);
});

it('what could not be read is named and not compared', () => {
  expect(driftOf({ ...EVERYTHING, shape: BEFORE.shape, tags: {} }, ['tags'])).toMatchObject([
    { kind: 'unread', facet: 'tags' },
  ]);
});

it('there is nothing to import, only to look at', () => {
  for (const language of ['cloudformation', 'terraform'] as const) {
    const kept = nameKept(liveTable(PLAIN), language, { stack: 'shop' });
    const commands = kept.steps.flatMap((step) => step.commands.map(commandText));
    expect(commands.length).toBeGreaterThan(1);
    expect(commands.filter((command) => /import|change-set|apply|\bwait\b/i.test(command))).toEqual([]);
  }
});
