import { failureText } from '../../model/failure.ts';
import { HOUR_MS, type Instant, SECOND_MS } from '../../model/instant.ts';
import type { RestoreRecord } from '../../model/restore.ts';
import { endedFailed, type RestoreDeps, type Stretch, saved } from './deps.ts';
import { isDenied, nameTaken } from './whose-table.ts';

const TRY_AGAIN_MS = 30 * SECOND_MS;
const PATIENCE_MS = 2 * HOUR_MS;

const accept = async (deps: RestoreDeps, record: RestoreRecord, jobId: string): Promise<Stretch> => {
  const acceptedAt = deps.clock.now();
  return { kind: 'on', record: await saved(deps, { ...record, phase: 'started', acceptedAt, jobId }) };
};

const refusedName = async (deps: RestoreDeps, record: RestoreRecord): Promise<Stretch | undefined> => {
  const looked = await deps.restorer.look(record.targetTable);
  if (looked.kind === 'found') return await endedFailed(deps, record, nameTaken(record, looked.value));
  return looked.kind === 'unreadable'
    ? { kind: 'unfinished', record, why: failureText(looked.failure) }
    : undefined;
};

/** The instant of the first call stays: what it may have begun is looked for from then on. */
const asking = async (deps: RestoreDeps, record: RestoreRecord): Promise<RestoreRecord> =>
  record.askedAt === undefined ? await saved(deps, { ...record, askedAt: deps.clock.now() }) : record;

/** One call. What it may have begun before is looked for first: a job, and then a table that has the name. */
const askOnce = async (deps: RestoreDeps, record: RestoreRecord): Promise<Stretch> => {
  if (record.askedAt !== undefined) {
    const found = await deps.vaultRestorer.find(record);
    if (found.kind === 'found') return await accept(deps, record, found.value.id);
    if (found.kind === 'unreadable')
      return { kind: isDenied(found.failure) ? 'unfinished' : 'on', record, why: failureText(found.failure) };
  }
  const taken = await refusedName(deps, record);
  if (taken !== undefined) return taken;
  const wasAsked = record.askedAt !== undefined;
  const asked = await asking(deps, record);
  const answer = await deps.vaultRestorer.start(asked);
  if (answer.kind === 'accepted') return await accept(deps, asked, answer.jobId);
  const why = failureText(answer.failure);
  if (answer.kind !== 'refused') return { kind: 'on', record: asked, why };
  // A token that was used before may be refused instead of being taken for the first call.
  const begun = wasAsked ? await deps.vaultRestorer.find(asked) : { kind: 'missing' as const };
  return begun.kind === 'found'
    ? await accept(deps, asked, begun.value.id)
    : await endedFailed(deps, asked, answer.failure);
};

const isPatient = (deps: RestoreDeps, since: Instant): boolean => deps.clock.now() - since < PATIENCE_MS;

/**
 * Starts a restore from a backup vault whose record is written. SAFETY: the instant of the call is written before it. A call whose answer was lost is
 * sent again only where no job of it is to be found and no table has the name, with the token of the first.
 */
export const startVaultRestore = async (deps: RestoreDeps, begun: RestoreRecord): Promise<Stretch> => {
  const { clock } = deps;
  const since = clock.now();
  let record = begun;
  for (;;) {
    const step = await askOnce(deps, record);
    if (step.kind !== 'on' || step.record.jobId !== undefined) return step;
    const { why = 'AWS Backup was asked' } = step;
    record = step.record;
    if (!isPatient(deps, since)) return { kind: 'unfinished', record, why };
    deps.onProgress({ record, now: clock.now(), waitsFor: why });
    await clock.sleep(TRY_AGAIN_MS);
  }
};
