import type { Finding, FindingKind } from '../../model/finding.ts';
import type { OpenFinding } from '../../model/memory.ts';
import type { Observation } from '../../model/observation.ts';
import type { GovernedTable } from '../scene/governed.ts';
import { isMissingVault } from '../scene/missing-vaults.ts';
import { isSeenWhole } from '../scene/reach.ts';
import { CATALOGUE } from './catalogue.ts';
import type { Footing, FootingScene } from './footing-scene.ts';
import type { About } from './kind.ts';

/** What one run saw and found. */
export interface FootingSight {
  readonly observation: Observation;
  readonly found: readonly Finding[];
  readonly openFindings: readonly OpenFinding[];
  /** One for every tagged table. */
  readonly governed: readonly GovernedTable[];
}

const aboutOf = ({ kind, facet }: OpenFinding): About =>
  facet === 'pitr' ? 'pitr' : (CATALOGUE.get(kind)?.about ?? 'promise');

/**
 * Whether a run that sees the table's tag checks what the finding is about. What could not be read of a table matters
 * until it opts out.
 */
const isPromised = (finding: OpenFinding, { optedOut, policies }: GovernedTable): boolean => {
  const { facet, policy } = finding;
  const about = aboutOf(finding);
  if (about === 'tag') return true;
  if (policy !== undefined) return policies.some(({ name }) => name === policy);
  if (about === 'pitr') return policies.some(({ pitr }) => pitr !== undefined);
  return facet === undefined ? policies.length > 0 : !optedOut;
};

const ofKind = (findings: readonly Finding[], kind: FindingKind): readonly Finding[] =>
  findings.filter((finding) => finding.kind === kind);

const tablesOf = (findings: readonly Finding[]): ReadonlySet<string | undefined> =>
  new Set(findings.map(({ table }) => table));

/** Joins table and policy; neither name can contain a slash. */
const keyOf = (table: string, policy: string): string => `${table}/${policy}`;

const WHOLE = ['tags', 'table-names', 'recovery-points', 'memory'] as const;

/** A vault that is not there was looked for. */
const isAllSeen = (observation: Observation): boolean =>
  isSeenWhole(observation, ...WHOLE) &&
  !observation.gaps.some((gap) => gap.facet === 'vaults' && !isMissingVault(gap));

const footingScene = ({ found, governed, observation, openFindings }: FootingSight): FootingScene => {
  const confirmed = observation.tables.filter(({ details }) => details !== undefined);
  const lost = new Set(
    ofKind(found, 'no-longer-protected').flatMap(({ table = '', policy = '' }) => [
      table,
      keyOf(table, policy),
    ]),
  );
  return {
    observedAt: observation.observedAt,
    governed: new Map(governed.map((one) => [one.table.name, one])),
    usedPolicies: new Set(governed.flatMap((one) => one.policies.map(({ name }) => name))),
    identified: new Set([...confirmed, ...(observation.formerTables ?? [])].map(({ name }) => name)),
    goneKeys: (observation.keyFacts?.keys ?? []).flatMap(({ arn, seen }) =>
      seen.kind === 'missing' ? [arn] : [],
    ),
    existing: new Set([...(observation.tableNames ?? []), ...confirmed.map(({ name }) => name)]),
    isSeenWhole: isAllSeen(observation),
    isLost: (table, policy) => lost.has(policy === undefined ? table : keyOf(table, policy)),
    deleted: tablesOf(ofKind([...found, ...openFindings], 'table-deleted')),
    ended: tablesOf(ofKind(found, 'deleted-table-ended')),
    emptied: tablesOf(ofKind(found, 'table-deleted').filter(({ subjects = [] }) => subjects.length > 0)),
  };
};

/** Decides for a table without the tag: it lost its policy, is gone, or never had one. */
const ofUntagged = (finding: OpenFinding, table: string, scene: FootingScene): Footing => {
  if (!scene.existing.has(table)) return scene.deleted.has(table) ? 'withdrawn' : 'looked-at';
  return scene.isLost(table) && aboutOf(finding) !== 'tag' ? 'held' : 'withdrawn';
};

const ofTagged = (finding: OpenFinding, one: GovernedTable, scene: FootingScene): Footing => {
  if (isPromised(finding, one)) return 'looked-at';
  return !one.optedOut && scene.isLost(one.table.name, finding.policy) ? 'held' : 'withdrawn';
};

const ofTable = (finding: OpenFinding, table: string, scene: FootingScene): Footing => {
  const one = scene.governed.get(table);
  return one === undefined ? ofUntagged(finding, table, scene) : ofTagged(finding, one, scene);
};

/**
 * Decides without the names of tables: a table that lost its tag looks the same as one that is gone, and lost policies
 * are unknown.
 */
const withoutNames = (finding: OpenFinding, table: string, { governed }: FootingScene): Footing => {
  const one = governed.get(table);
  return one !== undefined && isPromised(finding, one) ? 'looked-at' : 'held';
};

/**
 * Determines how an open finding stands in a run. When not all tags could be read, every finding counts as looked at
 * because the gap already prevents resolving; a run without the names of all tables withdraws no finding of a table.
 */
export const footingsIn = (sight: FootingSight): ((finding: OpenFinding) => Footing) => {
  const scene = footingScene(sight);
  const isWhole = isSeenWhole(sight.observation, 'tags');
  const knowsNames = isSeenWhole(sight.observation, 'tags', 'table-names');
  return (finding) => {
    const { kind, table } = finding;
    const footingOf = CATALOGUE.get(kind)?.footingOf;
    if (!isWhole) return 'looked-at';
    const isOfPoints = table !== undefined && aboutOf(finding) === 'recovery-points';
    if (isOfPoints && !knowsNames) return 'looked-at';
    if (table === undefined || isOfPoints) return footingOf?.(finding, scene) ?? 'looked-at';
    if (!knowsNames) return withoutNames(finding, table, scene);
    return footingOf?.(finding, scene) ?? ofTable(finding, table, scene);
  };
};
