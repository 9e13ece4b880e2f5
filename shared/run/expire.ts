import { holdOf } from '../core/scene/hold.ts';
import type { ExpireAction } from '../model/action.ts';
import { ownFailure } from '../model/failure.ts';
import type { NotDone, Outcome } from '../model/outcome.ts';
import { SMALLER_TAG, type TableTags } from '../model/table.ts';
import type { CallWindow } from '../ports/engine.ts';
import type { Reading } from '../ports/inventory.ts';
import type { Deps } from './deps.ts';
import { applyByEngine } from './engines.ts';

/** What expiry works with. */
export type ExpireDeps = Pick<Deps, 'tableReader' | 'engines' | 'policies'>;

/** Tags as the plan was decided from them, by table. */
export type TagsSeen = (table: string) => TableTags | undefined;

type NotNow = Pick<NotDone, 'status' | 'failure'>;

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
 * run.
 */
export const createExpiry = (
  { tableReader, engines, policies }: ExpireDeps,
  tagsSeen: TagsSeen,
): ((action: ExpireAction, window: CallWindow) => Promise<Outcome>) => {
  const asked = new Map<string, Promise<NotNow | undefined>>();
  const ask = async (table: string): Promise<NotNow | undefined> =>
    notNowOf(await tableReader.readTags(table), tagsSeen(table), policies.tag);
  return async (action, window) => {
    const notNow = asked.get(action.table) ?? ask(action.table);
    asked.set(action.table, notNow);
    const against = await notNow;
    return against === undefined ? await applyByEngine(engines, action, window) : { action, ...against };
  };
};
