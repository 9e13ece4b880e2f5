import { allSeriesIn, slotOf } from '../../truth/all-series.ts';
import { routesIn } from '../../truth/copies.ts';
import { isPlain, type RunRecord } from '../../world/record.ts';
import type { Invariant } from '../invariant.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const LOST = new Set(['ABORTED', 'EXPIRED', 'FAILED', 'PARTIAL']);

/** AWS lists a job for 30 days. */
const LISTED_MS = 29 * DAY_MS;

/** A copy may take so long after its source is there: its job, a day, and what the clock of the run is ahead. */
const COPY_MS = 2 * DAY_MS;

const isReachable = ({ shownStatus }: { readonly shownStatus: string | undefined }): boolean =>
  shownStatus === undefined;

/** Tables and policies whose jobs for the latest slot came to nothing, while nothing has made up for them. */
const lostJobs = ({ before, later }: RunRecord): readonly string[] =>
  allSeriesIn(before)
    .filter(({ policy, table }) => policy.vault !== undefined && isReachable(table))
    .filter((series) => {
      const slot = slotOf(series, before.at);
      const isMade = [...before.vaults.points, ...later.vaults.points].some(
        (point) =>
          point.table.id === series.table.id &&
          point.policy === series.policy.name &&
          point.slot >= slot &&
          point.status !== 'CREATING',
      );
      const jobs = before.vaults.jobs.filter(
        (one) => one.tableId === series.table.id && one.policy === series.policy.name && one.slot === slot,
      );
      return (
        slotOf(series, later.at) === slot &&
        !isMade &&
        jobs.some(({ job, state }) => LOST.has(state) && before.at - (job.completedAt ?? 0) < LISTED_MS)
      );
    })
    .map(({ policy, table }) => `backup-job-failed/${table.name}/${policy.name}`);

/** Either says that a vault is behind: of jobs that failed the one, of those that were not begun or wait the other. */
const LATE = new Set(['copy-failing', 'copy-overdue']);

/** Series with a recovery point at home that is newer than any copy for longer than a copy takes. */
const lateCopies = ({ before }: RunRecord): readonly string[] =>
  routesIn(before).flatMap(({ copies, sources, series, vaultArn }) => {
    const { policy, table } = series;
    const arns = new Map(sources.map((source) => [source.arn, source]));
    const there = copies.filter(({ sourceArn }) => arns.has(sourceArn)).map(({ createdAt }) => createdAt);
    const all = copies
      .filter(
        ({ sourceArn }) => before.vaults.points.find(({ arn }) => arn === sourceArn)?.table.id === table.id,
      )
      .map(({ createdAt }) => createdAt);
    const newest = Math.max(0, ...there, ...all);
    const [first] = sources;
    if (first === undefined || !isReachable(table) || first.createdAt <= newest) return [];
    return before.at - first.createdAt > COPY_MS
      ? [`copies-late/${table.name}/${policy.name}/${vaultArn.split(':').at(-1)}`]
      : [];
  });

/** Tables with recovery points that AWS Backup could not delete. */
const expired = ({ before }: RunRecord): readonly string[] =>
  before.vaults.points
    .filter(({ status, table }) => status === 'EXPIRED' && before.tables.some(({ id }) => id === table.id))
    .filter(({ policy, table }) =>
      allSeriesIn(before).some((series) => series.table.id === table.id && series.policy.name === policy),
    )
    .map(({ table }) => `recovery-points-not-deleted/${table.name}`);

/** 9. What becomes of jobs, copies and deletions in vaults is open after the next audit that sees everything. */
export const jobsAreTold: Invariant = (run) => {
  const { mode, report } = run;
  if (mode !== 'audit' || report === undefined || !isPlain(run)) return [];
  if (report.openFindings.some(({ kind }) => kind === 'observation-gap')) return [];
  const ids = report.openFindings.map(({ id }) => id);
  const lost = new Set(
    report.openFindings.filter(({ kind }) => kind === 'no-longer-protected').map(({ table }) => table),
  );
  return [...new Set([...lostJobs(run), ...lateCopies(run), ...expired(run)])]
    .filter((wanted) => !lost.has(wanted.split('/')[1]))
    .filter((wanted) => {
      const [kind, table, policy] = wanted.split('/');
      return !ids.some((id) => {
        const [openKind, openTable, openPolicy] = id.split('/');
        const isKind = kind === 'copies-late' ? LATE.has(openKind ?? '') : openKind === kind;
        return isKind && openTable === table && (policy === undefined || openPolicy === policy);
      });
    })
    .map((wanted) => `nobody knows of ${wanted}`);
};
