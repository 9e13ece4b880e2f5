import { runDiagnoses, scheduledFunctions } from '../core/doctor/runs.ts';
import { type Standing, standingOf } from '../core/explain/status.ts';
import { deployedPolicies } from '../core/policy/deployed.ts';
import { policiesDigest } from '../core/policy/policies-file.ts';
import type { DeployedPolicies } from '../model/deployed-policies.ts';
import type { Diagnosis } from '../model/diagnosis.ts';
import type { DrillState } from '../model/drill.ts';
import type { NotedRun } from '../model/noted-run.ts';
import type { RestoreRecord } from '../model/restore.ts';
import type { Subscriber, TopicState } from '../model/topic-state.ts';
import type { Listing, Reading } from '../ports/inventory.ts';
import type { Deps } from './deps.ts';
import { type Look, look, lookAtAll } from './look.ts';

/** A function on a schedule, and whether it runs. */
export interface FunctionStatus extends Pick<Diagnosis, 'says' | 'status'> {
  readonly name: string;
}

/** What a person wants of a status. `live`: every table is read, whatever the last audit saw. */
export interface StatusWish {
  readonly live?: boolean | undefined;
}

/** Everything that one screen shows of a deployment. */
export interface Status extends Standing {
  readonly look: Look;
  /** The last run of each function; absent where no run could be read. */
  readonly runs?: readonly NotedRun[];
  /** Whether each function on a schedule runs, in words; empty where no run could be read. */
  readonly functions: readonly FunctionStatus[];
  readonly deployed: DeployedPolicies;
  readonly topic: Reading<TopicState>;
  readonly subscribers: Listing<Subscriber>;
}

/** What could not be read proves nothing: the look itself reports the state table as unreadable. */
const readDrills = async ({ drillStates }: Deps): Promise<readonly DrillState[]> => {
  try {
    return await drillStates.list();
  } catch {
    return [];
  }
};

const readRestores = async ({ restoreRecords }: Deps): Promise<readonly RestoreRecord[]> => {
  try {
    return (await restoreRecords?.list()) ?? [];
  } catch {
    return [];
  }
};

const readRuns = async ({ runNotes }: Deps): Promise<readonly NotedRun[] | undefined> => {
  try {
    return await runNotes.read();
  } catch {
    // The look itself reports the state table as unreadable.
    return undefined;
  }
};

/**
 * Reads how a deployment stands, with the whole lists and nothing of single tables where the last audit stands for it. Where it does
 * not, as before the first one, or where a person wants it so, every table is read as `plan` does.
 */
export const readStatus = async (parts: Deps, { live }: StatusWish = {}): Promise<Status> => {
  const { clock, instance, policies, subscriptions } = parts;
  const [runs, drills, restores, topic, subscribers, listed] = await Promise.all([
    readRuns(parts),
    readDrills(parts),
    readRestores(parts),
    subscriptions.read(),
    subscriptions.list(),
    live === true ? lookAtAll(parts) : look(parts, { mode: 'expire' }),
  ]);
  const digest = policiesDigest(policies);
  const audit = runs?.find(({ name, policiesDigest }) => name === 'audit' && policiesDigest === digest);
  const deployed: DeployedPolicies =
    runs === undefined ? { kind: 'unreadable' } : deployedPolicies(runs, policies);
  const reports = runs === undefined ? [] : runDiagnoses(runs, { now: clock.now(), instance, policies });
  const functions = reports.map(({ says, status }, at) => ({
    ...{ name: scheduledFunctions(policies)[at] ?? '', says, status },
  }));
  const common = { ...(runs !== undefined && { runs }), functions, deployed, topic, subscribers };
  const standing = standingOf({ ...listed, audit, drills, restores });
  if (live === true || standing.unseen.length === 0) return { ...common, ...standing, look: listed };
  const all = await lookAtAll(parts);
  return { ...common, ...standingOf({ ...all, audit, drills, restores }), look: all };
};
