import { describe, expect, it } from 'vitest';
import { newNameOf } from '../../../shared/core/restore/cutover-alarms.ts';
import type { CutoverInput } from '../../../shared/core/restore/cutover-input.ts';
import { cutoverRecordOf, planCutover } from '../../../shared/core/restore/cutover-plan.ts';
import { canSkip, isMoot } from '../../../shared/core/restore/cutover-readers.ts';
import { applyRefused } from '../../../shared/core/restore/cutover-refusals.ts';
import type { CutoverChoices, CutoverStep } from '../../../shared/model/cutover.ts';
import { ownFailure } from '../../../shared/model/failure.ts';
import type { Attachment, TableSettings } from '../../../shared/model/table-settings.ts';
import { aShape, everySetting, KINESIS, NEW_STREAM, OLD_STREAM } from '../../support/table-settings.ts';

const NOW = Date.parse('2026-11-28T12:00:00Z');
const TARGET = { accountId: '111122223333', region: 'us-east-1' };

const MAPPING: Attachment = {
  kind: 'event-source-mapping',
  id: 'uuid-1',
  content: {
    FunctionArn: 'arn:aws:lambda:us-east-1:111122223333:function:f',
    EventSourceArn: OLD_STREAM,
    Enabled: true,
  },
};
const PIPE: Attachment = {
  kind: 'pipe',
  id: 'orders-pipe',
  content: { Source: OLD_STREAM, DesiredState: 'RUNNING' },
};
const dimension = (Value: string) => [{ Name: 'TableName', Value }];
const alarm = (id: string, content: Attachment['content']): Attachment => ({ kind: 'alarm', id, content });
const composite = (id: string, AlarmRule: string) => alarm(id, { AlarmRule });

const COPY: Partial<TableSettings> = {
  ...everySetting({ replicas: [], attachments: [], kinesis: [] }),
  shape: aShape({ stream: { viewType: 'NEW_AND_OLD_IMAGES', arn: NEW_STREAM } }),
  'auto-scaling': { targets: [], rules: [] },
};

const input = (
  attachments: readonly Attachment[],
  choices: Partial<CutoverChoices> = {},
  more: Partial<CutoverInput> = {},
): CutoverInput => ({
  target: TARGET,
  now: NOW,
  policyTag: 'backup:policy',
  stateTable: 'tablekeeper-prod-state',
  old: {
    table: 'orders',
    tableId: 'old-id',
    status: 'ACTIVE',
    read: { settings: everySetting({ replicas: [], attachments }), gaps: [] },
  },
  restored: { table: 'copy', tableId: 'new-id', status: 'ACTIVE', read: { settings: COPY, gaps: [] } },
  choices: { mode: 'move', undelivered: 'drain', ttl: 'later', ...choices },
  isKnownCopy: true,
  ...more,
});

const kindsOf = (steps: readonly CutoverStep[]): readonly string[] =>
  steps.map((step) => ('of' in step ? `${step.kind} ${step.of.id}` : step.kind));

const withoutSettings = (attachments: readonly Attachment[], choices: Partial<CutoverChoices> = {}) =>
  kindsOf(planCutover(input(attachments, choices)).steps).filter((kind) => kind !== 'setting');

describe('the steps of a cut-over', () => {
  it.each<[string, readonly Attachment[], Partial<CutoverChoices>, readonly string[]]>([
    ['nothing that points at it', [], {}, ['writers-off']],
    [
      'a mapping',
      [MAPPING],
      {},
      [
        'make-reader uuid-1',
        'writers-off',
        'drain uuid-1',
        'stop-reader uuid-1',
        'start-reader uuid-1',
        'delete-reader uuid-1',
      ],
    ],
    [
      'a mapping whose rest is dropped',
      [MAPPING],
      { undelivered: 'leave' },
      [
        'make-reader uuid-1',
        'writers-off',
        'stop-reader uuid-1',
        'start-reader uuid-1',
        'delete-reader uuid-1',
      ],
    ],
    [
      'a mapping that is off: its copy stays off',
      [{ ...MAPPING, content: { ...MAPPING.content, Enabled: false } }],
      {},
      ['make-reader uuid-1', 'writers-off', 'delete-reader uuid-1'],
    ],
    [
      'a pipe that is stopped',
      [{ ...PIPE, content: { ...PIPE.content, DesiredState: 'STOPPED' } }],
      {},
      ['make-reader orders-pipe', 'writers-off', 'delete-reader orders-pipe'],
    ],
    [
      'a swap: nothing is deleted before both recovery points, and readers are made for the stream that comes after it',
      [MAPPING],
      { mode: 'swap' },
      [
        'writers-off',
        'drain uuid-1',
        'stop-reader uuid-1',
        'final-point',
        'final-point',
        'protection-off',
        'delete-table',
        'name-free',
        'restore-under-name',
        'make-reader uuid-1',
        'start-reader uuid-1',
        'delete-reader uuid-1',
      ],
    ],
  ])('of %s', (_, attachments, choices, steps) => {
    expect(withoutSettings(attachments, choices)).toEqual(steps);
  });

  it('put auto scaling under the new name, and Kinesis only where it is shared', () => {
    const settings = (choices: Partial<CutoverChoices>) =>
      planCutover(input([], choices)).steps.flatMap((step) => (step.kind === 'setting' ? [step] : []));
    expect(settings({}).every(({ table, step }) => table === 'copy' && step.kind.startsWith('scal'))).toBe(
      true,
    );
    expect(settings({}).length).toBeGreaterThan(0);
    expect(settings({ kinesis: 'share' })).toContainEqual(
      expect.objectContaining({ step: expect.objectContaining({ kind: 'kinesis', streamArn: KINESIS }) }),
    );
    expect(planCutover(input([])).notes).toContainEqual({ kind: 'kinesis-asked', streamArn: KINESIS });
  });

  it('take what reads the restored table along in a swap', () => {
    const reader: Attachment = {
      ...MAPPING,
      id: 'uuid-2',
      content: { ...MAPPING.content, EventSourceArn: NEW_STREAM },
    };
    const given = input([MAPPING], { mode: 'swap' });
    const restored = { ...given.restored, read: { settings: { ...COPY, attachments: [reader] }, gaps: [] } };
    const { steps } = planCutover({ ...given, restored });
    expect(steps).toContainEqual(
      expect.objectContaining({
        kind: 'make-reader',
        of: { kind: reader.kind, id: 'uuid-2' },
        table: 'orders',
      }),
    );
    expect(steps).toContainEqual(
      expect.objectContaining({ kind: 'drain', of: { kind: reader.kind, id: 'uuid-2' }, table: 'copy' }),
    );
  });

  it('name final recovery points as no instance names its own', () => {
    const points = planCutover(input([], { mode: 'swap' })).steps.filter(
      ({ kind }) => kind === 'final-point',
    );
    expect(points).toEqual([
      { kind: 'final-point', table: 'orders', tableId: 'old-id', name: 'before-cutover-20261128T120000Z' },
      { kind: 'final-point', table: 'copy', tableId: 'new-id', name: 'before-cutover-20261128T120000Z' },
    ]);
  });
});

describe('alarms', () => {
  const madeOf = (...alarms: readonly Attachment[]) =>
    planCutover(input(alarms)).steps.flatMap((step) => (step.kind === 'make-alarm' ? [step] : []));

  it.each([
    ['orders-throttled', 'copy-throttled'],
    ['Throttling', 'Throttling-copy'],
    ['prod/orders/orders', 'prod/copy/copy'],
  ])('%s is called %s', (old, made) => {
    expect(newNameOf(old, 'orders', 'copy')).toBe(made);
  });

  it('keep all that they consist of, but for the table in their dimensions', () => {
    const content = {
      Dimensions: [...dimension('orders'), { Name: 'Operation', Value: 'orders' }],
      AlarmActions: ['arn:aws:sns:us-east-1:111122223333:orders'],
      Threshold: 3,
      Metrics: [
        { Id: 'm', MetricStat: { Metric: { Dimensions: [...dimension('orders'), ...dimension('other')] } } },
      ],
    };
    expect(madeOf(alarm('orders-a', content))[0]?.content).toEqual({
      ...content,
      Dimensions: [...dimension('copy'), { Name: 'Operation', Value: 'orders' }],
      Metrics: [
        { Id: 'm', MetricStat: { Metric: { Dimensions: [...dimension('copy'), ...dimension('other')] } } },
      ],
    });
  });

  it.each([
    ['ALARM("orders-a") AND NOT OK("orders-ab")', 'ALARM("copy-a") AND NOT OK("orders-ab")'],
    ["ALARM('orders-a')", "ALARM('copy-a')"],
    ['ALARM(orders-a) OR ALARM(other)', 'ALARM(copy-a) OR ALARM(other)'],
    [
      'ALARM("arn:aws:cloudwatch:us-east-1:111122223333:alarm:orders-a")',
      'ALARM("arn:aws:cloudwatch:us-east-1:111122223333:alarm:copy-a")',
    ],
  ])('that are composite name the new ones: %s', (rule, moved) => {
    const made = madeOf(
      composite('0-unwell-orders', rule),
      alarm('orders-a', { Dimensions: dimension('orders') }),
    );
    expect(made.map(({ name }) => name)).toEqual(['copy-a', '0-unwell-copy']);
    expect(made[1]?.content).toEqual({ AlarmRule: moved });
  });
});

describe('a cut-over', () => {
  const replica = { region: 'eu-west-1' };
  const withOld = (part: Partial<CutoverInput['old']>, mode: CutoverChoices['mode'] = 'move') => {
    const given = input([], { mode });
    return { ...given, old: { ...given.old, ...part } };
  };

  it.each<[string, CutoverInput, string]>([
    ['of one table', { ...input([]), restored: { ...input([]).old } }, 'same-table'],
    [
      'to a table with other keys',
      {
        ...input([]),
        restored: {
          ...input([]).restored,
          read: { settings: { ...COPY, shape: aShape({ keys: [{ name: 'id', role: 'HASH' }] }) }, gaps: [] },
        },
      },
      'other-keys',
    ],
    ['of a table that is DELETING', withOld({ status: 'DELETING' }), 'table-not-active'],
    [
      'by a swap of a table with replicas',
      withOld(
        { read: { settings: everySetting({ replicas: [replica], attachments: [] }), gaps: [] } },
        'swap',
      ),
      'has-replicas',
    ],
  ])('%s is refused', (_, given, code) => {
    expect(() => planCutover(given)).toThrow(
      expect.objectContaining({ content: expect.objectContaining({ code }) }),
    );
  });

  it.each([
    ['move', 'attachments', 'settings-unread'],
    ['move', 'insights', undefined],
    ['swap', 'insights', 'settings-unread'],
    ['swap', 'attachments', 'settings-unread'],
  ] as const)('by %s without having read %s', (mode, facet, code) => {
    const given = input([], { mode });
    const gaps = [{ facet, failure: ownFailure('answer-unusable', 'x') }];
    const plan = planCutover({ ...given, old: { ...given.old, read: { ...given.old.read, gaps } } });
    expect(applyRefused(plan, true)?.content.code).toBe(code);
  });

  it.each([
    ['swap', false, 'origin-unknown'],
    ['swap', true, undefined],
    ['move', false, undefined],
  ] as const)('by %s to a table of unknown origin, asked at each step: %s', (mode, isAsked, code) => {
    const plan = planCutover(input([], { mode }, { isKnownCopy: false }));
    expect(plan.notes).toContainEqual({ kind: 'origin-unknown', table: 'copy', of: 'orders' });
    expect(applyRefused(plan, isAsked)?.content.code).toBe(code);
  });

  it.each(['final-point', 'protection-off', 'delete-table', 'name-free', 'restore-under-name'])(
    'by a swap never leaves out %s',
    (kind) => {
      const { steps, choices } = planCutover(input([MAPPING], { mode: 'swap' }));
      const own = steps.filter((step) => step.kind === kind);
      expect(own.length).toBeGreaterThan(0);
      expect(own.some((step) => canSkip(step, choices))).toBe(false);
      expect(
        steps.filter(({ kind: one }) => one === 'writers-off').some((step) => canSkip(step, choices)),
      ).toBe(false);
    },
  );

  it.each(['make-reader', 'stop-reader', 'start-reader'])(
    'that leaves out %s does not delete the old reader',
    (left) => {
      const record = cutoverRecordOf(planCutover(input([MAPPING])));
      const last = record.steps.at(-1)?.step;
      if (last?.kind !== 'delete-reader') throw new Error('the last step deletes');
      expect(isMoot(last, record)).toBe(false);
      const steps = record.steps.map((one) =>
        one.step.kind === left ? { ...one, outcome: { kind: 'skipped' } as const } : one,
      );
      expect(isMoot(last, { ...record, steps })).toBe(true);
    },
  );
});

describe('a cut-over cannot begin', () => {
  const read = (shape: ReturnType<typeof aShape>) => ({ settings: { ...COPY, shape }, gaps: [] });
  const restored = { table: 'copy', tableId: 'new-id', status: 'ACTIVE' };

  it('to a table whose key has the same names and other types', () => {
    const { attributes } = aShape();
    const [first, ...others] = attributes;
    const other = [{ name: first?.name ?? '', type: first?.type === 'N' ? 'S' : 'N' } as const, ...others];
    const refused = () =>
      planCutover(input([], {}, { restored: { ...restored, read: read(aShape({ attributes: other })) } }));
    expect(refused).toThrow('copy has other keys than orders');
  });

  it.each(['orders', 'copy'])('where %s is the state table', (stateTable) => {
    expect(() => planCutover(input([], {}, { stateTable }))).toThrow(`${stateTable} is the state table`);
  });
});

describe('a move says what the restored table lacks', () => {
  /** Policies name their table: those of the fixtures name the old one. */
  const unnamed = { 'resource-policy': null, 'stream-policy': null };
  const notes = (over: Partial<TableSettings>, choices: Partial<CutoverChoices> = {}) =>
    planCutover(
      input([], choices, {
        old: {
          table: 'orders',
          tableId: 'old-id',
          status: 'ACTIVE',
          read: { settings: everySetting({ replicas: [], attachments: [], ...unnamed }), gaps: [] },
        },
        restored: {
          table: 'copy',
          tableId: 'new-id',
          status: 'ACTIVE',
          read: { settings: { ...COPY, ...unnamed, ...over }, gaps: [] },
        },
      }),
    ).notes.filter(({ kind }) => kind === 'not-backed-up' || kind === 'not-alike');

  it('nothing of a table that is as the old one', () => {
    expect(notes({})).toEqual([]);
  });

  it('the backups that it opts out of', () => {
    const tags = { ...everySetting().tags, 'backup:policy': 'none' };
    expect(notes({ tags })).toEqual([
      {
        kind: 'not-backed-up',
        table: 'copy',
        tag: 'backup:policy',
        value: 'standard',
        has: 'none',
        tableArn: 'arn:aws:dynamodb:us-east-1:111122223333:table/copy',
        region: 'us-east-1',
      },
    ]);
  });

  it('TTL, recovery, a key and an index', () => {
    const shape = aShape({
      stream: { viewType: 'NEW_AND_OLD_IMAGES', arn: NEW_STREAM },
      globalIndexes: [],
      encryption: { kind: 'aws-owned' },
    });
    const [note] = notes({ shape, ttl: null, pitr: { enabled: false } });
    expect(note).toMatchObject({ kind: 'not-alike', settings: expect.arrayContaining(['ttl', 'pitr']) });
    const named = note?.kind === 'not-alike' ? note.settings.join(' ') : '';
    expect(named).toMatch(/encryption/);
    expect(named).toMatch(/global-index/);
  });

  it('nothing where a swap puts the settings of the old table on', () => {
    expect(notes({ ttl: null }, { mode: 'swap' })).toEqual([]);
  });
});
