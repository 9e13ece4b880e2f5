import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { createDrillStates } from '../../../shared/adapters/state/drill-states.ts';
import type { DrillRefusal } from '../../../shared/model/drill.ts';
import { FailureError } from '../../../shared/model/failure.ts';
import { aDrill, aDrillState } from '../../support/drills.ts';
import { NOW } from '../connect.ts';
import { onBareStateTable, STATE_TABLE } from './bare-state-table.ts';

const onStateTable = async () => {
  const world = await onBareStateTable();
  const states = (writer: string) => createDrillStates(world.state, () => NOW, writer);
  return { ...world, states };
};

const FIRST = aDrillState({ revision: 0, current: aDrill({ phase: 'planned' }) });

describe('the drills of a target', () => {
  it('are read back as they were written, sorted by table', async () => {
    const { run, states } = await onStateTable();
    const refused: DrillRefusal = {
      policy: 'standard',
      reason: 'cap',
      since: NOW,
      at: NOW,
      usd: 1,
      spentUsd: 2,
      capUsd: 3,
    };
    const orders = await run(states('a').save(FIRST));
    const carts = await run(states('a').save({ table: 'Carts', revision: 0, past: [aDrill()], refused }));
    expect(orders.revision).toBe(1);
    expect(await run(states('b').list())).toEqual([carts, orders]);
  });

  it('are nothing where an older version left none', async () => {
    const { run, states } = await onStateTable();
    expect(await run(states('a').list())).toEqual([]);
  });

  it('are written by the run that read them last, and by no other', async () => {
    const { run, states } = await onStateTable();
    const known = await run(states('a').save(FIRST));
    await run(states('b').save(known));
    const overtaken = run(states('a').save({ ...known, past: [aDrill()] }));
    await expect(overtaken).rejects.toThrow('another run goes on with the drills of Orders');
    await expect(overtaken).rejects.toThrow(FailureError);
    await expect(run(states('c').save(FIRST))).rejects.toThrow('another run');
  });

  it('are written again by the same run whose first answer was lost', async () => {
    const { run, states } = await onStateTable();
    const known = await run(states('a').save(FIRST));
    expect(await run(states('a').save(FIRST))).toEqual(known);
  });

  it('are refused whole where one cannot be read: a drill under way is never begun twice', async () => {
    const { run, state, states } = await onStateTable();
    await run(
      state.client.send(
        new PutItemCommand({
          TableName: STATE_TABLE,
          Item: { pk: { S: 'drill' }, sk: { S: 'Orders' }, content: { S: '{"table":"Orders"}' } },
        }),
      ),
    );
    await expect(run(states('a').list())).rejects.toThrow('cannot be read');
  });
});
