import { runDiagnoses, scheduledFunctions } from '../core/doctor/runs.ts';
import type { Diagnosis } from '../model/diagnosis.ts';
import type { NotedRun } from '../model/noted-run.ts';
import type { Deps } from './deps.ts';
import { readDrills, readRestores } from './past-restores.ts';

/** A function on a schedule, and whether it runs. */
export interface FunctionStatus extends Pick<Diagnosis, 'says' | 'status'> {
  readonly name: string;
}

const readRuns = async ({ runNotes }: Deps): Promise<readonly NotedRun[] | undefined> => {
  try {
    return await runNotes.read();
  } catch {
    // The look itself reports the state table as unreadable.
    return undefined;
  }
};

/** What is known of a deployment besides what a look saw. */
export const readAround = async (parts: Deps) => {
  const { subscriptions } = parts;
  const [runs, drills, restores, topic, subscribers] = await Promise.all([
    readRuns(parts),
    readDrills(parts),
    readRestores(parts),
    subscriptions.read(),
    subscriptions.list(),
  ]);
  return { runs, drills, restores, topic, subscribers };
};

/** Says whether each function on a schedule runs; nothing of any where no run could be read. */
export const functionsIn = (
  { clock, instance, policies }: Pick<Deps, 'clock' | 'instance' | 'policies'>,
  runs: readonly NotedRun[] | undefined,
): readonly FunctionStatus[] => {
  if (runs === undefined) return [];
  const reports = runDiagnoses(runs, { now: clock.now(), instance, policies });
  return reports.map(({ says, status }, at) => ({
    ...{ name: scheduledFunctions(policies)[at] ?? '', says, status },
  }));
};
