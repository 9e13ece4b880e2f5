import { type Finding, type FindingKind, findingId } from '../../model/finding.ts';
import type { OpenFinding } from '../../model/memory.ts';
import type { Observation } from '../../model/observation.ts';
import type { Policies } from '../../model/policy.ts';
import type { GovernedTable } from '../scene/governed.ts';
import { governedTables } from '../scene/governed.ts';
import { holdOf } from '../scene/hold.ts';
import { isSeenWhole } from '../scene/seen.ts';

/**
 * How an open finding stands whose table may have left its policy. `looked-at`: what it is about is still promised, so that its absence means that it
 * is over · `held`: its table lost the policy, which is reported; nobody looked, and it stays as it is · `withdrawn`: what it is about was given
 * up, or another finding speaks of it, so that it ends without a word.
 */
export type Footing = 'looked-at' | 'held' | 'withdrawn';

/** What one run saw and found. */
export interface FootingSight {
  readonly observation: Observation;
  readonly found: readonly Finding[];
  readonly openFindings: readonly OpenFinding[];
  readonly policies: Policies;
}

/** They speak of recovery points, whether or not a policy governs the table. */
const UNTIED: readonly FindingKind[] = ['backup-stuck', 'recovery-points-of-lost-table'];

/** They speak of what the tags say, and of no promise. */
const OF_THE_TAG: readonly FindingKind[] = ['mute-refused', 'muted', 'unknown-policy'];

const OF_PITR: readonly FindingKind[] = [
  'pitr-off',
  'pitr-repair-failing',
  'pitr-window-restarted',
  'pitr-window-short',
  'restorable-lag',
];

/** A gap says in its id what could not be read. */
const isOfPitr = ({ kind, id }: OpenFinding): boolean =>
  OF_PITR.includes(kind) || id.startsWith('observation-gap/pitr/');

/** Whether a run that sees the table's tag looks at what the finding is about. */
const isPromised = (finding: OpenFinding, { optedOut, policies }: GovernedTable): boolean => {
  const { kind, policy } = finding;
  if (OF_THE_TAG.includes(kind)) return true;
  if (policy !== undefined) return policies.some(({ name }) => name === policy);
  if (isOfPitr(finding)) return policies.some(({ pitr }) => pitr !== undefined);
  return kind === 'observation-gap' ? !optedOut : policies.length > 0;
};

/** A run's sight, gone through once. */
interface Scene {
  readonly governed: ReadonlyMap<string, GovernedTable>;
  readonly usedPolicies: ReadonlySet<string>;
  readonly existing: ReadonlySet<string>;
  /** Tables that lost a policy, and the ids of the findings that say so. */
  readonly lost: ReadonlySet<string | undefined>;
  /** Tables of whose deletion people are told. */
  readonly deleted: ReadonlySet<string | undefined>;
  /** Those of which that finding says as well that no recovery point is left. */
  readonly emptied: ReadonlySet<string | undefined>;
}

const tablesOf = (findings: readonly Finding[], kind: FindingKind): readonly (string | undefined)[] =>
  findings.filter((finding) => finding.kind === kind).map(({ table }) => table);

const idsOf = (findings: readonly Finding[], kind: FindingKind): readonly string[] =>
  findings.filter((finding) => finding.kind === kind).map(({ id }) => id);

const sceneOf = ({ found, observation, openFindings, policies }: FootingSight): Scene => {
  const governed = governedTables(policies, observation.tables);
  const confirmed = observation.tables.filter(({ details }) => details !== undefined);
  return {
    governed: new Map(governed.map((one) => [one.table.name, one])),
    usedPolicies: new Set(governed.flatMap((one) => one.policies.map(({ name }) => name))),
    existing: new Set([...(observation.tableNames ?? []), ...confirmed.map(({ name }) => name)]),
    lost: new Set([...tablesOf(found, 'no-longer-protected'), ...idsOf(found, 'no-longer-protected')]),
    deleted: new Set(tablesOf([...found, ...openFindings], 'table-deleted')),
    emptied: new Set(
      tablesOf(
        found.filter(({ subjects = [] }) => subjects.length > 0),
        'table-deleted',
      ),
    ),
  };
};

const isLost = ({ lost }: Scene, table: string, policy: string | undefined): boolean =>
  lost.has(policy === undefined ? table : findingId('no-longer-protected', table, policy));

/** Of a table without the tag: it lost its policy, is gone, or never had one. */
const ofUntagged = (finding: OpenFinding, table: string, scene: Scene): Footing => {
  if (!scene.existing.has(table)) return scene.deleted.has(table) ? 'withdrawn' : 'looked-at';
  return isLost(scene, table, undefined) && !OF_THE_TAG.includes(finding.kind) ? 'held' : 'withdrawn';
};

const ofTagged = (finding: OpenFinding, one: GovernedTable, scene: Scene): Footing => {
  if (isPromised(finding, one)) return 'looked-at';
  return !one.optedOut && isLost(scene, one.table.name, finding.policy) ? 'held' : 'withdrawn';
};

/** A table that is back unprotected is reported as that; one that stays away is told of for as long as there is something to say. */
const ofDeletion = (table: string, scene: Scene): Footing =>
  scene.existing.has(table) && !isLost(scene, table, undefined) ? 'looked-at' : 'withdrawn';

/** It is over when a policy governs the table that makes it good; what is given up, or gone, is reported as that. */
const ofLoss = ({ policy = '' }: OpenFinding, table: string, { existing, governed }: Scene): Footing => {
  const one = governed.get(table);
  const isGivenUp = one !== undefined && (one.optedOut || one.optedOutOf?.includes(policy) === true);
  return isGivenUp || !existing.has(table) ? 'withdrawn' : 'looked-at';
};

/** It is over when the hold is set again. A day after it was told it ends without a word, and so it does where somebody said what is meant. */
const ofHold = (table: string, { governed }: Scene): Footing => {
  const one = governed.get(table);
  return one !== undefined && holdOf(one.table).kind !== 'none' ? 'looked-at' : 'withdrawn';
};

const ofTable = (finding: OpenFinding, table: string, scene: Scene): Footing => {
  switch (finding.kind) {
    case 'protection-changed':
    case 'table-replaced':
      return 'withdrawn';
    case 'table-deleted':
      return ofDeletion(table, scene);
    case 'no-longer-protected':
      return ofLoss(finding, table, scene);
    case 'hold-lifted':
      return ofHold(table, scene);
    default: {
      const one = scene.governed.get(table);
      return one === undefined ? ofUntagged(finding, table, scene) : ofTagged(finding, one, scene);
    }
  }
};

/** A run that did not read the names of tables cannot tell one that lost its tag from one that is gone, nor which policies are missed. */
const withoutNames = (finding: OpenFinding, table: string, { governed }: Scene): Footing => {
  const one = governed.get(table);
  return one !== undefined && isPromised(finding, one) ? 'looked-at' : 'held';
};

/** Only what was tried can work again; what no table asks for any more is not tried. */
const ofPolicy = ({ kind, policy }: OpenFinding, { usedPolicies }: Scene): Footing => {
  if (kind === 'protection-changed') return 'withdrawn';
  return kind !== 'expiries-failing' || policy === undefined || usedPolicies.has(policy)
    ? 'looked-at'
    : 'withdrawn';
};

/** That its last recovery points are gone is no good news where its deletion is reported. */
const ofUntied = ({ kind, table }: OpenFinding, { emptied }: Scene): Footing =>
  kind === 'recovery-points-of-lost-table' && emptied.has(table) ? 'withdrawn' : 'looked-at';

/**
 * Returns how an open finding stands in a run. One that could not read all tags tells by its gap that it saw nothing; a run without the names of all tables
 * withdraws nothing of a table.
 */
export const footingsIn = (sight: FootingSight): ((finding: OpenFinding) => Footing) => {
  const scene = sceneOf(sight);
  const isWhole = isSeenWhole(sight.observation, 'tags');
  const knowsNames = isSeenWhole(sight.observation, 'tags', 'table-names');
  return (finding) => {
    const { kind, table } = finding;
    if (!isWhole) return 'looked-at';
    if (table === undefined) return ofPolicy(finding, scene);
    if (UNTIED.includes(kind)) return ofUntied(finding, scene);
    return knowsNames ? ofTable(finding, table, scene) : withoutNames(finding, table, scene);
  };
};
