import { describe, expect, it } from 'vitest';
import { createDynamoDBStateStore } from '../../../shared/adapters/state/dynamodb-state-store.ts';
import { createHintNotes } from '../../../shared/adapters/state/hint-notes.ts';
import type { StateTable } from '../../../shared/adapters/state/items.ts';
import { createRunNotes } from '../../../shared/adapters/state/run-notes.ts';
import { anOpenFinding } from '../../support/world.ts';
import { NOW, onAnswers } from '../connect.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Each thing that is remembered: how it is read, and what it holds. */
interface Kept {
  readonly name: string;
  readonly read: (table: StateTable) => Promise<unknown>;
  readonly content: Fields;
  /** Those that may be left out. */
  readonly optional?: Fields;
}

const store = (table: StateTable) => createDynamoDBStateStore(table);
const readMemory = (table: StateTable) => store(table).readMemory();

const {
  table: _,
  notifiedAt: _told,
  ...finding
} = anOpenFinding({ kind: 'untagged-tables', id: 'untagged-tables' });
const deferral = {
  kind: 'throttled',
  cause: 'CreateBackup: ThrottlingException',
  errorName: 'ThrottlingException',
  backups: 3,
  since: NOW,
  marks: ['a', 'b'],
};

const PUT_OFF: Kept = {
  name: 'what was put off',
  read: readMemory,
  content: { deferredAt: NOW, deferrals: [deferral, deferral] },
};

const HINT: Kept = {
  name: 'the note of a hint',
  read: (table) => createHintNotes(table).read(),
  content: { table: 'Orders', window: NOW },
};

const KEPT: readonly Kept[] = [
  {
    name: 'a finding',
    read: (table) => store(table).readFindings(),
    content: finding,
    optional: {
      table: 'Orders',
      policy: 'gold',
      cause: 'no backup was made',
      notifiedAt: NOW,
      resolvedAt: NOW,
    },
  },
  { name: 'the coverage', read: readMemory, content: { tables: 3, seenAt: NOW } },
  {
    name: 'the digest',
    read: readMemory,
    content: { digestedSlot: NOW, sentAt: NOW, recoveryPointBytes: 7 },
  },
  PUT_OFF,
  { name: 'who receives alerts', read: readMemory, content: { subscribers: [] } },
  { name: 'whose turn it is', read: readMemory, content: { pitrResumeAt: 'Orders' } },
  {
    name: 'a window',
    read: readMemory,
    content: { table: 'Orders', tableId: 'x', earliestRestorableAt: NOW, recoveryPeriodDays: 35 },
  },
  HINT,
  {
    name: 'the note of a run',
    read: (table) => createRunNotes(table).read(),
    content: { name: 'audit', at: NOW, whole: true, policiesDigest: 'abc' },
  },
];

const reading = ({ read }: Kept, content: unknown): Promise<unknown> => {
  const item = { pk: { S: 'any' }, sk: { S: 'any' }, content: { S: JSON.stringify(content) } };
  const { dynamodb, run } = onAnswers(() => ({ body: { Count: 1, Items: [item] } }));
  return run(read({ client: dynamodb, name: 'state' }));
};

/** Neither text nor number nor list. */
const ODD = { of: 'another type' };

const withField = (fields: Fields, field: string, value: unknown): Fields => ({ ...fields, [field]: value });

describe.each(KEPT)('$name in the state table', (kept) => {
  const { content, optional = {} } = kept;

  it('is read as it was written, with all that may be left out and without', async () => {
    for (const whole of [content, { ...content, ...optional }]) {
      const fields = JSON.stringify(whole).slice(1, -1);
      expect(JSON.stringify(await reading(kept, whole))).toContain(fields);
    }
  });

  it.each([null, 'text', 7, true, []])('is not guessed at where it is %j', async (odd) => {
    await expect(reading(kept, odd)).rejects.toThrow(' / any cannot be read');
  });

  it.each(Object.keys(content))('is not guessed at without its %s', async (field) => {
    await expect(reading(kept, withField(content, field, undefined))).rejects.toThrow('cannot be read');
  });

  it.each(Object.keys({ ...content, ...optional }))(
    'is not guessed at where its %s is odd',
    async (field) => {
      await expect(reading(kept, withField(content, field, ODD))).rejects.toThrow('cannot be read');
    },
  );
});

describe('what was put off', () => {
  it.each([null, 'text', ...Object.keys(deferral)])(
    'is not guessed at where one of its causes has an odd %s',
    async (field) => {
      const odd = typeof field === 'string' && field in deferral ? withField(deferral, field, ODD) : field;
      await expect(reading(PUT_OFF, { deferredAt: NOW, deferrals: [deferral, odd] })).rejects.toThrow(
        'cannot be read',
      );
    },
  );

  it('is not guessed at where one of its marks is odd', async () => {
    const odd = { ...deferral, marks: ['a', 7] };
    await expect(reading(PUT_OFF, { deferredAt: NOW, deferrals: [odd] })).rejects.toThrow('cannot be read');
  });
});

describe('who receives alerts', () => {
  const whole = { protocol: 'email', endpoint: 'ops@example.com', wasConfirmed: true };
  const kept: Kept = { name: 'who receives alerts', read: readMemory, content: { subscribers: [whole] } };

  it.each([
    null,
    'text',
    ...Object.keys(whole).map((field) => withField(whole, field, ODD)),
    { ...whole, unreachedSince: 'now' },
    { ...whole, gone: 'yes' },
  ])('is not guessed at where one of them is odd: %j', async (odd) => {
    await expect(reading(kept, { subscribers: [whole, odd] })).rejects.toThrow('cannot be read');
  });
});

describe('the note of a hint', () => {
  it('of an older version, which does not say who told, is of the one that told of tags', async () => {
    expect(await reading(HINT, HINT.content)).toEqual([{ table: 'Orders', window: NOW, byTrail: false }]);
  });
});

describe('an item without its key', () => {
  it('is told as such', async () => {
    const item = { content: { S: JSON.stringify(finding) } };
    const { dynamodb, run } = onAnswers(() => ({ body: { Count: 1, Items: [item] } }));
    await expect(run(store({ client: dynamodb, name: 'state' }).readFindings())).rejects.toThrow(
      'finding / without a key cannot be read',
    );
  });
});
