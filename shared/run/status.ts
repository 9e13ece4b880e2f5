import { type Standing, standingOf } from '../core/explain/status.ts';
import { deployedPolicies } from '../core/policy/deployed.ts';
import { policiesDigest } from '../core/policy/policies-file.ts';
import type { DeployedPolicies } from '../model/deployed-policies.ts';
import type { NotedRun } from '../model/noted-run.ts';
import type { Subscriber, TopicState } from '../model/topic-state.ts';
import type { Listing, Reading } from '../ports/inventory.ts';
import { type FunctionStatus, functionsIn, readAround } from './around.ts';
import type { Deps } from './deps.ts';
import { type Look, look, lookAtAll } from './look.ts';

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

const knownOf = (
  parts: Deps,
  { runs, topic, subscribers }: Awaited<ReturnType<typeof readAround>>,
): Omit<Status, keyof Standing | 'look'> => ({
  ...(runs !== undefined && { runs }),
  functions: functionsIn(parts, runs),
  deployed: runs === undefined ? { kind: 'unreadable' } : deployedPolicies(runs, parts.policies),
  topic,
  subscribers,
});

const readLive = async (parts: Deps): Promise<Status> => {
  const [around, seen] = await Promise.all([readAround(parts), lookAtAll(parts)]);
  return {
    ...knownOf(parts, around),
    ...standingOf({ ...seen, drills: around.drills, restores: around.restores }),
    look: seen,
  };
};

/**
 * Reads how a deployment stands, with the whole lists and nothing of single tables where the last audit stands for it. Where it does
 * not, as before the first one, or where a person wants it so, every table is read as `plan` does.
 */
export const readStatus = async (parts: Deps, { live }: StatusWish = {}): Promise<Status> => {
  if (live === true) return await readLive(parts);
  const [around, listed] = await Promise.all([readAround(parts), look(parts, { mode: 'expire' })]);
  const { drills, restores, runs } = around;
  const digest = policiesDigest(parts.policies);
  const audit = runs?.find(({ name, policiesDigest }) => name === 'audit' && policiesDigest === digest);
  const standing = standingOf({ ...listed, audit, drills, restores });
  if (standing.unseen.length === 0) return { ...knownOf(parts, around), ...standing, look: listed };
  const all = await lookAtAll(parts);
  return { ...knownOf(parts, around), ...standingOf({ ...all, audit, drills, restores }), look: all };
};
