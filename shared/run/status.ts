import { isTooOld } from '../core/explain/if-lost.ts';
import { legalHoldsOf } from '../core/explain/picture.ts';
import { type Standing, standingOf, storedStanding } from '../core/explain/status.ts';
import { deployedPolicies } from '../core/policy/deployed.ts';
import type { DeployedPolicies } from '../model/deployed-policies.ts';
import { thrownFailure } from '../model/failure.ts';
import type { Instant } from '../model/instant.ts';
import type { NotedRun } from '../model/noted-run.ts';
import type { Gap } from '../model/observation.ts';
import type { LegalHoldSummary, Picture } from '../model/picture.ts';
import type { Target } from '../model/target.ts';
import type { Subscriber, TopicState } from '../model/topic-state.ts';
import type { Listing, Reading } from '../ports/inventory.ts';
import { type FunctionStatus, functionsIn, readAround } from './around.ts';
import type { Deps } from './deps.ts';
import { type Look, lookAtAll } from './look.ts';
import { isResolved } from './memory.ts';

/**
 * Where a status comes from. `live`: a look now · `audit`: what the last one saw, and hints since · `too-old`: that audit was too long ago for its
 * tables to be known · `none`: no audit has kept anything · `unreadable`: the state table could not be read.
 */
export type Origin =
  | { readonly kind: 'live' }
  | { readonly kind: 'audit' | 'too-old'; readonly at: Instant }
  | { readonly kind: 'none' | 'unreadable' };

/** What a person wants of a status. `live`: every table is read now, whatever the last audit saw. */
export interface StatusWish {
  readonly live?: boolean | undefined;
}

/** Everything that one screen shows of a deployment. */
export interface Status extends Standing {
  readonly origin: Origin;
  readonly target: Target;
  readonly now: Instant;
  /** Whole lists that could not be read, now or by that audit. */
  readonly gaps: readonly Gap[];
  /** Whether everything of everything was read. */
  readonly complete: boolean;
  readonly legalHolds: readonly LegalHoldSummary[];
  /** The last run of each function; absent where no run could be read. */
  readonly runs?: readonly NotedRun[];
  /** Whether each function on a schedule runs, in words; empty where no run could be read. */
  readonly functions: readonly FunctionStatus[];
  readonly deployed: DeployedPolicies;
  readonly topic: Reading<TopicState>;
  readonly subscribers: Listing<Subscriber>;
}

/** A status by a look now, and that look. */
export interface LiveStatus extends Status {
  readonly look: Look;
}

type Around = Awaited<ReturnType<typeof readAround>>;

const knownOf = (parts: Deps, { runs, topic, subscribers }: Around) => ({
  target: parts.target,
  ...(runs !== undefined && { runs }),
  functions: functionsIn(parts, runs),
  deployed: runs === undefined ? ({ kind: 'unreadable' } as const) : deployedPolicies(runs, parts.policies),
  topic,
  subscribers,
});

const readLive = async (parts: Deps): Promise<LiveStatus> => {
  const [around, seen] = await Promise.all([readAround(parts), lookAtAll(parts)]);
  const { drills, restores } = around;
  return {
    ...knownOf(parts, around),
    ...standingOf({ ...seen, policies: parts.policies, drills, restores }),
    origin: { kind: 'live' },
    now: seen.plan.plannedAt,
    gaps: seen.observation.gaps.filter(({ table }) => table === undefined),
    complete: seen.plan.complete,
    legalHolds: legalHoldsOf(seen.plan.retention),
    look: seen,
  };
};

/** What is left where nothing is known of tables: the findings that are open. */
const withoutTables = { tables: [], gaps: [], legalHolds: [], complete: false };

const originOf = ({ at }: Picture, now: Instant): Origin => ({
  kind: isTooOld(at, now) ? 'too-old' : 'audit',
  at,
});

const storedOf = async (parts: Deps, { drills, restores }: Around) => {
  const now = parts.clock.now();
  try {
    const [{ glimpses, picture }, all] = await Promise.all([
      parts.stateStore.readPicture(),
      parts.stateStore.readFindings(),
    ]);
    const openFindings = all.filter((finding) => !isResolved(finding));
    if (picture === undefined)
      return { ...withoutTables, findings: openFindings, origin: { kind: 'none' } as const, now };
    const standing = storedStanding({ picture, glimpses, openFindings, drills, restores, now });
    const { gaps, legalHolds } = picture;
    const origin = originOf(picture, now);
    const complete =
      origin.kind === 'audit' && [picture, ...picture.tables].every((one) => one.gaps.length === 0);
    return { ...standing, gaps, complete, legalHolds, origin, now };
  } catch (error) {
    const failure = thrownFailure(error);
    const gaps: readonly Gap[] = [{ facet: 'memory', failure }];
    return { ...withoutTables, gaps, findings: [], origin: { kind: 'unreadable' } as const, now };
  }
};

const readStored = async (parts: Deps): Promise<Status> => {
  const around = await readAround(parts);
  return { ...knownOf(parts, around), ...(await storedOf(parts, around)) };
};

/** Reads how a deployment stands: by what the last audit kept, in as many calls for a thousand tables as for one, or by a look at every table. */
export function readStatus(parts: Deps, wish: { readonly live: true }): Promise<LiveStatus>;
export function readStatus(parts: Deps, wish?: StatusWish): Promise<Status>;
export function readStatus(parts: Deps, { live }: StatusWish = {}): Promise<Status> {
  return live === true ? readLive(parts) : readStored(parts);
}
