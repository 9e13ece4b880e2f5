import { failureText } from '../../model/failure.ts';
import type { Finding } from '../../model/finding.ts';
import { DAY_MS, type Instant, isoInstant, MINUTE_MS } from '../../model/instant.ts';
import type { OpenFinding } from '../../model/memory.ts';
import type { Facet, Gap } from '../../model/observation.ts';
import type { Verdict } from '../../model/plan.ts';
import { ATTEMPTED_KINDS, kindsThat } from '../findings/catalogue.ts';
import { newestOf, type RpoStatus, rpoStatusOf } from '../scene/due.ts';
import type { GovernedTable } from '../scene/governed.ts';
import type { OwnedRecoveryPoints } from '../scene/own-points.ts';
import type { Scene } from '../scene/scene.ts';
import { ageText } from '../text/time.ts';

/**
 * What verdicts are based on, besides the scene: findings, what could not be read, and what failed
 * before.
 */
export interface Evidence {
  readonly findings: readonly Finding[];
  readonly gaps: readonly Gap[];
  readonly openFindings: readonly OpenFinding[];
  readonly now: Instant;
  /** What the last audit saw in place of this look, which did not read point-in-time recovery; absent where a look stands for itself. */
  readonly audited?: Audited;
}

/** The tables whose point-in-time recovery an audit found as promised, each with the oldest second of its window then, and when. */
export interface Audited {
  readonly at: Instant;
  readonly tables: ReadonlyMap<string, Instant>;
}

/** One table's part of the evidence. */
interface Case {
  readonly one: GovernedTable;
  /** Its status under each of its policies. */
  readonly standings: readonly RpoStatus[];
  /** Whether any recovery point of this deployment, of any policy, can be restored. */
  readonly hasPoint: boolean;
  readonly findings: readonly Finding[];
  readonly gaps: readonly Gap[];
  /** When an audit saw its point-in-time recovery as promised, where this look did not read it. */
  readonly auditedAt?: Instant;
  /** The oldest second of its window then. */
  readonly auditedFrom?: Instant | undefined;
}

type Judgement = Omit<Verdict, 'table'>;

/** What was not seen is evaluated here, and what is kept for too long can still be restored. */
const BREAKS_NOTHING = kindsThat(({ breaksPromise }) => breaksPromise === false);

/** No observation shows these; the run that attempts the action again closes them. */
const SHOWN_BY_OUTCOMES: ReadonlySet<string> = new Set(ATTEMPTED_KINDS.map(({ kind }) => kind));

const NOT_GOVERNED = 'its tag names no policy that exists';

const textsOf = ({ standings }: Case, ...kinds: readonly RpoStatus['kind'][]): readonly string[] =>
  standings.filter(({ kind }) => kinds.includes(kind)).map(({ text }) => text);

const brokenPromises = (it: Case): readonly string[] => {
  const broken = it.findings.filter(({ kind, severity }) => severity !== 'info' && !BREAKS_NOTHING.has(kind));
  const isLateFound = broken.some(({ kind }) => kind === 'recovery-point-overdue');
  const late = isLateFound ? [] : textsOf(it, 'late', 'missing');
  const isNameless = it.one.policies.length === 0 && broken.length === 0;
  return [
    ...new Set([
      ...(isNameless ? [NOT_GOVERNED] : []),
      ...broken.map(({ fact }) => fact.replace(/\.$/, '')).toSorted(),
      ...late,
    ]),
  ];
};

const pitrText = ({ one: { table }, auditedAt }: Case): readonly string[] => {
  if (auditedAt !== undefined)
    return [`point-in-time recovery was as promised at the audit of ${isoInstant(auditedAt)}`];
  const { enabled, earliestRestorableAt: earliest } = table.pitr ?? {};
  if (enabled !== true) return [];
  return [
    `point-in-time recovery ${earliest === undefined ? 'is on' : `reaches back to ${isoInstant(earliest)}`}`,
  ];
};

const isPitrPromised = ({ policies }: GovernedTable): boolean =>
  policies.some(({ pitr }) => pitr !== undefined);

const PITR_UNSEEN = 'point-in-time recovery was not looked at';

/** Only audits read it, and only where a policy promises it. */
const unreadPitr = ({ one: { table }, auditedAt }: Case): readonly string[] =>
  table.pitr === undefined && auditedAt === undefined ? [PITR_UNSEEN] : [];

/** What the verdict needs and this run could not see. */
const unseen = (it: Case): readonly string[] => {
  const { table } = it.one;
  const missing = new Set<Facet>();
  if (table.details === undefined) missing.add('details');
  if (table.pitr === undefined && isPitrPromised(it.one)) missing.add('pitr');
  const gaps = it.gaps.filter(({ facet }) => missing.has(facet));
  return [
    ...gaps.map(({ facet, failure }) => `${facet} could not be read: ${failureText(failure)}`),
    ...textsOf(it, 'unseen'),
  ];
};

/** What this run switches on for the first time is information as a finding, and is promised and off all the same. */
const pitrNotOn = ({ findings, one }: Case): readonly string[] =>
  findings
    .filter(({ kind, severity }) => kind === 'pitr-off' && severity === 'info' && isPitrPromised(one))
    .map(({ fact }) => fact.replace(/\.$/, ''));

/**
 * A window that covers less than a backup would, with no recovery point beside it, does not keep the promise yet. A day is
 * enough for any schedule.
 */
const thinWindow = ({ one, auditedAt, auditedFrom, hasPoint }: Case, now: Instant): readonly string[] => {
  const { pitr } = one.table;
  const isOn = pitr?.enabled === true || auditedAt !== undefined;
  if (hasPoint || !isOn || one.policies.length === 0) return [];
  const spanMs = now - (pitr?.earliestRestorableAt ?? auditedFrom ?? now);
  const neededMs = Math.min(DAY_MS, ...one.policies.map(({ rpoMs }) => rpoMs));
  if (spanMs >= neededMs) return [];
  const reach = spanMs < MINUTE_MS ? 'less than a minute' : ageText(spanMs);
  return [`no recovery point can be restored yet, and point-in-time recovery reaches back only ${reach}`];
};

const nothingText = ({ table }: GovernedTable): readonly string[] =>
  table.pitr === undefined
    ? ['no recovery point can be restored', PITR_UNSEEN]
    : ['nothing restorable exists'];

const judge = (it: Case, now: Instant): Judgement => {
  const pitr = pitrText(it);
  const broken = [...brokenPromises(it), ...pitrNotOn(it), ...thinWindow(it, now)];
  const notSeen = unseen(it);
  const isNothingRestorable = !it.hasPoint && pitr.length === 0;
  const isLate = textsOf(it, 'late').length > 0;
  if (isNothingRestorable && notSeen.length > 0 && !isLate)
    return { status: 'unknown', reason: notSeen.join('; ') };
  if (isNothingRestorable && !isLate)
    return { status: 'unprotected', reason: [...nothingText(it.one), ...broken].join('; ') };
  if (broken.length > 0) return { status: 'at-risk', reason: broken.join('; ') };
  if (notSeen.length > 0) return { status: 'unknown', reason: notSeen.join('; ') };
  const kept = [...textsOf(it, 'kept', 'none'), ...pitr, ...unreadPitr(it)].join('; ');
  const isSeenAll = it.one.table.pitr !== undefined || it.auditedAt !== undefined || !isPitrPromised(it.one);
  return { status: isSeenAll ? 'protected' : 'unknown', reason: kept };
};

const isRestorable = ({ table }: GovernedTable, own: OwnedRecoveryPoints, now: Instant): boolean =>
  newestOf({ confirmed: table.details, points: own.points }, now, ['available']) !== undefined;

/**
 * Evaluates every tagged table that did not opt out, sorted by table. `unprotected`: nothing
 * restorable was seen · `at-risk`: a promise is broken · `protected`: all promises are kept ·
 * `unknown`: it could not be read, or this run did not look at everything that is promised, or not
 * far enough back.
 */
export const verdictsOf = (
  { governed, own, reach, streams }: Scene,
  evidence: Evidence,
): readonly Verdict[] => {
  const { audited, findings, gaps, now, openFindings } = evidence;
  const failing = openFindings.filter(({ kind }) => SHOWN_BY_OUTCOMES.has(kind));
  const ownOf = Map.groupBy(own.values(), ({ table }) => table);
  const streamsOf = Map.groupBy(streams, ({ table }) => table);
  const wrongWith = Map.groupBy([...findings, ...failing], ({ table }) => table);
  const gapsOf = Map.groupBy(gaps, ({ table }) => table);
  const isAudited = (one: GovernedTable): boolean =>
    one.table.pitr === undefined && isPitrPromised(one) && audited?.tables.has(one.table.name) === true;
  const caseOf = (one: GovernedTable): Case => ({
    one,
    ...(audited !== undefined &&
      isAudited(one) && { auditedAt: audited.at, auditedFrom: audited.tables.get(one.table.name) }),
    standings: (streamsOf.get(one.table.name) ?? []).map((stream) => rpoStatusOf(stream, now, reach)),
    hasPoint: (ownOf.get(one.table.name) ?? []).some((ofPolicy) => isRestorable(one, ofPolicy, now)),
    findings: wrongWith.get(one.table.name) ?? [],
    gaps: [...(gapsOf.get(one.table.name) ?? []), ...(gapsOf.get(undefined) ?? [])],
  });
  return governed
    .filter(({ optedOut }) => !optedOut)
    .map((one) => ({ table: one.table.name, ...judge(caseOf(one), now) }));
};
