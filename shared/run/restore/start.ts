import { isFromVault } from '../../core/restore/vault-terms.ts';
import { failureText } from '../../model/failure.ts';
import { HOUR_MS, SECOND_MS } from '../../model/instant.ts';
import type { RestoreRecord } from '../../model/restore.ts';
import type { RestoredTable, RestoreStart } from '../../ports/restore.ts';
import { endedFailed, type RestoreDeps, type Stretch, saved } from './deps.ts';
import { startVaultRestore } from './start-vault.ts';
import { nameTaken, unproven, whoseTable } from './whose-table.ts';

/** Fifty restores at once, one of each backup: the ones before take their minutes. */
const TRY_AGAIN_MS = 30 * SECOND_MS;
const PATIENCE_MS = 2 * HOUR_MS;

const accept = async (
  deps: RestoreDeps,
  record: RestoreRecord,
  targetTableId?: string,
): Promise<Stretch> => ({
  kind: 'on',
  record: await saved(deps, {
    ...record,
    phase: 'started',
    acceptedAt: deps.clock.now(),
    ...(targetTableId !== undefined && { targetTableId }),
  }),
});

/** What has the name after a call whose answer was lost. */
const acceptFound = async (
  deps: RestoreDeps,
  record: RestoreRecord,
  table: RestoredTable,
): Promise<Stretch> => {
  const whose = whoseTable(table, record);
  if (whose === 'this') return await accept(deps, record, table.tableId);
  return whose === 'other'
    ? await endedFailed(deps, record, nameTaken(record, table))
    : unproven(table, record);
};

const forgetCall = ({ askedAt: _, ...record }: RestoreRecord): RestoreRecord => record;

/** Asks until the service takes it; `deferred` answers are certain that nothing was started. */
const ask = async (deps: RestoreDeps, record: RestoreRecord): Promise<Stretch> => {
  const { clock, restorer } = deps;
  const until = clock.now() + PATIENCE_MS;
  let waiting = record;
  for (;;) {
    const asked = await saved(deps, { ...waiting, askedAt: clock.now() });
    const answer: RestoreStart = await restorer.start(record.source, record.targetTable, record.overrides);
    if (answer.kind === 'accepted') return await accept(deps, asked, answer.tableId);
    if (answer.kind === 'unknown') return await accept(deps, asked);
    if (answer.kind === 'refused') return await endedFailed(deps, asked, answer.failure);
    waiting = await saved(deps, forgetCall(asked));
    const waitsFor = failureText(answer.failure);
    if (clock.now() >= until) return { kind: 'unfinished', record: waiting, why: waitsFor };
    deps.onProgress({ record: waiting, now: clock.now(), waitsFor });
    await clock.sleep(TRY_AGAIN_MS);
  }
};

/**
 * Starts a restore whose record is written. SAFETY: the instant of the call is written before it,
 * and a call that may have been sent is never sent again: what it made is looked for instead.
 */
export const startRestore = async (deps: RestoreDeps, record: RestoreRecord): Promise<Stretch> => {
  if (isFromVault(record.source)) return await startVaultRestore(deps, record);
  const looked = await deps.restorer.look(record.targetTable);
  if (record.askedAt !== undefined) {
    if (looked.kind !== 'found') return await accept(deps, record);
    return await acceptFound(deps, record, looked.value);
  }
  if (looked.kind === 'found') return await endedFailed(deps, record, nameTaken(record, looked.value));
  if (looked.kind === 'unreadable') return { kind: 'unfinished', record, why: failureText(looked.failure) };
  return await ask(deps, record);
};
