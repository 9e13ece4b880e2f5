import type { RestoresOf } from './compose-wire.ts';

/** Builds what reads the restores of people. It is loaded when they are asked for: most runs need none. */
export const restoreReader: RestoresOf = ({ state, target }) => ({
  list: async () => {
    const { createRestoreRecords } = await import('../adapters/state/restore-records.ts');
    return await createRestoreRecords(state, target).list();
  },
});
