import { describe, expect, it } from 'vitest';
import { createDynamoDBStateStore } from '../../../shared/adapters/state/dynamodb-state-store.ts';
import type { StateTable } from '../../../shared/adapters/state/items.ts';
import { anOpenFinding } from '../../support/world.ts';
import { onAnswers } from '../connect.ts';

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

describe('an item of the state table is read', () => {
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
