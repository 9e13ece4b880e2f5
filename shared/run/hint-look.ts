import { tablesDeleted, tablesEmptied } from '../core/findings/table-deleted-finding.ts';
import { tableReplaced } from '../core/findings/table-replaced-finding.ts';
import { type HintScope, judgedObservation, narrowed, ofTables } from '../core/hint/narrow.ts';
import type { Slice } from '../core/hint/slices.ts';
import { keepingPolicies, type LostTable, lastPoints } from '../core/protection/deletions.ts';
import { newlyReplaced } from '../core/protection/replacements.ts';
import { governedTables } from '../core/scene/governed.ts';
import { ownedRecoveryPoints } from '../core/scene/own-points.ts';
import { failureText } from '../model/failure.ts';
import type { Finding } from '../model/finding.ts';
import type { Gap } from '../model/observation.ts';
import type { Deps } from './deps.ts';
import { type HintSources, hintSources, type PointsReader } from './hint-sources.ts';
import { type Look, look } from './look.ts';

/** What was seen of a few tables, limited to what may be reported of it. */
export interface HintSight {
  readonly seen: Look;
  /** Why the view is incomplete, beside the gaps of the observation. */
  readonly failures: readonly string[];
}

const goneOf = async (tables: readonly string[], { detailsOf }: HintSources): Promise<readonly string[]> => {
  const readings = await Promise.all(
    tables.map(async (table) => ({ table, reading: await detailsOf(table) })),
  );
  return readings
    .filter(
      ({ reading }) =>
        reading.kind === 'missing' || (reading.kind === 'found' && reading.value.status === 'DELETING'),
    )
    .map(({ table }) => table);
};

interface Left {
  readonly lost: readonly LostTable[];
  readonly failures: readonly string[];
}

const leftOf = async (parts: Deps, seen: Look, sources: HintSources, name: string): Promise<Left> => {
  const { tableReader, instance, policies } = parts;
  const protection = seen.memory.protections?.find(({ table }) => table === name);
  const own = [...ownedRecoveryPoints(seen.observation, instance).values()].filter(
    ({ table, policy }) => table === name && !(protection?.accepted ?? []).includes(policy),
  );
  const points = lastPoints(own);
  const { items } = await sources.tagged();
  const governed = governedTables(
    policies,
    items.filter((table) => table.name === name),
  );
  const wasGoverned =
    points.length > 0 ||
    governed.some((one) => one.policies.length > 0) ||
    (protection === undefined
      ? seen.memory.pitrBaselines.some(({ table }) => table === name)
      : protection.promises.length > 0);
  if (!wasGoverned) return { lost: [], failures: [] };
  const system = await tableReader.listSystemBackupsOf(name);
  if (system.gap !== undefined)
    return {
      lost: [],
      failures: [`SYSTEM backups of ${name} could not be read: ${failureText(system.gap)}`],
    };
  const keeping = keepingPolicies(protection, own);
  return {
    lost: [{ name, wasGoverned, points, systemBackups: system.items, policies: keeping }],
    failures: [],
  };
};

/**
 * An unreadable list is no reason for silence: the memory of the former table is gone after this
 * run.
 */
const replacedIn = async (parts: Deps, seen: Look): Promise<readonly Finding[]> => {
  const { instance, policies, target } = parts;
  const { memory, observation, openFindings } = seen;
  const now = seen.plan.plannedAt;
  const governed = governedTables(policies, observation.tables);
  const own = [...ownedRecoveryPoints(observation, instance).values()];
  const replaced = newlyReplaced({ observation, governed, own, memory, openFindings, now });
  return await Promise.all(
    replaced.map(async (table) => {
      const { items, gap } = await parts.tableReader.listSystemBackupsOf(table.name);
      const systemBackups = items.filter(({ tableId }) => tableId !== table.details.tableId);
      const whole = { ...table, systemBackups, ...(gap !== undefined && { systemGap: gap }) };
      return tableReplaced(whole, openFindings, { target, now, memory, policies });
    }),
  );
};

/**
 * The audit reports such a gap and reads the table again; a hint would leave nothing behind, so it
 * fails and is retried. What was deferred stays noted.
 */
const unread = (gaps: readonly Gap[]): readonly string[] =>
  gaps.flatMap(({ deferred, facet, table, failure }) =>
    table === undefined || deferred === true
      ? []
      : [`${facet} of ${table} could not be read: ${failureText(failure)}`],
  );

/**
 * Observes the named tables and nothing else, decides as the audit does, and returns what may be
 * reported of them. A deleted table is reported with what remains of it, unless the list of its
 * recovery points or of SYSTEM backups could not be read.
 */
export const lookAtTables = async (
  parts: Deps,
  { tables, deadline }: Slice,
  points: PointsReader,
): Promise<HintSight> => {
  const sources = hintSources(parts, tables, points);
  const whole = await look({ ...parts, ...sources }, { mode: 'audit', deadline, only: tables });
  const { memory, openFindings, observation } = whole;
  const now = whole.plan.plannedAt;
  const scope: HintScope = { tables, memory, openFindings, observation, now };
  const isBlind = observation.gaps.some(({ table }) => table === undefined);
  const gone = isBlind ? [] : await goneOf(tables, sources);
  const left = await Promise.all(gone.map((name) => leftOf(parts, whole, sources, name)));
  const lost = left.flatMap((one) => one.lost);
  const plan = narrowed(whole.plan, scope);
  const deletion = { target: parts.target, now, memory, policies: parts.policies };
  const findings = [
    ...plan.findings,
    ...tablesDeleted(lost, openFindings, deletion),
    ...tablesEmptied(lost, openFindings, deletion),
    ...(isBlind ? [] : await replacedIn(parts, whole)),
  ];
  return {
    seen: {
      ...whole,
      openFindings: ofTables(openFindings, tables),
      resolvedFindings: ofTables(whole.resolvedFindings, tables),
      observation: judgedObservation(scope),
      plan: { ...plan, findings: findings.toSorted((a, b) => (a.id < b.id ? -1 : 1)) },
    },
    failures: [...unread(observation.gaps), ...left.flatMap((one) => one.failures)],
  };
};
