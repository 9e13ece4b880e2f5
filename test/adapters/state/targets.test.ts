import { CreateTableCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { createDynamoDBStateStore } from '../../../shared/adapters/state/dynamodb-state-store.ts';
import { createHintNotes } from '../../../shared/adapters/state/hint-notes.ts';
import { createRunNotes } from '../../../shared/adapters/state/run-notes.ts';
import { HOUR_MS, MINUTE_MS } from '../../../shared/model/instant.ts';
import type { Memory } from '../../../shared/model/memory.ts';
import type { Target } from '../../../shared/model/target.ts';
import { anOpenFinding, NO_MEMORY } from '../../support/world.ts';
import { NOW, onSim } from '../connect.ts';

const NAME = 'tablekeeper-prod-state';
const IRELAND: Target = { accountId: '111122223333', region: 'eu-west-1' };
const OTHER_ACCOUNT: Target = { accountId: '444455556666', region: 'us-east-1' };
const TARGETS = [undefined, IRELAND, OTHER_ACCOUNT];

const CLAIM = {
  id: 'Orders/tablekeeper.prod.standard.20261123T030000Z',
  runId: 'run',
  heldUntil: NOW + HOUR_MS,
};
const TURN = { name: 'alert', now: NOW, heldUntil: NOW + MINUTE_MS };
const MEMORY: Memory = {
  ...NO_MEMORY,
  mutes: [{ mutedTable: 'Orders', spells: [{ from: NOW, until: NOW }] }],
};
const HINT = { table: 'Orders', window: NOW, byTrail: false };
const RUN = { name: 'audit', at: NOW, whole: true, policiesDigest: 'abc' };

const onOneTable = async () => {
  const { clock, dynamodb, run } = onSim({ rates: 'off' });
  const text = (AttributeName: string) => ({ AttributeName, AttributeType: 'S' }) as const;
  const AttributeDefinitions = [text('pk'), text('sk')];
  const KeySchema = [
    { AttributeName: 'pk', KeyType: 'HASH' as const },
    { AttributeName: 'sk', KeyType: 'RANGE' as const },
  ];
  const definition = { BillingMode: 'PAY_PER_REQUEST' as const, AttributeDefinitions, KeySchema };
  await run(dynamodb.send(new CreateTableCommand({ TableName: NAME, ...definition })));
  await clock.advanceBy(MINUTE_MS);
  const stateOf = (target: Target | undefined) => {
    const table = { client: dynamodb, name: NAME, ...(target !== undefined && { target }) };
    const store = createDynamoDBStateStore(table);
    const [hintNotes, runNotes] = [createHintNotes(table), createRunNotes(table)];
    return {
      store,
      write: () =>
        run(
          (async () => {
            await store.saveFindings({ put: [anOpenFinding()], remove: [] });
            await store.saveMemory(NO_MEMORY, MEMORY);
            await hintNotes.add(HINT);
            await runNotes.write(RUN);
            return [await store.claim(CLAIM), await store.takeTurn(TURN)] as const;
          })(),
        ),
      read: () =>
        run(Promise.all([store.readFindings(), store.readMemory(), hintNotes.read(), runNotes.read()])),
    };
  };
  const places = async () => {
    const { Items = [] } = await run(dynamodb.send(new ScanCommand({ TableName: NAME })));
    return Items.map(({ pk, sk }) => `${pk?.S} | ${sk?.S}`).toSorted();
  };
  return { run, stateOf, places };
};

const NOTHING = [[], NO_MEMORY, [], []];
const ALL = [[anOpenFinding()], MEMORY, [HINT], [RUN]];

/** Places to the letter as version 0.1.0 wrote them. */
const LANDED = [
  `claim#${CLAIM.id} | claim`,
  `finding | ${anOpenFinding().id}`,
  `hint | ${NOW}#Orders`,
  'memory | mute#Orders',
  'run | audit',
  'turn#alert | turn',
];

describe('targets that share a state table', () => {
  it('see nothing of each other, and take no claim or turn from each other', async () => {
    const { stateOf } = await onOneTable();
    for (const target of TARGETS) {
      const { read, write } = stateOf(target);
      expect(await read()).toEqual(NOTHING);
      expect(await write()).not.toContain(undefined);
      expect(await read()).toEqual(ALL);
    }
    for (const target of TARGETS) expect(await stateOf(target).write()).toEqual([undefined, undefined]);
  });

  it('resolve, forget and release nothing but their own', async () => {
    const { run, stateOf } = await onOneTable();
    const held = await Promise.all(TARGETS.map((target) => stateOf(target).write()));
    const { store, read } = stateOf(IRELAND);
    await run(store.saveFindings({ put: [], remove: [anOpenFinding().id] }));
    await run(store.saveMemory(MEMORY, NO_MEMORY));
    const [claim, turn] = held[1] ?? [];
    if (claim !== undefined) await run(store.release(claim));
    if (turn !== undefined) await run(store.endTurn(turn));
    expect(await read()).toEqual([[], NO_MEMORY, [HINT], [RUN]]);
    for (const target of [undefined, OTHER_ACCOUNT]) {
      expect(await stateOf(target).read()).toEqual(ALL);
      expect(await stateOf(target).write()).toEqual([undefined, undefined]);
    }
    expect(await stateOf(IRELAND).write()).not.toContain(undefined);
  });

  it('keep everything under their account and Region', async () => {
    const { stateOf, places } = await onOneTable();
    await stateOf(IRELAND).write();
    expect(await places()).toEqual(LANDED.map((place) => `111122223333/eu-west-1/${place}`));
  });

  it('and the target that the table is in keeps it where every version has, so that any of them goes on with it', async () => {
    const { stateOf, places } = await onOneTable();
    await stateOf(undefined).write();
    expect(await places()).toEqual(LANDED);
  });
});
