import type { DrillState } from '../model/drill.ts';
import type { RestoreRecord } from '../model/restore.ts';
import type { Deps } from './deps.ts';

/** Reads what drills came to. What could not be read proves nothing: the look itself reports the state table as unreadable. */
export const readDrills = async ({
  drillStates,
}: Pick<Deps, 'drillStates'>): Promise<readonly DrillState[]> => {
  try {
    return await drillStates.list();
  } catch {
    return [];
  }
};

/** Reads what people restored; nothing where it could not be read. */
export const readRestores = async ({
  restoreRecords,
}: Pick<Deps, 'restoreRecords'>): Promise<readonly RestoreRecord[]> => {
  try {
    return (await restoreRecords?.list()) ?? [];
  } catch {
    return [];
  }
};
