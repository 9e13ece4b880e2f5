import { settingsOf } from '../../sim/console/settings-of.ts';
import { deleteTable, tablesOf } from '../../sim/console/tables.ts';
import type { Breach } from '../invariants/all.ts';
import type { Rare } from '../rare.ts';
import type { RestoreEvent } from '../story/event.ts';
import type { World } from '../world/deployment.ts';
import { rareRestores, wrongWith } from './checks.ts';
import { restoring } from './sittings.ts';

/** What came of a restore. */
export interface RestoreOutcome {
  readonly breaches: readonly Breach[];
  readonly calls: number;
  readonly rare: Rare;
}

/** Copies that were looked at are thrown away; what came back under its name is written to again. */
const tidy = ({ account, items }: World, made: readonly string[], own: string): void => {
  for (const name of made) {
    const table = account.state.tables.get(name);
    if (table === undefined) continue;
    if (name === own) items.goesOn(table.id, account.clock.now());
    else deleteTable(account, name);
  }
};

/** Lets a person restore a table, and checks what came back. */
export const liveRestore = async (world: World, event: RestoreEvent): Promise<RestoreOutcome> => {
  const { account } = world;
  const at = account.clock.now();
  const before = new Map(
    tablesOf(account).map(({ name, id }) => [
      name,
      { id, settings: JSON.stringify(settingsOf(account, name)) },
    ]),
  );
  const done = await restoring(world, event);
  if (event.isLost) before.delete(done.event.table);
  const judged = { ...done, world, before };
  const breaches = wrongWith(judged).map((one) => ({ ...one, at }));
  const rare = rareRestores(judged);
  const made = judged.sittings.flatMap((one) => one.made.map(({ tableName }) => tableName));
  tidy(world, made, done.event.table);
  return {
    breaches,
    rare,
    calls: judged.sittings.reduce((sum, { typed }) => sum + typed.calls.length, 0),
  };
};
