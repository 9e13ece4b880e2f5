import { compareSettings } from '../../shared/core/restore/compare.ts';
import { manifestFor } from '../../shared/core/restore/manifest-for.ts';
import { type OldTable, oldTableOf } from '../../shared/core/restore/old-table.ts';
import { optedOutOf, setSinceOf } from '../../shared/core/restore/opted-out.ts';
import { FailureError, failureText } from '../../shared/model/failure.ts';
import type { RestoreRecord } from '../../shared/model/restore.ts';
import type { RestoreParts } from '../../shared/run/compose-restore.ts';
import { lookElsewhere } from '../../shared/run/restore/look-elsewhere.ts';
import { contextOf, knowledgeOf, sourceStands } from '../../shared/run/restore/plan-restore.ts';
import { carryOn, type RestoreEnd } from '../../shared/run/restore/restore.ts';
import { settingsNow, viewName } from '../../shared/run/restore/view-name.ts';
import { endProgress } from '../progress.ts';
import type { Session } from '../session.ts';
import { isBack, type RestoreReport } from '../view/restore-report-text.ts';
import { untilInterrupted } from './interrupted.ts';
import { restoreProgress } from './progress.ts';

/** What one restore knows besides its record: settings that were kept, and whether its source stands. */
export interface KnownSource {
  readonly manifest: ReturnType<typeof manifestFor>;
  readonly sourceExists: boolean;
  /** How the table that is made stands to the one whose name its source has. */
  readonly old: OldTable;
  /** What AWS last counted of it, where it stands. */
  readonly sourceBytes?: number;
}

/**
 * Reads what was kept of a source. Where nothing was and the table still stands, its settings of now stand in: they are shown as of
 * later than the second that comes back.
 */
export const knownSource = async (
  restore: RestoreParts,
  record: Pick<RestoreRecord, 'source' | 'targetRegion' | 'targetTable'>,
): Promise<KnownSource> => {
  const { source } = record;
  const { view, manifests } = await viewName(
    { ...restore.parts, manifests: restore.manifests },
    source.table,
  );
  const sourceExists = sourceStands({ view, source });
  const kept = manifestFor(manifests, source);
  const unread = view.unseen.find(({ part }) => part === 'manifests');
  // SAFETY: manifests that could not be read are not "none": the settings would be taken for never kept.
  if (unread !== undefined) throw new FailureError(unread.failure);
  const sourceBytes = view.incarnations.find(({ tableId }) => tableId === source.tableId)?.sizeBytes;
  const size = !sourceExists || sourceBytes === undefined ? {} : { sourceBytes };
  const known = { sourceExists, old: oldTableOf(view, record), ...size };
  if (kept !== undefined || !sourceExists) return { manifest: kept, ...known };
  const now = await settingsNow({ ...restore.parts, settingsReader: restore.settingsReader }, view);
  return { manifest: now === undefined ? undefined : manifestFor([now], source), ...known };
};

const compared = (
  { parts }: RestoreParts,
  end: RestoreEnd,
  { manifest, sourceExists, old }: KnownSource,
  takenIn: readonly string[],
): RestoreReport => {
  const live = end.kind === 'ended' ? end.live : undefined;
  const wanted = manifest?.manifest.settings;
  const { record } = end;
  const optedOut = isBack(end)
    ? optedOutOf({ record, live, wanted }, parts.policies, parts.target)
    : undefined;
  const place = { stands: old, home: parts.target };
  const known = { end, old: place, areSettingsKnown: manifest !== undefined };
  const report = { ...known, ...(optedOut && { optedOut }) };
  if (live === undefined) return { ...report, comparisons: [] };
  if (manifest === undefined) {
    const setSince = setSinceOf(record, live, parts.policies.tag);
    return { ...report, comparisons: [], ...(setSince !== undefined && { setSince }) };
  }
  const context = contextOf(parts, record, sourceExists, takenIn);
  return { ...report, comparisons: compareSettings(manifest.manifest, live, context) };
};

const carriedOut = async (
  session: Session,
  restore: RestoreParts,
  record: RestoreRecord,
  sample: number,
): Promise<RestoreReport> => {
  const known = await knownSource(restore, record);
  const deps = restore.restoreIn(record.targetRegion, restoreProgress(session.terminal.stderr));
  const { sourceBytes, sourceExists } = known;
  const replicas = known.manifest?.manifest.settings.replicas;
  const namesakes = await lookElsewhere(deps, record.targetTable, replicas, record.targetRegion);
  const takenIn = namesakes.map(({ region }) => region);
  const knowledge = {
    ...knowledgeOf(restore.parts, known.manifest, { sourceExists, takenIn }, sample),
    ...(sourceBytes !== undefined && { sourceBytes }),
  };
  return compared(restore, await carryOn(deps, record, knowledge), known, takenIn);
};

const carriedOutOrLeft = async (
  session: Session,
  restore: RestoreParts,
  record: RestoreRecord,
  sample: number,
): Promise<RestoreReport> => {
  try {
    return await carriedOut(session, restore, record, sample);
  } catch (error) {
    if (!(error instanceof FailureError)) throw error;
    const end = { kind: 'unfinished', record, why: failureText(error.failure) } as const;
    return { end, comparisons: [], areSettingsKnown: false };
  }
};

/**
 * Carries restores on, all at once, and shows how far they are. One that cannot be carried on now, or that a person interrupts, is left to a later
 * session, and stops none of the others.
 */
export const carryOutAll = async (
  session: Session,
  restore: RestoreParts,
  records: readonly RestoreRecord[],
  sample: number,
): Promise<readonly RestoreReport[]> => {
  if (records.length === 0) return [];
  const interrupted = session.terminal.untilInterrupted();
  const reports = await Promise.all(
    records.map((record) =>
      untilInterrupted(restore, interrupted, record, carriedOutOrLeft(session, restore, record, sample)),
    ),
  );
  endProgress(session.terminal.stderr);
  return reports;
};
