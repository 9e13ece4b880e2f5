import { runDiagnoses, SCHEDULED_FUNCTIONS } from '../core/doctor/runs.ts';
import { type Standing, standingOf } from '../core/explain/status.ts';
import { deployedPolicies } from '../core/policy/deployed.ts';
import { policiesDigest } from '../core/policy/policies-digest.ts';
import type { DeployedPolicies } from '../model/deployed-policies.ts';
import type { Diagnosis } from '../model/diagnosis.ts';
import type { NotedRun } from '../model/noted-run.ts';
import type { Subscriber, TopicState } from '../model/topic-state.ts';
import type { Listing, Reading } from '../ports/inventory.ts';
import type { Deps } from './deps.ts';
import { type Look, look, lookAtAll } from './look.ts';

/** A function on a schedule, and whether it runs. */
export interface FunctionStatus extends Pick<Diagnosis, 'says' | 'status'> {
  readonly name: string;
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

const readRuns = async ({ runNotes }: Deps): Promise<readonly NotedRun[] | undefined> => {
  try {
    return await runNotes.read();
  } catch {
    // The look itself reports the state table as unreadable.
    return undefined;
  }
};

/** What is read of tables: `lists`: the lists, where the last audit stands for the rest · `each`: every table. */
export type StatusDepth = 'lists' | 'each';

/**
 * Reads how a deployment stands, with the whole lists and nothing of single tables where the last audit stands for it. Where it does
 * not, as before the first one, and where it is asked for, every table is read as `plan` does.
 */
export const readStatus = async (parts: Deps, depth: StatusDepth = 'lists'): Promise<Status> => {
  const { clock, instance, policies, subscriptions } = parts;
  const [runs, topic, subscribers, listed] = await Promise.all([
    readRuns(parts),
    subscriptions.read(),
    subscriptions.list(),
    depth === 'each' ? lookAtAll(parts) : look(parts, { mode: 'expire' }),
  ]);
  const digest = policiesDigest(policies);
  const audit = runs?.find(({ name, policiesDigest }) => name === 'audit' && policiesDigest === digest);
  const deployed: DeployedPolicies =
    runs === undefined ? { kind: 'unreadable' } : deployedPolicies(runs, policies);
  const reports = runs === undefined ? [] : runDiagnoses(runs, { now: clock.now(), instance });
  const functions = reports.map(({ says, status }, at) => ({
    ...{ name: SCHEDULED_FUNCTIONS[at] ?? '', says, status },
  }));
  const common = { ...(runs !== undefined && { runs }), functions, deployed, topic, subscribers };
  const standing = standingOf({ ...listed, audit });
  if (depth === 'each' || standing.unseen.length === 0) return { ...common, ...standing, look: listed };
  const all = await lookAtAll(parts);
  return { ...common, ...standingOf({ ...all, audit }), look: all };
};
