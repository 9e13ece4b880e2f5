import { describe, expect, it } from 'vitest';
import { createDynamoDBStateStore } from '../../../shared/adapters/state/dynamodb-state-store.ts';
import { createHintNotes } from '../../../shared/adapters/state/hint-notes.ts';
import { createRunNotes } from '../../../shared/adapters/state/run-notes.ts';
import type { StateTable } from '../../../shared/adapters/state/table.ts';
import { anOpenFinding } from '../../support/world.ts';
import { NOW, onAnswers } from '../connect.ts';

/** What a state table answers that holds these things under the keys 1, 2, … */
const holding = (read: (table: StateTable) => Promise<unknown>, ...contents: readonly unknown[]) => {
  const Items = contents.map((content, at) => ({
    sk: { S: String(at + 1) },
    content: { S: JSON.stringify(content) },
  }));
  const { dynamodb, run } = onAnswers(() => ({ body: { Count: Items.length, Items } }));
  return run(read({ client: dynamodb, name: 'tablekeeper-prod-state' }));
};

const readFindings = (table: StateTable) => createDynamoDBStateStore(table).readFindings();
const readMemory = (table: StateTable) => createDynamoDBStateStore(table).readMemory();
const readHints = (table: StateTable) => createHintNotes(table).read();
const readRuns = (table: StateTable) => createRunNotes(table).read();

const deferral = { cause: 'CreateBackup: ThrottlingException', backups: 2, since: NOW, marks: ['a1', 'b2'] };
const baseline = { table: 'Orders', tableId: 'x', earliestRestorableAt: NOW, recoveryPeriodDays: 35 };

describe('an item of the state table is read whole or told', () => {
  const kinds = [
    { name: 'a note of a hint', read: readHints, content: { table: 'Orders', window: NOW } },
    {
      name: 'a note of a run',
      read: readRuns,
      content: { name: 'audit', at: NOW, whole: true, policiesDigest: 'abc' },
    },
    { name: 'what recovery looked like', read: readMemory, content: baseline },
    { name: 'how many tables there were', read: readMemory, content: { tables: 3, seenAt: NOW } },
    { name: 'what was put off', read: readMemory, content: { deferredAt: NOW, deferrals: [deferral] } },
    {
      name: 'the last digest',
      read: readMemory,
      content: { digestedSlot: NOW, sentAt: NOW, recoveryPointBytes: 5 },
    },
    { name: 'whose turn it is', read: readMemory, content: { pitrResumeAt: 'Orders' } },
  ];

  it.each(kinds)('$name', async ({ read, content }) => {
    await expect(holding(read, content)).resolves.toBeDefined();
    for (const field of Object.keys(content)) {
      await expect(holding(read, { ...content, [field]: undefined }), field).rejects.toThrow(
        'cannot be read',
      );
      await expect(holding(read, { ...content, [field]: {} }), field).rejects.toThrow('cannot be read');
    }
  });

  it.each([{ read: readHints }, { read: readRuns }, { read: readMemory }, { read: readFindings }])(
    'nothing at all, and a text: $read.name',
    async ({ read }) => {
      await expect(holding(read, null)).rejects.toThrow('cannot be read');
      await expect(holding(read, 'text')).rejects.toThrow('cannot be read');
    },
  );

  it.each([
    { name: 'nothing', odd: null },
    { name: 'a text', odd: 'CreateBackup' },
    { name: 'a cause that is no text', odd: { ...deferral, cause: 7 } },
    { name: 'a count that is no number', odd: { ...deferral, backups: '2' } },
    { name: 'a time that is no number', odd: { ...deferral, since: undefined } },
    { name: 'marks that are no list', odd: { ...deferral, marks: 'a1' } },
    { name: 'a mark that is no text', odd: { ...deferral, marks: ['a1', 2] } },
  ])('what was put off, one part of which is $name', async ({ odd }) => {
    const memory = { deferredAt: NOW, deferrals: [deferral, odd] };
    await expect(holding(readMemory, memory)).rejects.toThrow('cannot be read');
  });

  it.each([
    { field: 'table', odd: 7 },
    { field: 'policy', odd: 7 },
    { field: 'cause', odd: 7 },
    { field: 'notifiedAt', odd: 'now' },
    { field: 'resolvedAt', odd: 'now' },
  ])('a finding with an odd $field, which it may lack', async ({ field, odd }) => {
    const finding = { ...anOpenFinding(), policy: 'standard', cause: 'x', resolvedAt: NOW };
    expect(await holding(readFindings, finding)).toEqual([finding]);
    await expect(holding(readFindings, { ...finding, [field]: odd })).rejects.toThrow('cannot be read');
    expect(await holding(readFindings, { ...finding, [field]: undefined })).toHaveLength(1);
  });
});

describe('an item of the state table is read', () => {
  it('as of no trail where a hint was noted before there were any', async () => {
    const note = { table: 'Orders', window: NOW };
    expect(await holding(readHints, note)).toEqual([{ ...note, byTrail: false }]);
  });

  it('as a finding of any severity', async () => {
    const findings = (['critical', 'info', 'warning'] as const).map((severity) =>
      anOpenFinding({ severity }),
    );
    expect(await holding(readFindings, ...findings)).toEqual(findings);
  });

  it.each([
    { id: 'recovery-point-overdue/Orders/daily', table: 'Orders', policy: 'daily' },
    { id: 'recovery-point-overdue/Orders', table: 'Orders' },
    { id: 'recovery-point-overdue' },
  ])('as $id only where it names the same table and policy', async ({ id, ...named }) => {
    const { table: _, ...rest } = anOpenFinding({ id, kind: 'recovery-point-overdue' });
    expect(await holding(readFindings, { ...rest, ...named })).toHaveLength(1);
    await expect(holding(readFindings, { ...rest, ...named, table: 'Users' })).rejects.toThrow(
      'cannot be read',
    );
  });

  it('as memory of nothing but what is there', async () => {
    expect(await holding(readMemory)).toStrictEqual({ pitrBaselines: [] });
  });

  it('in the order of the keys, whatever that of the answer', async () => {
    const Items = ['c', 'a', 'b'].map((id) => ({
      sk: { S: id },
      content: { S: JSON.stringify(anOpenFinding({ id })) },
    }));
    const { dynamodb, run } = onAnswers(() => ({ body: { Count: 3, Items } }));
    const findings = await run(readFindings({ client: dynamodb, name: 'tablekeeper-prod-state' }));
    expect(findings.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  });
});
