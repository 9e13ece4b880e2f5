import { tablesOf } from '../../sim/console/tables.ts';
import type { StateEvent } from '../story/event.ts';
import { forgetGone, type GoneTruth } from '../truth/gone.ts';
import type { World } from './deployment.ts';

/** Writes to the state table as a person or an accident would, where nothing stands against it at the moment. */
export const changeState = async (world: World, gone: GoneTruth, event: StateEvent): Promise<void> => {
  const { parts, wire } = world.container('audit', 0);
  const { clock, stateStore } = parts;
  void wire.begin([], undefined);
  const work = async (): Promise<void> => {
    if (event.kind === 'memory-lost') {
      const there = new Set(tablesOf(world.account).map(({ name }) => name));
      const memory = await stateStore.readMemory();
      const { goneLookedAt: _, goneTables: _tables, protections = [], ...rest } = memory;
      const known = protections.filter(({ table }) => there.has(table));
      await stateStore.saveMemory(memory, { ...rest, ...(known.length > 0 && { protections: known }) });
      forgetGone(gone, there);
    } else if (event.on) {
      await stateStore.keepTable({ keptTable: event.table, keptAt: clock.now() });
      gone.kept.add(event.table);
    } else {
      // It may have been written although no answer came.
      gone.kept.delete(event.table);
      await stateStore.releaseTable(event.table);
    }
  };
  await world.account.clock.run(work()).catch(() => undefined);
};
