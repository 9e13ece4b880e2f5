import { ownFailure } from '../model/failure.ts';
import type { Job } from '../model/job.ts';
import type { Outcome } from '../model/outcome.ts';
import type { EngineName, RecoveryPoint } from '../model/recovery-point.ts';
import type {
  CallWindow,
  Engine,
  EngineAction,
  EngineLists,
  Engines,
  RecoveryPointQuery,
} from '../ports/engine.ts';
import type { Listing } from '../ports/inventory.ts';

const isGiven = <Value>(value: Value | undefined): value is Value => value !== undefined;

/** Lists the recovery points of every engine. A list that ends early in one of them is not whole. */
export const listRecoveryPoints = async (
  engines: EngineLists,
  query: RecoveryPointQuery,
): Promise<Listing<RecoveryPoint>> => {
  const [first, ...others] = await Promise.all(Object.values(engines).map((engine) => engine.list(query)));
  if (others.length === 0) return first ?? { items: [] };
  const all = [first ?? { items: [] }, ...others];
  const gap = all.find((listing) => listing.gap !== undefined)?.gap;
  const items = all.flatMap((listing) => listing.items).toSorted((a, b) => a.createdAt - b.createdAt);
  const unread = all.flatMap((listing) => listing.unread ?? []);
  return { items, ...(gap !== undefined && { gap }), ...(unread.length > 0 && { unread }) };
};

/** Lists the jobs of every engine that has jobs. */
export const listJobs = async (engines: EngineLists): Promise<Listing<Job>> => {
  const listings = await Promise.all(Object.values(engines).map((engine) => engine.jobs?.()));
  const all = listings.filter(isGiven);
  const gap = all.map((listing) => listing.gap).find(isGiven);
  return { items: all.flatMap(({ items }) => items), ...(gap !== undefined && { gap }) };
};

const notBuilt = (engine: EngineName) =>
  ownFailure('engine-not-built', `the engine ${engine} is not part of this deployment`);

/** Carries an action out by the engine that it names. An engine that this deployment does not have refuses it. */
export const applyByEngine = async (
  engines: Engines,
  action: EngineAction,
  window: CallWindow,
): Promise<Outcome> => {
  const engine = engines[action.engine];
  return engine === undefined
    ? { action, status: 'refused', failure: notBuilt(action.engine) }
    : await engine.apply(action, window);
};

/** Replaces each engine by what `change` makes of it. */
export const eachEngine = (engines: Engines, change: (engine: Engine) => Engine): Engines =>
  Object.fromEntries(Object.entries(engines).map(([name, engine]) => [name, change(engine)]));
