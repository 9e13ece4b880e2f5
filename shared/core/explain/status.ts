import type { DrillState } from '../../model/drill.ts';
import type { Finding } from '../../model/finding.ts';
import type { Instant } from '../../model/instant.ts';
import type { Memory, OpenFinding } from '../../model/memory.ts';
import type { Gap, Observation } from '../../model/observation.ts';
import type { Glimpse, Picture, PointSpan, SeenTable } from '../../model/picture.ts';
import type { Plan, Verdict } from '../../model/plan.ts';
import type { Policies } from '../../model/policy.ts';
import type { RestoreRecord } from '../../model/restore.ts';
import { drillsByTable } from '../drill/proof.ts';
import { evaluate } from '../findings/judged.ts';
import { verdictsOf } from '../plan/verdicts.ts';
import { pastRestores } from '../restore/expected-time.ts';
import type { Scene } from '../scene/scene.ts';
import { minuteText } from '../text/time.ts';
import { type IfLost, ifLost, isTooOld, restoresOfDrills } from './if-lost.ts';
import { datedTables, pictureOf } from './picture.ts';

/** One table that opted in, and how it stands. */
export interface TableStatus {
  readonly verdict: Verdict;
  /** The names of the policies that govern it, sorted. */
  readonly policies: readonly string[];
  /** Absent where none can be restored. */
  readonly points?: PointSpan;
  readonly ifLost: IfLost;
  /** When it was seen; absent where that is now. */
  readonly seenAt?: Instant;
}

/** How the tables of an account stand, and what is wrong with them. */
export interface Standing {
  /** Sorted by name. */
  readonly tables: readonly TableStatus[];
  /** Found just now, or by an earlier run and not disproved by this look. `since` is when it was first found. */
  readonly findings: readonly Finding[];
}

/** What drills and people restored. */
export interface Proven {
  /** What drills came to. */
  readonly drills: readonly DrillState[];
  /** What people restored; absent where that was not read. */
  readonly restores?: readonly RestoreRecord[];
}

/** What one look saw and decided, and what the functions left. */
export interface StatusInput extends Proven {
  readonly policies: Policies;
  readonly observation: Observation;
  readonly scene: Scene;
  readonly plan: Plan;
  readonly memory: Memory;
  readonly openFindings: readonly OpenFinding[];
}

/** What audits and hints left, in place of a look. */
export interface StoredInput extends Proven {
  readonly picture: Picture;
  readonly glimpses: readonly Glimpse[];
  readonly openFindings: readonly OpenFinding[];
  readonly now: Instant;
}

/** Lists what earlier runs found and this look neither found nor can see to be over: an audit keeps it open. */
export const stillOpen = ({
  memory,
  observation,
  scene,
  plan,
  openFindings,
}: Pick<
  StatusInput,
  'memory' | 'observation' | 'openFindings' | 'plan' | 'scene'
>): readonly OpenFinding[] => {
  const { findings: found, mode } = plan;
  const { governed } = scene;
  const { resolvable, withdrawn } = evaluate(openFindings, {
    ...{ mode, observation, found, governed, outcomes: [], vaultRecords: memory.vaultRecords },
  });
  const foundIds = new Set(found.map(({ id }) => id));
  const isOver = ({ id }: Finding): boolean => foundIds.has(id) || resolvable.has(id) || withdrawn.has(id);
  return openFindings.filter((finding) => !isOver(finding));
};

/** Adds to what was found now what is open and cannot be seen to be over. */
const findingsNow = (input: StatusInput): readonly Finding[] => {
  const open = new Map(input.openFindings.map((finding) => [finding.id, finding]));
  const sinceOf = ({ id, since }: Finding): Instant => Math.min(since, open.get(id)?.openedAt ?? since);
  return [...input.plan.findings, ...stillOpen(input)].map((finding) => ({
    ...finding,
    since: sinceOf(finding),
  }));
};

/** What tables are seen by, and how old that is. */
interface Basis extends Proven {
  readonly tables: readonly SeenTable[];
  readonly gaps: readonly Gap[];
  readonly findings: readonly Finding[];
  readonly openFindings: readonly OpenFinding[];
  readonly region: string;
  readonly now: Instant;
  /** When each was seen; absent where that is now. */
  readonly seenAt?: (table: string) => Instant;
}

/** Says of each table what would become of it. */
const lossesIn = ({ drills, now, region, restores = [], seenAt, tables }: Basis) => {
  const states = drillsByTable(
    drills,
    tables.map(({ name, tableId }) => ({ name, ...(tableId !== undefined && { details: { tableId } }) })),
  );
  const scope = { now, region, past: [...restoresOfDrills(drills), ...pastRestores(restores)] };
  return (table: SeenTable): IfLost =>
    ifLost({ table, drills: states.get(table.name), seenAt: seenAt?.(table.name) }, scope);
};

const standOf = (basis: Basis): Standing => {
  const { findings, gaps, now, openFindings, seenAt, tables } = basis;
  const evidence = { findings, gaps, now, openFindings };
  const verdicts = verdictsOf(tables, { ...evidence, ...(seenAt !== undefined && { seenAt }) });
  const lossOf = lossesIn(basis);
  return {
    findings,
    tables: tables.map((seen, at): TableStatus => {
      const verdict = verdicts[at] ?? { table: seen.name, status: 'unknown', reason: '' };
      const policies = seen.policies.map(({ name }) => name);
      const { points } = seen;
      return {
        ...{ verdict, policies, ifLost: lossOf(seen) },
        ...(points !== undefined && { points }),
        ...(seenAt !== undefined && { seenAt: seenAt(seen.name) }),
      };
    }),
  };
};

/** Sums up how every table stands, by a look. */
export const standingOf = (input: StatusInput): Standing => {
  const { drills, observation, openFindings, plan, restores = [] } = input;
  const findings = findingsNow(input);
  return standOf({
    tables: pictureOf({ ...input, findings }).tables,
    ...{ drills, findings, openFindings, restores },
    gaps: observation.gaps,
    region: observation.target.region,
    now: plan.plannedAt,
  });
};

/** SAFETY: what nobody has seen for so long is not known, whatever was true of it then. */
const forgotten = (status: TableStatus, seenAt: Instant): TableStatus => ({
  ...status,
  verdict: {
    table: status.verdict.table,
    status: 'unknown',
    reason: `no audit has seen it since ${minuteText(seenAt)}`,
  },
});

const ANNOUNCED: readonly Finding['kind'][] = ['table-deleted', 'table-replaced'];

/** A deletion that people were told of is information from then on, as the next look has it. */
const asOpen = (finding: OpenFinding): Finding => {
  const { kind, notifiedAt, openedAt, severity, since } = finding;
  const isKnown = ANNOUNCED.includes(kind) && notifiedAt !== undefined;
  return { ...finding, since: Math.min(since, openedAt), severity: isKnown ? 'info' : severity };
};

/** Sums up the same by what the last audit saw, and hints since, with the findings that are open now. */
export const storedStanding = (input: StoredInput): Standing => {
  const { glimpses, now, openFindings, picture } = input;
  const tables = datedTables(picture, glimpses);
  const times = new Map(tables.map(({ name, seenAt }) => [name, seenAt]));
  const seenAt = (table: string): Instant => times.get(table) ?? picture.at;
  const findings = openFindings.map(asOpen);
  const { target, gaps } = picture;
  const standing = standOf({ ...input, tables, gaps, findings, region: target.region, now, seenAt });
  return {
    ...standing,
    tables: standing.tables.map((one) => {
      const at = seenAt(one.verdict.table);
      return isTooOld(at, now) ? forgotten(one, at) : one;
    }),
  };
};
