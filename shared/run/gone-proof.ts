import type { ExpireAction } from '../model/action.ts';
import { ownFailure, thrownFailure } from '../model/failure.ts';
import type { NotDone } from '../model/outcome.ts';
import type { Reading } from '../ports/inventory.ts';
import type { Deps } from './deps.ts';

/** What proves that a table is gone and that nobody needs what is left of it. */
export type GoneProofDeps = Pick<
  Deps,
  'drillStates' | 'inventory' | 'restoresUnderWay' | 'stateStore' | 'target'
>;

/** Why nothing of a table expires in this run. */
export type NotNow = Pick<NotDone, 'status' | 'failure'>;

const deferred = (message: string): NotNow => ({ status: 'deferred', failure: ownFailure('held', message) });

/** Why what is left of a table could not be checked forbids its end as well. */
const readingNotNow = <Value>(reading: Reading<Value>): NotNow | undefined => {
  if (reading.kind === 'missing') return undefined;
  if (reading.kind === 'found') return deferred('a table of that name is there');
  return { status: reading.deferred || reading.cutShort ? 'deferred' : 'failed', failure: reading.failure };
};

const keptNow = async ({ stateStore }: GoneProofDeps, table: string): Promise<NotNow | undefined> =>
  (await stateStore.readKept()).some(({ keptTable }) => keptTable === table)
    ? deferred('a person asked to keep what is left of the table')
    : undefined;

const inRestore = async (
  { restoresUnderWay, target }: GoneProofDeps,
  table: string,
): Promise<NotNow | undefined> => {
  if (restoresUnderWay === undefined) return deferred('restores under way cannot be read');
  const open = (await restoresUnderWay.list()).filter(({ phase }) => phase !== 'ended');
  return open.some(
    ({ source, targetRegion, targetTable }) =>
      source.table === table || (targetTable === table && targetRegion === target.region),
  )
    ? deferred('a restore of the table, or to its name, is under way')
    : undefined;
};

const inDrill = async ({ drillStates }: GoneProofDeps, table: string): Promise<NotNow | undefined> =>
  (await drillStates.list()).some((state) => state.table === table && state.current !== undefined)
    ? deferred('a drill of the table is under way')
    : undefined;

/**
 * SAFETY: anything but "not found" keeps everything of the table, and so does whatever cannot be read. Asks who may need what is left of a gone table, and
 * last of all DynamoDB itself whether it is there, just before the first deletion; undefined where nothing stands against it.
 */
export const notGoneNow = async (
  deps: GoneProofDeps,
  { table }: ExpireAction,
): Promise<NotNow | undefined> => {
  try {
    const against =
      (await keptNow(deps, table)) ?? (await inRestore(deps, table)) ?? (await inDrill(deps, table));
    return against ?? readingNotNow(await deps.inventory.describeTable(table));
  } catch (error) {
    return { status: 'failed', failure: thrownFailure(error) };
  }
};
