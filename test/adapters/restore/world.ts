import { createItemReader } from '../../../shared/adapters/restore/item-reader.ts';
import { createRestorer } from '../../../shared/adapters/restore/restorer.ts';
import { createSettingsReader } from '../../../shared/adapters/restore/settings-reader.ts';
import { createSettingsWriter } from '../../../shared/adapters/restore/settings-writer.ts';
import { compareSettings } from '../../../shared/core/restore/compare.ts';
import type { RestoreContext } from '../../../shared/core/restore/context.ts';
import { stepsFor } from '../../../shared/core/restore/steps.ts';
import type { SettingsReading } from '../../../shared/model/manifest.ts';
import type { RestoreSource, SettingStep, StepOutcome } from '../../../shared/model/restore.ts';
import type { TableSettings } from '../../../shared/model/table-settings.ts';
import type { AccountOptions } from '../../../sim/account.ts';
import { createBackup } from '../../../sim/console/backups.ts';
import { createFullTable, type FullTable } from '../../../sim/console/full-table.ts';
import { onSim, REGION } from '../connect.ts';

// The adapters of a restore on the simulated account, with a table that has every setting on.

export const ACCOUNT = '111122223333';
export const TARGET = { accountId: ACCOUNT, region: REGION };
export const ITEMS = Array.from({ length: 40 }, (_, at) => ({
  pk: { S: `pk-${at}` },
  sk: { S: 'a' },
  customer: { S: `c-${at % 5}` },
}));

export const restoreWorld = (settings: Partial<AccountOptions> = {}) => {
  const world = onSim({ accountId: ACCOUNT, ...settings });
  const { options, account } = world;
  return {
    ...world,
    pass: (ms: number) => account.clock.advanceBy(ms),
    reader: () => createSettingsReader(options, TARGET),
    writer: createSettingsWriter(options, TARGET),
    restorer: createRestorer(options, TARGET),
    items: createItemReader(options),
  };
};

export type RestoreWorld = ReturnType<typeof restoreWorld>;

/** Makes a table with every setting on. */
export const fullTable = async (world: RestoreWorld, more: Partial<FullTable> = {}) =>
  createFullTable(world.account, {
    name: 'Orders',
    items: ITEMS,
    tags: { team: 'shop', 'backup:policy': 'standard' },
    ...more,
  });

export const read = (world: RestoreWorld, table: string): Promise<SettingsReading> =>
  world.run(world.reader().read(table));

export const applied = (world: RestoreWorld, table: string, step: SettingStep): Promise<StepOutcome> =>
  world.run(world.writer.apply(table, step));

/** The recovery point of a table, as a source. */
export const sourceOf = async (world: RestoreWorld, table: string): Promise<RestoreSource> => {
  const backup = createBackup(world.account, { table, name: 'one' });
  await world.pass(60_000);
  return {
    kind: 'recovery-point',
    table,
    tableId: 'any',
    id: backup.arn,
    createdAt: 0,
    madeBy: 'someone-else',
    sizeBytes: 0,
  };
};

export const contextOf = (to: string, more: Partial<RestoreContext['choices']> = {}): RestoreContext => ({
  names: {
    from: { ...TARGET, table: 'Orders' },
    to: { ...TARGET, table: to },
    policyTag: 'backup:policy',
    sourceExists: false,
  },
  choices: { settings: 'all', ttl: 'on', warm: 'as-was', role: 'replacement', ...more },
  overrides: {},
});

const AGAIN_MS = 20_000;
const MOST_ROUNDS = 1_000;

/** Starts a restore and waits until the table is ACTIVE. */
export const restored = async (world: RestoreWorld, source: RestoreSource, table: string) => {
  const start = await world.run(world.restorer.start(source, table, {}));
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const look = await world.run(world.restorer.look(table));
    if (look.kind === 'found' && look.value.status === 'ACTIVE' && look.value.indexesUnderWay.length === 0)
      return start;
    await world.pass(AGAIN_MS);
  }
  throw new Error(`${table} does not become ACTIVE`);
};

/** Tries each step until it is settled; TTL when all others are. Returns what became of each. */
export const putBack = async (world: RestoreWorld, table: string, steps: readonly SettingStep[]) => {
  const outcomes = new Map<SettingStep, StepOutcome>();
  const isOpen = (step: SettingStep): boolean =>
    !['done', 'as-it-was', 'failed'].includes(outcomes.get(step)?.kind ?? 'none');
  for (let round = 0; round < MOST_ROUNDS && steps.some(isOpen); round += 1) {
    const open = steps.filter(isOpen);
    const turn = open.filter(({ kind }) => kind !== 'ttl' || open.length === 1);
    for (const step of turn) outcomes.set(step, await applied(world, table, step));
    await world.pass(AGAIN_MS);
  }
  return steps.map((step) => ({ step, outcome: outcomes.get(step) }));
};

/** What is not as it was and could be. */
export const openDifferences = (wanted: SettingsReading, live: SettingsReading, context: RestoreContext) =>
  compareSettings(wanted, live, context).filter(
    ({ verdict }) => verdict.kind === 'gap' || (verdict.kind === 'differs' && verdict.why === 'not-set'),
  );

/** Reads what a restored table is and lists the steps that it needs. */
export const stepsOf = async (
  world: RestoreWorld,
  wanted: Partial<TableSettings>,
  context: RestoreContext,
): Promise<readonly SettingStep[]> =>
  stepsFor(wanted, (await read(world, context.names.to.table)).settings, context);
