import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../../shared/model/instant.ts';
import { createTable, deleteTable } from '../../../sim/console/tables.ts';
import type { Fault } from '../../../sim/faults.ts';
import { createRandom } from '../../../sim/random.ts';
import { requestHandlerOf, type SdkRequestHandler } from '../../../sim/request-handler.ts';
import type { Deployment } from '../../support/deployment.ts';
import { aDrilledWorld, DRILLED, drillStatesIn, drillTablesIn } from './world.ts';

const DRILL_KEY = 'tablekeeper-prod-drill';

/** SAFETY: what the ledger says, and nothing that the code under test wrote. */
const expectOnlyItsOwnDeleted = ({ account }: Deployment): void => {
  const made = account.ledger.of('table-restored').filter(({ by }) => by.accessKeyId === DRILL_KEY);
  const deleted = account.ledger.of('table-deleted').filter(({ by }) => by.accessKeyId === DRILL_KEY);
  const ids = new Set(made.map(({ tableId }) => tableId));
  expect(deleted.filter(({ tableId }) => !ids.has(tableId))).toEqual([]);
  expect(made.filter(({ tableName }) => !tableName.startsWith('tablekeeper-drill.prod.'))).toEqual([]);
};

/** Which of the restored tables stood at the same time as another of the same source. */
const overlapsIn = ({ account }: Deployment): readonly string[] => {
  const goneAt = new Map(account.ledger.of('table-deleted').map(({ tableId, at }) => [tableId, at]));
  const bySource = Map.groupBy(
    account.ledger.of('table-restored').filter(({ by }) => by.accessKeyId === DRILL_KEY),
    ({ tableName }) => tableName.split('.')[2],
  );
  return [...bySource.values()].flatMap((made) =>
    made.flatMap((one, at) => {
      const before = made[at - 1];
      const isFree =
        before === undefined || (goneAt.get(before.tableId) ?? Number.POSITIVE_INFINITY) <= one.at;
      return isFree ? [] : [one.tableName];
    }),
  );
};

/** The wire of a Lambda that is killed at its nth call: before the call leaves, or after it took effect and before its answer. */
const dyingWire = (alive: SdkRequestHandler, callsUntilDeath: number, when: 'before' | 'after') => {
  const death = Promise.withResolvers<'killed'>();
  const never = new Promise<never>(() => undefined);
  let calls = 0;
  const handle: SdkRequestHandler['handle'] = async (request, options) => {
    calls += 1;
    if (calls < callsUntilDeath) return await alive.handle(request, options);
    if (calls === callsUntilDeath && when === 'after') await alive.handle(request, options);
    death.resolve('killed');
    return await never;
  };
  return { handler: { ...alive, handle }, death: death.promise };
};

/** A run that dies at that call; says whether it got that far. */
const runUntil = async (world: Deployment, calls: number, when: 'before' | 'after') => {
  const { handler, death } = dyingWire(requestHandlerOf(world.account), calls, when);
  const run = world.startDrill({ requestHandler: handler }).then(() => 'finished' as const);
  return await world.clock.run(Promise.race([run, death]));
};

const hours = async (world: Deployment, count: number): Promise<void> => {
  for (let hour = 0; hour < count; hour += 1) {
    await world.drill();
    await world.clock.advanceBy(HOUR_MS);
  }
};

describe.each(['before', 'after'] as const)('killed %s a call', (when) => {
  it.each([
    { name: 'in the run that begins', quiet: 0 },
    { name: 'in the run that checks', quiet: 1 },
    { name: 'in the run that sees that nothing is left', quiet: 2 },
  ])('$name, the next runs bring the drills to their end', async ({ quiet }) => {
    for (let calls = 1; ; calls += 1) {
      const world = await aDrilledWorld({ policies: DRILLED.replace('sample: 20', 'sample: 2') }, ['carts']);
      await hours(world, quiet);
      const ended = await runUntil(world, calls, when);
      await world.clock.advanceBy(HOUR_MS);
      await hours(world, 4);
      // What was asked for and never seen is looked for during a day.
      await world.clock.advanceBy(DAY_MS);
      await hours(world, 4);
      const states = await drillStatesIn(world);
      expect(drillTablesIn(world)).toEqual([]);
      expect(states.filter(({ current }) => current?.phase === 'deleting')).toEqual([]);
      expectOnlyItsOwnDeleted(world);
      expect(overlapsIn(world)).toEqual([]);
      if (ended === 'finished') return;
    }
  });
});

/** For a while AWS says that there is no such table, although it is being made. */
const hideDrillTables = ({ account, clock }: Deployment, ms: number): void =>
  void account.faults.add({
    operation: 'DescribeTable',
    kind: 'internal-error',
    answer: { code: 'ResourceNotFoundException', message: 'Requested resource not found', status: 400 },
    when: ({ TableName }) => String(TableName).startsWith('tablekeeper-drill.'),
    until: clock.now() + ms,
  });

/** A world in which a run died at the call that starts a restore, after it took effect. */
const killedAtTheRestore = async (): Promise<Deployment> => {
  for (let calls = 1; ; calls += 1) {
    const world = await aDrilledWorld({}, ['carts']);
    if ((await runUntil(world, calls, 'after')) === 'finished') throw new Error('it restored nothing');
    if (world.account.ledger.of('table-restored').length > 0) return world;
  }
};

describe('a table that is not to be seen yet', () => {
  it.each([
    {
      name: 'where the answer of its restore was lost',
      begin: () => aDrilledWorld({}, ['carts']),
      isLost: true,
    },
    { name: 'where the run was killed at its restore', begin: killedAtTheRestore, isLost: false },
  ])('is looked for and never made again $name', async ({ begin, isLost }) => {
    const world = await begin();
    if (isLost)
      world.account.faults.add({
        ...{ operation: 'RestoreTableFromBackup', kind: 'connection-reset-after-effect', times: 1 },
      });
    hideDrillTables(world, HOUR_MS / 2);
    await world.drill();
    await hours(world, 4);
    expect(world.account.calls.of('RestoreTableFromBackup')).toBe(1);
    expect(drillTablesIn(world)).toEqual([]);
    expectOnlyItsOwnDeleted(world);
    const [carts] = await drillStatesIn(world);
    expect(carts?.past.map(({ result }) => result)).toEqual(['proved']);
  });
});

const diceOf = (seed: number) => {
  const random = createRandom(seed);
  return {
    ...random,
    chance: (share: number): boolean => random.fraction() < share,
    pick: <Value>(values: readonly [Value, ...Value[]]): Value =>
      values[random.between(0, values.length - 1)] ?? values[0],
  };
};
type Dice = ReturnType<typeof diceOf>;

const LOST = ['timeout-after-effect', 'connection-reset-after-effect', 'timeout'] as const;

/** What goes wrong in one run. */
const troubleOf = (dice: Dice): Omit<Fault, 'operation'> => {
  const kind: Fault['kind'] = dice.pick<Fault['kind']>([
    'throttle',
    'internal-error',
    'access-denied',
    ...LOST,
  ]);
  return { kind, times: dice.between(1, 12), after: dice.between(0, 6) };
};

const CALLS: readonly [string, ...string[]] = [
  'DeleteTable',
  'DescribeTable',
  'PutItem',
  'Query',
  'RestoreTableFromBackup',
  'RestoreTableToPointInTime',
  'Scan',
  'TagResource',
  '*',
];

/** A person deletes the table of a drill, and may make another one under its name. */
const meddle = (world: Deployment, dice: Dice): string | undefined => {
  const { account } = world;
  const [name] = drillTablesIn(world);
  const table = name === undefined ? undefined : account.state.tables.get(name);
  if (name === undefined || table === undefined) return undefined;
  deleteTable(account, name);
  if (dice.chance(0.5)) return undefined;
  return createTable(account, { name, itemCount: 7 }).id;
};

/** One run, with or without trouble, and whether a person made a table under the name of a drill before it. */
const troubledRun = async (world: Deployment, dice: Dice): Promise<string | undefined> => {
  const { account } = world;
  if (dice.chance(0.3)) account.faults.add({ operation: dice.pick(CALLS), ...troubleOf(dice) });
  const madeByPerson = dice.chance(0.02) ? meddle(world, dice) : undefined;
  const run = dice.chance(0.1)
    ? runUntil(world, dice.between(1, 30), dice.pick(['before', 'after']))
    : world.drill();
  await run.catch(() => undefined);
  account.faults.clear();
  return madeByPerson;
};

const RUNS_A_DAY = 6;

describe.each([1, 2, 3])('a quarter of drills under faults, seed %i', (seed) => {
  it('leaves nothing over, and deletes nothing that no drill made', async () => {
    const dice = diceOf(seed);
    const world = await aDrilledWorld({ seed });
    const { account, clock } = world;
    const ofPeople: (string | undefined)[] = [];
    for (let run = 0; run < 13 * 7 * RUNS_A_DAY; run += 1) {
      ofPeople.push(await troubledRun(world, dice));
      if (run % RUNS_A_DAY === 0) await world.run('protect');
      await clock.advanceBy(DAY_MS / RUNS_A_DAY);
    }
    await hours(world, 48);
    expectOnlyItsOwnDeleted(world);
    expect(overlapsIn(world)).toEqual([]);
    const left = drillTablesIn(world).map((name) => account.state.tables.get(name)?.id ?? '');
    expect(left.filter((id) => !ofPeople.includes(id))).toEqual([]);
    const proofs = (await drillStatesIn(world)).flatMap(({ past }) =>
      past.filter(({ result }) => result === 'proved'),
    );
    expect(proofs.length).toBeGreaterThan(8);
  });
});
