import type { OpenFinding } from '../../shared/model/memory.ts';
import { mutedIn } from '../truth/mutes.ts';
import { MOST_MS, spentOf, wasRenewed, withRun } from '../truth/mutes-spent.ts';
import { toldBy } from '../truth/told.ts';
import { failedCalls, type RunRecord } from '../world/record.ts';
import type { Invariant } from './invariant.ts';

/** That a table is not protected any more is said of a muted one, too. */
const SAID_ALL_THE_SAME = new Set([
  'deleted-table-ending',
  'muted',
  'no-longer-protected',
  'protection-changed',
  'table-deleted',
  'unknown-policy',
]);

/** A mute that was extended while tags could not be read is known as it was reported. */
const isKnownToLast = ({ cause = '' }: OpenFinding, at: number): boolean =>
  Date.parse(cause.replace(/^until (\S+) (\S+) UTC$/, '$1T$2Z')) > at;

/** While tags cannot be read, only what was known before is. */
const knowablyMuted = (run: RunRecord): ReadonlySet<string> => {
  const muted = mutedIn(run);
  if (!failedCalls(run).some(({ operation }) => operation === 'GetResources')) return muted;
  const known = (run.report?.openFindings ?? []).filter((finding) => isKnownToLast(finding, run.endedAt));
  const ids = new Set(known.map(({ id }) => id));
  return new Set([...muted].filter((table) => ids.has(`muted/${table}`)));
};

/**
 * Nothing about a muted table is reported except the mute itself, for at most 90 days of a year, and the critical findings when it is renewed. Of two
 * runs of one event it is not certain which one reported.
 */
export const mutedIsSilent: Invariant = (run, life) => {
  if (run.skewMs !== 0 || run.overlapped) return [];
  const muted = knowablyMuted(run);
  const asked = withRun(life.mutes, run);
  if (muted.size === 0) return [];
  const findings = new Map(run.report?.openFindings.map((finding) => [finding.id, finding]));
  const { opened, again } = toldBy(run, life);
  return [...opened, ...again]
    .filter((id) => !SAID_ALL_THE_SAME.has(id.split('/')[0] ?? ''))
    .filter((id) => {
      const { severity, table = '' } = findings.get(id) ?? {};
      const isSaidAtRenewal = severity === 'critical' && wasRenewed(asked, table);
      return muted.has(table) && !isSaidAtRenewal && spentOf(asked, table, run.endedAt).most < MOST_MS;
    })
    .map((id) => `${id} was told, and its table is muted`);
};
