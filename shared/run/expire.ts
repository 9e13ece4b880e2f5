import { holdOf } from '../core/scene/hold.ts';
import type { ExpireAction } from '../model/action.ts';
import { ownFailure } from '../model/failure.ts';
import type { Outcome } from '../model/outcome.ts';
import { SMALLER_TAG, type TableTags } from '../model/table.ts';
import type { CallWindow } from '../ports/engine.ts';
import type { Reading } from '../ports/inventory.ts';
import type { Deps } from './deps.ts';
import { applyByEngine } from './engines.ts';
import { type GoneProofDeps, type NotNow, notGoneNow } from './gone-proof.ts';

/** What expiry works with. */
export type ExpireDeps = GoneProofDeps & Pick<Deps, 'tableReader' | 'engines' | 'policies'>;

/** Tags as the plan was decided from them, by table. */
export type TagsSeen = (table: string) => TableTags | undefined;

/** Why the tags as they are now forbid the expiry that they allowed when they were listed. */
const changeOf = (seen: TableTags | undefined, now: TableTags, policyTag: string): string | undefined => {
  if (holdOf({ tags: now }).kind !== 'none') return 'it carries a hold';
  const changed = [policyTag, SMALLER_TAG].find((tag) => seen?.[tag] !== now[tag]);
  return changed === undefined ? undefined : `its tag ${changed} is another one`;
};

const notNowOf = (
  reading: Reading<TableTags>,
  seen: TableTags | undefined,
  policyTag: string,
): NotNow | undefined => {
  if (reading.kind === 'unreadable')
    return { status: reading.deferred || reading.cutShort ? 'deferred' : 'failed', failure: reading.failure };
  if (reading.kind === 'missing')
    return { status: 'deferred', failure: ownFailure('not-there', 'the table is not there any more') };
  const change = changeOf(seen, reading.value, policyTag);
  return change === undefined
    ? undefined
    : {
        status: 'deferred',
        failure: ownFailure(
          'tags-changed',
          `the tags of the table changed since they were listed: ${change}`,
        ),
      };
};

/**
 * SAFETY: reads the table's own tags before it expires anything, once for each table, just before
 * its first deletion. The list that the plan was decided from may be minutes old: if the table now
 * carries a hold or another policy tag, or its tags cannot be read, nothing of it expires in this
 * run. Of a table that is gone it proves instead that it is. A table may not be both.
 */
export const createExpiry = (
  deps: ExpireDeps,
  tagsSeen: TagsSeen,
): ((action: ExpireAction, window: CallWindow) => Promise<Outcome>) => {
  const asked = new Map<string, Promise<NotNow | undefined>>();
  const { tableReader, engines, policies } = deps;
  const ask = async (action: ExpireAction): Promise<NotNow | undefined> =>
    action.isOfGoneTable === true
      ? await notGoneNow(deps, action)
      : notNowOf(await tableReader.readTags(action.table), tagsSeen(action.table), policies.tag);
  return async (action, window) => {
    const key = `${action.isOfGoneTable === true} ${action.table}`;
    const notNow = asked.get(key) ?? ask(action);
    asked.set(key, notNow);
    const against = await notNow;
    return against === undefined ? await applyByEngine(engines, action, window) : { action, ...against };
  };
};
