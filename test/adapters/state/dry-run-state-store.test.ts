import { describe, expect, it } from 'vitest';
import { dryRunStateStore } from '../../../shared/adapters/state/dry-run-state-store.ts';
import { createDynamoDBStateStore } from '../../../shared/adapters/state/dynamodb-state-store.ts';
import { MINUTE_MS } from '../../../shared/model/instant.ts';
import { anOpenFinding } from '../../support/world.ts';
import { NOW, onAnswers } from '../connect.ts';

const finding = anOpenFinding();
const turn = { pitrResumeAt: 'Orders' };

const itemOf = (sk: string, content: object) => ({ sk: { S: sk }, content: { S: JSON.stringify(content) } });

/** What is asked of the state table under a dry run: findings and memory are there to be read. */
const onDryRun = () => {
  const { dynamodb, run, sent } = onAnswers(({ input }) => {
    const { ':pk': pk } = input.ExpressionAttributeValues as Readonly<Record<string, { readonly S: string }>>;
    const item = pk?.S === 'finding' ? itemOf(finding.id, finding) : itemOf('pitr-turn', turn);
    return { body: { Count: 1, Items: [item] } };
  });
  return {
    run,
    sent,
    store: dryRunStateStore(createDynamoDBStateStore({ client: dynamodb, name: 'state' })),
  };
};

describe('the store of a dry run', () => {
  it('reads what is there', async () => {
    const { run, store } = onDryRun();
    expect(await run(store.readFindings())).toEqual([finding]);
    expect(await run(store.readMemory())).toEqual({ pitrBaselines: [], ...turn });
  });

  it('writes nothing and finds every claim free', async () => {
    const { run, sent, store } = onDryRun();
    const claim = { id: 'id-of-Orders/gold', runId: 'run-1', now: NOW, heldUntil: NOW + MINUTE_MS };
    expect(await run(store.claim(claim, false))).toBe(true);
    await run(store.release(claim));
    await run(store.saveFindings({ put: [finding], remove: ['x'] }));
    await run(store.saveMemory({ pitrBaselines: [] }, { pitrBaselines: [], ...turn }));
    expect(sent).toEqual([]);
  });
});
