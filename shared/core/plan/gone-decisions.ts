import { DAY_MS, type Instant, isoInstant } from '../../model/instant.ts';
import type { GoneTable } from '../../model/memory.ts';
import type { Observation } from '../../model/observation.ts';
import type { RetentionDecision } from '../../model/plan.ts';
import { isCoverageDown } from '../protection/coverage-down.ts';
import { notEnding, tablesAtWork } from '../retention/gone-points.ts';
import { type GoneStanding, goneRecordOf, standingUnder } from '../retention/gone-tables.ts';
import type { OwnedRecoveryPoints, OwnPoint } from '../scene/own-points.ts';
import { expiryGaps, vaultGaps } from '../scene/reach.ts';
import type { PlanInput, Scene } from '../scene/scene.ts';
import { daysText } from '../text/time.ts';

const RULE = 'afterDeletion';

const KEPT: Readonly<Record<Exclude<GoneStanding['kind'], 'unruled'>, (at: Instant) => string>> = {
  unseen: () =>
    `its table is gone, and no audit saw it go while the policy governed it, or a table of its name was there again since: ${RULE} does not end it`,
  held: () => 'its table was on hold when it went',
  kept: () => 'its table is gone, and a person asked to keep what is left of it',
  ends: (at) => `its table is gone, and ${RULE} keeps it until ${isoInstant(at)} at the least`,
  waits: () =>
    `its table is gone and the time of ${RULE} is over; it stays until people have known it for a week and its turn comes`,
  due: () => '',
};

/** Whatever lets a recovery point of a table that is there stay lets one of a gone table stay. */
const againstTable = (
  { table, points }: OwnedRecoveryPoints,
  input: PlanInput,
  {
    atWork,
    clockSuspicious,
    governed,
  }: { readonly atWork: ReadonlySet<string> } & Pick<Scene, 'clockSuspicious' | 'governed'>,
): readonly string[] => {
  const { observation } = input;
  const isThere = [...(observation.tableNames ?? []), ...observation.tables.map(({ name }) => name)];
  return [
    ...expiryGaps(observation)(table).map((gap) => `not everything could be seen: ${gap}`),
    ...(clockSuspicious === undefined ? [] : [clockSuspicious]),
    ...(isThere.includes(table) ? [`a table ${table} is listed`] : []),
    ...(points.some(({ recoveryPoint: { status } }) => status === 'creating' || status === 'unknown')
      ? ['one of them is still being made']
      : []),
    ...(isCoverageDown({ ...input, governed }) ? ['far fewer tables carry the policy tag than before'] : []),
    ...(atWork.has(table) ? ['AWS Backup is at work on one of them'] : []),
  ];
};

const HOLDS = {
  'vault-lock': 'its vault is locked',
  'legal-hold': 'it is under a legal hold',
  refusal: 'AWS Backup refused to delete it, and is asked again later',
} as const;

const holdsOf = ({ recoveryPoint: { heldBy = [] } }: OwnPoint): readonly string[] =>
  heldBy.map(({ kind }) => HOLDS[kind]);

interface Due {
  readonly gone: GoneTable;
  readonly keepDays: number;
  readonly against: readonly string[];
  readonly stays: ReadonlyMap<string, string>;
}

const decide = (point: OwnPoint, policy: string, { gone, keepDays, against, stays }: Due) => {
  const { recoveryPoint } = point;
  const uncounted = stays.get(recoveryPoint.id);
  if (uncounted !== undefined)
    return { recoveryPoint, policy, decision: 'keep', reasons: [uncounted] } as const;
  const because = [...against, ...holdsOf(point)];
  if (because.length > 0) {
    const reasons = because.map((why) => `held back: ${why}`);
    return { recoveryPoint, policy, decision: 'keep', reasons, heldBack: because } as const;
  }
  const reason = `its table is gone since ${isoInstant(gone.since)}, and ${RULE} of ${policy} keeps it ${daysText(keepDays)}`;
  return { recoveryPoint, policy, decision: 'expire', reasons: [reason], isOfGoneTable: true } as const;
};

/** Without a record only a list of names tells whether a table is gone. */
const isUnknown = ({ kind }: GoneStanding, table: string, { tableNames }: Observation): boolean =>
  tableNames?.includes(table) ?? kind === 'unseen';

/**
 * SAFETY: the only place that lets the last recovery point of a table expire. Decides from what audits saved before this run. Returns a function that
 * decides on the recovery points of a table that is gone under one policy; undefined where the table is there, or the policy ends nothing.
 */
export const goneDecisions = (
  { clockSuspicious, governed, regimes }: Scene,
  input: PlanInput,
): ((series: OwnedRecoveryPoints) => readonly RetentionDecision[] | undefined) => {
  const { memory, now, observation, policies } = input;
  const isThere = new Set(governed.map(({ table }) => table.name));
  const atWork = tablesAtWork({ jobs: observation.jobs ?? [], memory });
  return (series) => {
    const { policy, points, table } = series;
    const standing = standingUnder(table, policy, { memory, now, policies });
    if (standing.kind === 'unruled' || isThere.has(table) || isUnknown(standing, table, observation))
      return undefined;
    const gone = goneRecordOf(memory, table);
    const rule = policies.policies.find(({ name }) => name === policy);
    if (standing.kind !== 'due' || gone === undefined || rule?.afterDeletion === undefined) {
      const reasons = [KEPT[standing.kind]('at' in standing ? standing.at : now)];
      return points.map(({ recoveryPoint }) => ({ recoveryPoint, policy, decision: 'keep', reasons }));
    }
    const due = {
      gone,
      keepDays: Math.round(rule.afterDeletion.keepMs / DAY_MS),
      against: [
        ...againstTable(series, input, { atWork, clockSuspicious, governed }),
        ...vaultGaps(observation)(rule),
      ],
      stays: notEnding(series, gone, { policies, regimes, now }),
    };
    return points.map((point) => decide(point, policy, due));
  };
};
