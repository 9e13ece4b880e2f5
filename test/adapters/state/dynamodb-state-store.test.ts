import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { createDynamoDBStateStore } from '../../../shared/adapters/state/dynamodb-state-store.ts';
import { MINUTE_MS } from '../../../shared/model/instant.ts';
import type { Memory, OpenFinding } from '../../../shared/model/memory.ts';
import type { StateStore } from '../../../shared/ports/state-store.ts';
import { anOpenFinding } from '../../support/world.ts';
import { NOW, onAnswers } from '../connect.ts';
import { onBareStateTable, STATE_TABLE } from './bare-state-table.ts';
import { stateStoreSuite } from './state-store-suite.ts';

/** A store whose calls move virtual time. */
const onStateTable = async () => {
  const world = await onBareStateTable();
  const { run, state } = world;
  const inner = createDynamoDBStateStore(state);
  const store: StateStore = {
    claim: (claim, overBefore) => run(inner.claim(claim, overBefore)),
    release: (held) => run(inner.release(held)),
    readFindings: () => run(inner.readFindings()),
    takeTurn: (turn) => run(inner.takeTurn(turn)),
    endTurn: (held) => run(inner.endTurn(held)),
    saveFindings: (changes) => run(inner.saveFindings(changes)),
    readMemory: () => run(inner.readMemory()),
    saveMemory: (before, after) => run(inner.saveMemory(before, after)),
    readKept: () => run(inner.readKept()),
    keepTable: (kept) => run(inner.keepTable(kept)),
    releaseTable: (table) => run(inner.releaseTable(table)),
    readPicture: () => run(inner.readPicture()),
    savePicture: (picture) => run(inner.savePicture(picture)),
    saveGlimpses: (glimpses) => run(inner.saveGlimpses(glimpses)),
  };
  return { ...world, store };
};

stateStoreSuite('the store in DynamoDB', async () => (await onStateTable()).store);

type Batch = Readonly<Record<string, readonly unknown[]>>;

const claim = { id: 'id-of-Orders/x', runId: 'run-1', heldUntil: NOW + MINUTE_MS };
const finding: OpenFinding = anOpenFinding();
const memory: Memory = {
  coverage: { tables: 3, seenAt: NOW },
  pitrBaselines: [{ table: 'Orders', tableId: 'x', earliestRestorableAt: NOW, recoveryPeriodDays: 35 }],
};

describe('a lost answer of the state table', () => {
  it.each(['timeout-after-effect', 'connection-reset-after-effect'] as const)(
    'does not lose the claim that was written: %s',
    async (kind) => {
      const { account, store } = await onStateTable();
      account.faults.add({ operation: 'PutItem', kind, times: 1 });
      expect(await store.claim(claim)).toBeDefined();
      expect(await store.claim({ ...claim, runId: 'run-2' })).toBeUndefined();
    },
  );

  it('does not undo a release', async () => {
    const { account, store } = await onStateTable();
    const held = await store.claim(claim);
    account.faults.add({ operation: 'DeleteItem', kind: 'timeout-after-effect', times: 1 });
    await store.release(held ?? { id: claim.id, token: '' });
    expect(await store.claim({ ...claim, runId: 'run-2' })).toBeDefined();
  });
});

describe('a claim that an older version wrote', () => {
  const written = async () => {
    const world = await onStateTable();
    const Item = {
      pk: { S: `claim#${claim.id}` },
      sk: { S: 'claim' },
      runId: { S: 'run-of-old' },
      holder: { S: 'token-of-old' },
      heldUntil: { N: String(NOW) },
      expiresAt: { N: String(NOW / 1000 + 34_560_000) },
    };
    await world.run(world.dynamodb.send(new PutItemCommand({ TableName: STATE_TABLE, Item })));
    return world.store;
  };

  it('is held', async () => {
    expect(await (await written()).claim(claim, NOW)).toBeUndefined();
  });

  it('is taken over once it is over', async () => {
    expect(await (await written()).claim(claim, NOW + 1)).toBeDefined();
  });
});

describe('a state table that cannot be reached', () => {
  it.each<{ name: string; use: (store: StateStore) => Promise<unknown> }>([
    { name: 'a claim', use: (store) => store.claim(claim, NOW) },
    { name: 'a release', use: (store) => store.release({ id: claim.id, token: 'token-1' }) },
    { name: 'reading findings', use: (store) => store.readFindings() },
    { name: 'saving findings', use: (store) => store.saveFindings({ put: [finding], remove: [] }) },
    { name: 'forgetting findings', use: (store) => store.saveFindings({ put: [], remove: ['x'] }) },
    { name: 'reading memory', use: (store) => store.readMemory() },
    { name: 'saving memory', use: (store) => store.saveMemory({ pitrBaselines: [] }, memory) },
    { name: 'forgetting memory', use: (store) => store.saveMemory(memory, { pitrBaselines: [] }) },
  ])('fails aloud: $name', async ({ use }) => {
    const { account, store } = await onStateTable();
    account.faults.add({ operation: '*', kind: 'access-denied' });
    await expect(use(store)).rejects.toThrow('not authorized');
  });

  it('never gives half a list for a whole one', async () => {
    const { account, store } = await onStateTable();
    const fact = 'x'.repeat(20_000);
    const put = Array.from({ length: 80 }, (_, index) => ({ ...finding, id: `f-${index}`, fact }));
    await store.saveFindings({ put, remove: [] });
    account.faults.add({ operation: 'Query', kind: 'access-denied', after: 1 });
    await expect(store.readFindings()).rejects.toThrow('could not be read: Query: AccessDeniedException');
  });
});

describe('odd answers about the state table', () => {
  const content = JSON.stringify(finding);
  const item = { pk: { S: 'finding' }, sk: { S: finding.id }, content: { S: content } };
  const failing = {
    ...finding,
    id: 'backups-failing/Orders/daily',
    kind: 'backups-failing',
    policy: 'daily',
  };
  const answering = (body: object) => {
    const { dynamodb, run } = onAnswers(() => ({ body }));
    return run(createDynamoDBStateStore({ client: dynamodb, name: STATE_TABLE }).readFindings());
  };
  const holding = (unread: object) =>
    answering({ Count: 1, Items: [{ ...item, content: { S: JSON.stringify(unread) } }] });

  it('are none while everything is there', async () => {
    expect(await answering({ Count: 1, Items: [item] })).toEqual([finding]);
    expect(await holding(failing)).toEqual([failing]);
  });

  it.each([
    { name: 'no list', body: {}, says: 'the answer has no Items' },
    { name: 'fewer items than counted', body: { Count: 2, Items: [item] }, says: 'counts 2 items and has 1' },
    { name: 'no count', body: { Items: [item] }, says: 'counts no items and has 1' },
    {
      name: 'a next page without a place',
      body: { Count: 1, Items: [item], LastEvaluatedKey: { pk: { S: 'finding' } } },
      says: 'where the next page begins is no text',
    },
    {
      name: 'an item without a key',
      body: { Count: 1, Items: [{ content: item.content }] },
      says: 'finding / without a key cannot be read',
    },
    { name: 'an item without content', body: { Count: 1, Items: [{ sk: item.sk }] }, says: 'cannot be read' },
    { name: 'an item that is none', body: { Count: 1, Items: [null] }, says: 'without a key cannot be read' },
    {
      name: 'text that is no JSON',
      body: { Count: 1, Items: [{ ...item, content: { S: '{' } }] },
      says: 'cannot be read',
    },
  ])('with $name are told, for an open finding may stop expiry', async ({ body, says }) => {
    await expect(answering(body)).rejects.toThrow(says);
  });

  it.each(['id', 'kind', 'severity', 'fact', 'measured', 'promised', 'advice', 'since', 'openedAt'])(
    'with a finding without its %s are told',
    async (field) => {
      await expect(holding({ ...finding, [field]: undefined })).rejects.toThrow('cannot be read');
      await expect(holding({ ...finding, [field]: [] })).rejects.toThrow('cannot be read');
    },
  );

  it.each([
    { name: 'another table', changes: { table: 'Users' } },
    { name: 'no table', changes: { table: undefined } },
    { name: 'another policy', changes: { policy: 'weekly' } },
    { name: 'another kind', changes: { kind: 'pitr-off' } },
  ])('with a finding that stops expiry and names $name than its id does are told', async ({ changes }) => {
    await expect(holding({ ...failing, ...changes })).rejects.toThrow('cannot be read');
  });
});

describe('the items of the state table', () => {
  it('are not written when nothing changed', async () => {
    const { account, store } = await onStateTable();
    await store.saveMemory({ pitrBaselines: [] }, memory);
    account.calls.reset();
    await store.saveMemory(await store.readMemory(), memory);
    expect([...account.calls.byOperation.keys()]).toEqual(['Query']);
  });

  it('are written 25 in a call, and one alone by itself', async () => {
    const { account, store } = await onStateTable();
    const put = Array.from({ length: 51 }, (_, index) => ({ ...finding, id: `f-${index}` }));
    await store.saveFindings({ put, remove: [] });
    expect([...account.calls.byOperation]).toEqual([
      ['CreateTable', 1],
      ['BatchWriteItem', 2],
      ['PutItem', 1],
    ]);
    expect(await store.readFindings()).toHaveLength(51);
    await store.saveFindings({ put: [], remove: put.map(({ id }) => id) });
    expect(await store.readFindings()).toEqual([]);
  });

  it('that a batch leaves undone, for it was too much at once, are written one by one', async () => {
    const { dynamodb, run, sent } = onAnswers(({ operation, input }) =>
      operation === 'BatchWriteItem'
        ? {
            body: {
              UnprocessedItems: { [STATE_TABLE]: (input.RequestItems as Batch)[STATE_TABLE]?.slice(1) },
            },
          }
        : {},
    );
    const store = createDynamoDBStateStore({ client: dynamodb, name: STATE_TABLE });
    const put = ['a', 'b'].map((id) => ({ ...finding, id }));
    await run(store.saveFindings({ put, remove: ['c'] }));
    expect(sent.map(({ operation }) => operation)).toEqual(['BatchWriteItem', 'PutItem', 'DeleteItem']);
    expect(sent[1]?.input).toMatchObject({ TableName: STATE_TABLE, Item: { sk: { S: 'b' } } });
    expect(sent[2]?.input).toMatchObject({ TableName: STATE_TABLE, Key: { sk: { S: 'c' } } });
  });

  it.each([
    { name: 'nothing of what is left', body: {} },
    { name: 'that null is left', body: { UnprocessedItems: null } },
    { name: 'that a list is left', body: { UnprocessedItems: [] } },
    { name: 'that a text is left', body: { UnprocessedItems: 'all' } },
    {
      name: 'that something is left that is no request',
      body: { UnprocessedItems: { [STATE_TABLE]: [{}] } },
    },
    {
      name: 'that a request for nothing is left',
      body: { UnprocessedItems: { [STATE_TABLE]: [{ PutRequest: null }, { DeleteRequest: [] }] } },
    },
    { name: 'that null is left of the table', body: { UnprocessedItems: { [STATE_TABLE]: [null] } } },
    { name: 'that a text is left of the table', body: { UnprocessedItems: { [STATE_TABLE]: ['a'] } } },
    { name: 'that no text is put', body: { UnprocessedItems: { [STATE_TABLE]: [{ PutRequest: 'a' }] } } },
    { name: 'that no key is left', body: { UnprocessedItems: { [STATE_TABLE]: [{ DeleteRequest: 'a' }] } } },
  ])('that a batch took, or not, for the answer says $name, are written one by one', async ({ body }) => {
    const { dynamodb, run, sent } = onAnswers(({ operation }) =>
      operation === 'BatchWriteItem' ? { body } : {},
    );
    const store = createDynamoDBStateStore({ client: dynamodb, name: STATE_TABLE });
    await run(store.saveFindings({ put: ['a', 'b'].map((id) => ({ ...finding, id })), remove: [] }));
    expect(sent.map(({ operation }) => operation)).toEqual(['BatchWriteItem', 'PutItem', 'PutItem']);
  });

  it('that are written and forgotten at once are forgotten', async () => {
    const { store } = await onStateTable();
    await store.saveFindings({ put: [finding, { ...finding, id: 'other' }], remove: [finding.id] });
    expect((await store.readFindings()).map(({ id }) => id)).toEqual(['other']);
  });

  it.each(['timeout-after-effect', 'connection-reset', 'throttle', 'internal-error'] as const)(
    'are all there when a batch had to be sent again: %s',
    async (kind) => {
      const { account, store } = await onStateTable();
      account.faults.add({ operation: 'BatchWriteItem', kind, times: 1 });
      await store.saveMemory({ pitrBaselines: [] }, memory);
      expect(account.calls.of('BatchWriteItem')).toBe(2);
      expect(await store.readMemory()).toEqual(memory);
    },
  );

  it('are one for each thing that changed', async () => {
    const { account, store } = await onStateTable();
    await store.saveMemory({ pitrBaselines: [] }, memory);
    account.calls.reset();
    await store.saveMemory(memory, { ...memory, coverage: { tables: 4, seenAt: NOW } });
    expect(account.calls.of('PutItem')).toBe(1);
  });

  it.each(['{"id": 7}', 'null', '"text"'])(
    'that nobody wrote are told, not guessed at: %s',
    async (content) => {
      const { dynamodb, run, store } = await onStateTable();
      for (const pk of ['finding', 'memory']) {
        const Item = { pk: { S: pk }, sk: { S: 'odd' }, content: { S: content } };
        await run(dynamodb.send(new PutItemCommand({ TableName: STATE_TABLE, Item })));
      }
      await expect(store.readFindings()).rejects.toThrow('finding / odd cannot be read');
      await expect(store.readMemory()).rejects.toThrow('memory / odd cannot be read');
    },
  );

  it('are read as they are now, not as they were a second ago', async () => {
    const { dynamodb, run, sent } = onAnswers(() => ({ body: { Count: 0, Items: [] } }));
    await run(createDynamoDBStateStore({ client: dynamodb, name: STATE_TABLE }).readFindings());
    expect(sent[0]?.input).toMatchObject({ TableName: STATE_TABLE, ConsistentRead: true });
  });

  it('of a claim leave by themselves, long after no slot of a yearly schedule can need them', async () => {
    const { dynamodb, run, sent } = onAnswers(() => ({}));
    await run(
      createDynamoDBStateStore({ client: dynamodb, name: STATE_TABLE }, () => 'token-1').claim(claim, NOW),
    );
    const year = 365 * 24 * 60 * 60;
    const [put] = sent;
    const item = put?.input.Item as { expiresAt: { N: string }; holder: { S: string } };
    expect(item.holder).toEqual({ S: 'token-1' });
    expect(Number(item.expiresAt.N)).toBeGreaterThan(NOW / 1000 + year);
    expect(Number(item.expiresAt.N)).toBeLessThan(NOW / 1000 + 2 * year);
  });
});
