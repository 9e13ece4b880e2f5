import { compareSettings } from '../../shared/core/restore/compare.ts';
import { manifestFor } from '../../shared/core/restore/manifest-for.ts';
import type { RestoreRecord } from '../../shared/model/restore.ts';
import type { RestoreParts } from '../../shared/run/compose-restore.ts';
import { contextOf, knowledgeOf } from '../../shared/run/restore/plan-restore.ts';
import { carryOn, type RestoreEnd } from '../../shared/run/restore/restore.ts';
import { settingsNow, viewName } from '../../shared/run/restore/view-name.ts';
import type { Session } from '../session.ts';
import type { RestoreReport } from '../view/restore-report-text.ts';
import { restoreProgress } from './progress.ts';

/** What one restore knows besides its record: settings that were kept, and whether its source stands. */
export interface KnownSource {
  readonly manifest: ReturnType<typeof manifestFor>;
  readonly sourceExists: boolean;
}

/**
 * Reads what was kept of a source. Where nothing was and the table still stands, its settings of now stand in: they are shown as of
 * later than the second that comes back.
 */
export const knownSource = async (
  restore: RestoreParts,
  { source }: Pick<RestoreRecord, 'source'>,
): Promise<KnownSource> => {
  const { view, manifests } = await viewName(
    { ...restore.parts, manifests: restore.manifests },
    source.table,
  );
  const sourceExists = view.incarnations.some(
    ({ state, tableId }) => state === 'standing' && tableId === source.tableId,
  );
  const kept = manifestFor(manifests, source);
  if (kept !== undefined || !sourceExists) return { manifest: kept, sourceExists };
  const now = await settingsNow({ ...restore.parts, settingsReader: restore.settingsReader }, view);
  return { manifest: now === undefined ? undefined : manifestFor([now], source), sourceExists };
};

const compared = (
  { parts }: RestoreParts,
  end: RestoreEnd,
  { manifest, sourceExists }: KnownSource,
): RestoreReport => {
  const live = end.kind === 'ended' ? end.live : undefined;
  if (live === undefined || manifest === undefined) return { end, comparisons: [] };
  const context = contextOf(parts, end.record, sourceExists);
  return { end, comparisons: compareSettings(manifest.manifest, live, context) };
};

/** Carries one restore on, shows how far it is, and compares what came back with what was kept. */
export const carryOut = async (
  session: Session,
  restore: RestoreParts,
  record: RestoreRecord,
  sample: number,
): Promise<RestoreReport> => {
  const known = await knownSource(restore, record);
  const deps = restore.restoreIn(record.targetRegion, restoreProgress(session.terminal.stderr));
  const knowledge = knowledgeOf(restore.parts, known.manifest, known.sourceExists, sample);
  return compared(restore, await carryOn(deps, record, knowledge), known);
};
