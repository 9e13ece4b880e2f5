import { expect, it } from 'vitest';
import {
  createDynamoDBStateStore,
  dryRunStateStore,
} from '../../../shared/adapters/state/dynamodb-state-store.ts';
import { anOpenFinding } from '../../support/world.ts';
import { NOW, onAnswers } from '../connect.ts';

it('a dry run remembers what is remembered, finds every claim free and writes nothing', async () => {
  const finding = anOpenFinding();
  const coverage = { tables: 3, seenAt: NOW };
  const contentOf = (pk: string | undefined) => (pk === 'finding' ? finding : coverage);
  const { dynamodb, run, sent } = onAnswers(({ input }) => {
    const { ':pk': pk } = input.ExpressionAttributeValues as Record<string, { S: string }>;
    return {
      body: { Count: 1, Items: [{ sk: { S: 'x' }, content: { S: JSON.stringify(contentOf(pk?.S)) } }] },
    };
  });
  const store = dryRunStateStore(createDynamoDBStateStore({ client: dynamodb, name: 'state' }));

  const claim = { id: 'id-of-Orders/x', runId: 'run-1', heldUntil: NOW + 1 };
  const held = { id: claim.id, token: 'dry run' };
  expect(await store.claim(claim)).toEqual(held);
  expect(await store.claim(claim)).toEqual(held);
  expect(await run(store.readFindings())).toEqual([finding]);
  expect(await run(store.readMemory())).toEqual({ coverage, pitrBaselines: [] });
  await store.release(held);
  await store.saveFindings({ put: [finding], remove: ['a'] });
  await store.saveMemory({ pitrBaselines: [] }, { coverage, pitrBaselines: [] });
  expect(sent.map(({ operation }) => operation)).toEqual(['Query', 'Query']);
});
