import { type Drill, type DrillExport, isExportPrefixOf } from '../../model/drill.ts';
import { type Failure, ownFailure } from '../../model/failure.ts';
import { DAY_MS, HOUR_MS } from '../../model/instant.ts';
import type { ExportState } from '../../ports/drill-export.ts';
import { type DrillDeps, end, failed, goOn, type Moved, type Underway, waitFor } from './deps.ts';

/** AWS knows a token for eight hours. */
const TOKEN_MS = 7 * HOUR_MS;

/** AWS states no limit; small tables take minutes. */
const LONGEST_MS = DAY_MS;

/** How long an export that AWS puts off is asked for again. */
const PATIENCE_MS = DAY_MS;

type Exported = Drill & { readonly export: DrillExport };

/** Says whether a drill writes into a bucket. */
export const isExported = (drill: Drill): drill is Exported => drill.export !== undefined;

/** Leaves it to the step that removes: what was asked for may still be written. */
const remove = (deps: DrillDeps, state: Underway, why: Failure): Promise<Moved> =>
  goOn(deps, state, { ...failed(state.current, why), phase: 'deleting' });

const forgetCall = ({ askedAt: _, ...drill }: Drill): Drill => drill;

const askAgainLater = async (
  deps: DrillDeps,
  state: Underway,
  { drill, failure }: { readonly drill: Drill; readonly failure: Failure },
): Promise<Moved> => {
  const now = deps.clock.now();
  if (now - drill.plannedAt >= PATIENCE_MS) return await end(deps, state, failed(drill, failure));
  return waitFor({ ...(await deps.states.save({ ...state, current: drill })), current: drill });
};

const tooLate = ownFailure(
  'not-there',
  'an export was asked for whose answer was lost; AWS does not know the call any more',
);

/**
 * Starts the export of a drill. SAFETY: a call whose answer was lost is sent again with its token, which begins no second one, and only for as long as
 * AWS knows it.
 */
export const startExport = async (deps: DrillDeps, state: Underway): Promise<Moved> => {
  const { clock, exporter, states } = deps;
  const { current } = state;
  const { source } = current;
  if (!isExported(current) || source.kind !== 'point-in-time') return await end(deps, state, current);
  const isAgain = current.askedAt !== undefined;
  if (clock.now() - (current.askedAt ?? clock.now()) >= TOKEN_MS) return await remove(deps, state, tooLate);
  const asked: Exported = { ...current, askedAt: current.askedAt ?? clock.now() };
  const written: Underway = isAgain
    ? state
    : { ...(await states.save({ ...state, current: asked })), current: asked };
  const { bucket, prefix } = asked.export;
  const { tableArn, second } = source;
  const answer = await exporter.start({ tableArn, second, bucket, prefix, token: prefix });
  if (answer.kind === 'accepted') {
    const begun = { ...asked, export: { ...asked.export, arn: answer.arn }, acceptedAt: clock.now() };
    return await goOn(deps, written, { ...begun, phase: 'started' });
  }
  if (answer.kind === 'unknown' || isAgain) return waitFor(written, answer.failure);
  const drill = forgetCall(asked);
  if (answer.kind === 'deferred')
    return await askAgainLater(deps, written, { drill, failure: answer.failure });
  return await end(deps, written, failed(drill, answer.failure));
};

const onEnded = async (deps: DrillDeps, state: Underway, found: ExportState): Promise<Moved> => {
  const { current } = state;
  const { manifest, failure, tableId } = found;
  if (!isExported(current)) return await end(deps, state, current);
  if (found.status === 'failed' || manifest === undefined)
    return await remove(deps, state, failure ?? ownFailure('not-there', 'the export has no manifest'));
  if (tableId !== undefined && tableId !== current.tableId)
    return await remove(
      deps,
      state,
      ownFailure('not-as-asked', 'the export is of another table of that name'),
    );
  const checked = { ...current, export: { ...current.export, manifest }, settledAt: deps.clock.now() };
  return await goOn(deps, state, { ...checked, phase: 'checking' });
};

/** Looks whether an export has ended. */
export const followExport = async (deps: DrillDeps, state: Underway): Promise<Moved> => {
  const { current } = state;
  const looked = await deps.exporter.look(current.export?.arn ?? '');
  if (looked.kind === 'unreadable') return waitFor(state, looked.failure);
  if (looked.kind === 'missing')
    return await remove(deps, state, ownFailure('not-there', 'the export is unknown'));
  if (looked.value.status !== 'going-on') return await onEnded(deps, state, looked.value);
  const isTooLong = deps.clock.now() - (current.acceptedAt ?? 0) > LONGEST_MS;
  const tooLong = ownFailure('not-ready', 'the export has not ended within a day');
  return isTooLong ? await remove(deps, state, tooLong) : waitFor(state);
};

/** Why objects may still be written: the export goes on, cannot be seen, or its answer was lost and it may appear within a day. */
const mayBeWritten = async (deps: DrillDeps, current: Exported): Promise<boolean | Failure> => {
  const { arn } = current.export;
  if (arn === undefined) return deps.clock.now() - (current.askedAt ?? 0) < DAY_MS;
  const looked = await deps.exporter.look(arn);
  if (looked.kind === 'unreadable') return looked.failure;
  return looked.kind === 'found' && looked.value.status === 'going-on';
};

/**
 * Removes what an export wrote, and ends the drill once nothing of it is listed and nothing more can come: AWS stops no export that has begun.
 * SAFETY: only below the recorded prefix, which has the name of this instance in it.
 */
export const removeExport = async (deps: DrillDeps, state: Underway): Promise<Moved> => {
  const { current } = state;
  const { instance, bucket, clock } = deps;
  if (!isExported(current) || !isExportPrefixOf(instance, current.export.prefix))
    return await end(deps, state, current);
  const goesOn = await mayBeWritten(deps, current);
  if (typeof goesOn === 'object') return waitFor(state, goesOn);
  const asked: Drill = { ...current, deleteAskedAt: current.deleteAskedAt ?? clock.now() };
  const { state: written } = await goOn(deps, state, asked);
  const underway: Underway = { ...written, current: asked };
  const cleared = await bucket.clear(current.export);
  if (cleared.kind === 'unreadable') return waitFor(underway, cleared.failure);
  const left = await bucket.holds(current.export);
  if (left.kind === 'unreadable') return waitFor(underway, left.failure);
  const isGone = left.kind === 'missing' || !left.value.any;
  return isGone && !goesOn ? await end(deps, underway, { ...asked, goneAt: clock.now() }) : waitFor(underway);
};
