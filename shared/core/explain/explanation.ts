import { type Finding, findingId } from '../../model/finding.ts';
import type { Instant } from '../../model/instant.ts';
import type { PointLock } from '../../model/key-facts.ts';
import type { Memory, OpenFinding } from '../../model/memory.ts';
import type { Observation } from '../../model/observation.ts';
import type { Withheld } from '../../model/picture.ts';
import type { Plan, RetentionDecision, Verdict } from '../../model/plan.ts';
import type { PitrPromise, Policies, Policy } from '../../model/policy.ts';
import type { RecoveryPoint } from '../../model/recovery-point.ts';
import type { TaggedTable } from '../../model/table.ts';
import type { Target } from '../../model/target.ts';
import { drillsByTable } from '../drill/proof.ts';
import { endingShareText, endsByRule, fateOf, type GoneFate, stayText } from '../findings/gone-text.ts';
import { type Amount, sumOf } from '../money/amount.ts';
import { billAt } from '../money/bill.ts';
import { PRICES } from '../money/prices.ts';
import { storedPoint } from '../money/stored.ts';
import { type Governance, govern } from '../policy/govern.ts';
import { nextSlots } from '../policy/text.ts';
import { type GoneShare, goneShareOf } from '../retention/gone-points.ts';
import { goneRecordOf } from '../retention/gone-tables.ts';
import { holdOf } from '../scene/hold.ts';
import { promisesOf } from '../scene/pitr.ts';
import type { Scene } from '../scene/scene.ts';
import { lockedPoints, withheldBy } from '../scene/table-keys.ts';
import { nearest } from '../text/nearest.ts';
import { type SeenFinding, withFirstSeen } from './first-seen.ts';
import { type Proof, proofOf } from './if-lost.ts';

/** What an explanation is drawn from: everything that one look saw and decided. */
export interface ExplanationInput {
  readonly policies: Policies;
  readonly observation: Observation;
  readonly plan: Plan;
  readonly openFindings: readonly OpenFinding[];
  /** What was remembered; without it nothing is said of what becomes of a deleted table. */
  readonly memory?: Memory;
  readonly scene?: Pick<Scene, 'own' | 'regimes'>;
}

/** A policy that governs the table, and when it asks for the next recovery point. */
export interface GoverningPolicy {
  readonly policy: Policy;
  readonly nextSlot: Instant;
}

/** `tagged`: it carries the policy tag · `untagged`: it is there without · `missing`: no table of that name was seen. */
export type Presence = 'tagged' | 'untagged' | 'missing';

/** What becomes of what is left of a deleted table. */
export interface LeftOfGone {
  readonly fate: GoneFate;
  readonly share: GoneShare;
  /** Whether a policy ends it, or some of it. */
  readonly isEnding: boolean;
  /** What becomes of it, and why. */
  readonly says: string;
}

/** All that is known of one table. */
export interface Explanation {
  readonly name: string;
  readonly presence: Presence;
  /** The name that was most likely meant, where no such table was seen. */
  readonly nearest?: string;
  readonly table?: TaggedTable;
  readonly governance?: Governance;
  /** Sorted by name. */
  readonly policies: readonly GoverningPolicy[];
  readonly verdict?: Verdict;
  /** Ours, of whatever incarnation and policy: by policy, newest slot first. */
  readonly recoveryPoints: readonly RetentionDecision[];
  /** Those of them that cannot be restored, or may not, because of a key, by id. */
  readonly locked: ReadonlyMap<string, PointLock>;
  /** What becomes of what is left of a deleted table; absent where the table is there, or nothing is left. */
  readonly left?: LeftOfGone;
  /** Since when a person asks to keep what is left of it, now or once it is deleted; absent where nobody does. */
  readonly keptSince?: Instant;
  /** User-made recovery points that this deployment did not make. */
  readonly othersCount: number;
  /** Those of them that are in vaults at home and that AWS Backup will never delete by itself; absent where there are none. */
  readonly othersEndless?: { readonly count: number; readonly usdAMonth: Amount };
  /** Why no second of point-in-time recovery can be restored; absent where they can. */
  readonly withheld?: Withheld;
  /** The longest one promised. */
  readonly pitrPromise?: PitrPromise;
  /** What drills proved most of it, and last; absent where none proved anything, or nobody asks for drills. */
  readonly proof?: Proof;
  readonly findings: readonly SeenFinding[];
  /** Open from earlier runs and not found by this look, which may not be able to. */
  readonly earlierFindings: readonly OpenFinding[];
}

const presenceOf = (name: string, { tables, tableNames = [] }: Observation): Presence => {
  if (tables.some((table) => table.name === name)) return 'tagged';
  return tableNames.includes(name) ? 'untagged' : 'missing';
};

const knownNames = ({ tables, tableNames = [] }: Observation): readonly string[] => [
  ...new Set([...tables.map(({ name }) => name), ...tableNames]),
];

/** What the tag of the table asks for. */
const tagPart = (table: TaggedTable | undefined, { observation, policies, plan }: ExplanationInput) => {
  if (table === undefined) return { policies: [] };
  const governance = govern(policies, table.tags[policies.tag] ?? '');
  const governing = governance.policies.map((policy) => ({
    policy,
    nextSlot: nextSlots(policy, plan.plannedAt, 1)[0] ?? plan.plannedAt,
  }));
  const [pitrPromise] = promisesOf(governance).toSorted(
    (a, b) => b.recoveryPeriodDays - a.recoveryPeriodDays,
  );
  const withheld = withheldBy(observation.keyFacts)(table);
  return {
    ...{ table, governance, policies: governing },
    ...(withheld !== undefined && { withheld }),
    ...(pitrPromise !== undefined && { pitrPromise }),
  };
};

/** A recovery point in a vault has its end from when it is made, or none. */
const endlessPart = (
  others: readonly RecoveryPoint[],
  target: Target,
  now: Instant,
): Pick<Explanation, 'othersEndless'> => {
  const endless = others.filter(
    ({ deletesAt, location, status }) =>
      location.vault !== undefined && deletesAt === undefined && status === 'available',
  );
  if (endless.length === 0) return {};
  const billed = endless.map((point) => storedPoint(point, target, { now }));
  const usdAMonth = sumOf(Object.values(billAt(billed, now, PRICES)));
  return { othersEndless: { count: endless.length, usdAMonth } };
};

const saysOf = (fate: GoneFate, policies: Policies): string =>
  fate.standing.kind === 'kept'
    ? 'Tablekeeper does not delete them, because a person asked to keep them.'
    : stayText(fate, policies);

const leftPart = (
  name: string,
  recoveryPoints: readonly RetentionDecision[],
  { memory, observation, plan, policies, scene }: ExplanationInput,
): Pick<Explanation, 'left'> => {
  if (memory === undefined || scene === undefined || recoveryPoints.length === 0) return {};
  if (presenceOf(name, observation) !== 'missing') return {};
  const gone = plan.memory;
  const now = plan.plannedAt;
  const names = recoveryPoints.map(({ policy }) => policy);
  const fate = fateOf(name, names, { gone, memory, now, policies });
  const series = [...scene.own.values()].filter(({ table }) => table === name);
  const share = goneShareOf(series, goneRecordOf(gone, name), { policies, regimes: scene.regimes, now });
  const isEnding = endsByRule(fate);
  return {
    left: { fate, share, isEnding, says: isEnding ? endingShareText(fate, share) : saysOf(fate, policies) },
  };
};

const keptPart = (name: string, { memory }: ExplanationInput): Pick<Explanation, 'keptSince'> => {
  const kept = memory?.keptTables?.find(({ keptTable }) => keptTable === name);
  return kept === undefined ? {} : { keptSince: kept.keptAt };
};

const pointsPart = (name: string, input: ExplanationInput) => {
  const { observation, plan } = input;
  const recoveryPoints = plan.retention.filter(({ recoveryPoint }) => recoveryPoint.tableName === name);
  const ours = new Set(recoveryPoints.map(({ recoveryPoint }) => recoveryPoint.id));
  const others = observation.recoveryPoints.filter(
    ({ id, tableName }) => tableName === name && !ours.has(id),
  );
  return {
    recoveryPoints,
    locked: lockedPoints(
      observation,
      recoveryPoints.map(({ recoveryPoint }) => recoveryPoint),
    ),
    ...leftPart(name, recoveryPoints, input),
    ...keptPart(name, input),
    othersCount: others.length,
    ...endlessPart(others, observation.target, plan.plannedAt),
  };
};

/** That of the key of a vault is one for all tables. */
const findingsPart = (
  name: string,
  { plan, openFindings }: ExplanationInput,
  locked: Explanation['locked'],
) => {
  const ofKeys = new Set([...locked.values()].map(({ arn }) => findingId('vault-key-unusable', arn)));
  const isAbout = ({ id, table }: Finding): boolean => table === name || ofKeys.has(id);
  const findings = withFirstSeen(plan.findings.filter(isAbout), openFindings);
  const found = new Set(findings.map(({ id }) => id));
  return {
    findings,
    earlierFindings: openFindings.filter((one) => isAbout(one) && !found.has(one.id)),
  };
};

/**
 * Collects everything that one look shows about a table. A table that does not exist, or has no policy tag, is explained as such, with its remaining
 * recovery points; the nearest name is suggested if no such table was seen.
 */
export const explanationOf = (input: ExplanationInput, name: string): Explanation => {
  const { observation, plan } = input;
  const presence = presenceOf(name, observation);
  const meant = presence === 'missing' ? nearest(name, knownNames(observation)) : undefined;
  const proof = proofOf(drillsByTable(observation.drills ?? [], observation.tables).get(name));
  const verdict = plan.verdicts.find(({ table }) => table === name);
  const points = pointsPart(name, input);
  return {
    name,
    presence,
    ...(meant !== undefined && { nearest: meant }),
    ...tagPart(
      observation.tables.find((table) => table.name === name),
      input,
    ),
    ...(verdict !== undefined && { verdict }),
    ...(proof !== undefined && { proof }),
    ...points,
    ...findingsPart(name, input, points.locked),
  };
};

/** Whether a single tag stops all expiry for its table, by its value or because its meaning is unclear. */
export const stopsExpiry = (key: string, value: string): boolean =>
  holdOf({ tags: { [key]: value } }).kind !== 'none';
