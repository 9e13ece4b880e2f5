import { failureText } from '../../model/failure.ts';
import type { Finding } from '../../model/finding.ts';
import { DAY_MS, type Instant, MINUTE_MS } from '../../model/instant.ts';
import type { OpenFinding } from '../../model/memory.ts';
import type { Facet, Gap } from '../../model/observation.ts';
import type { RpoStatus, SeenStatus } from '../../model/picture.ts';
import type { Verdict, VerdictStatus } from '../../model/plan.ts';
import { kindsThat } from '../findings/catalogue.ts';
import { ATTEMPTED_KINDS } from '../findings/kinds.ts';
import { ageText, minuteText } from '../text/time.ts';
import { counted } from '../text/words.ts';
import type { JudgedTable } from './seen-tables.ts';

/** What verdicts are based on, besides the tables: findings, what could not be read, and what failed before. */
export interface Evidence {
  readonly findings: readonly Finding[];
  /** Of whole lists; those of single tables are beside them. */
  readonly gaps: readonly Gap[];
  readonly openFindings: readonly OpenFinding[];
  readonly now: Instant;
  /** When the tables were seen, where that was before now: the reason says so, and what was resolved since is known of findings alone. */
  readonly seenAt?: (table: string) => Instant;
}

/** One table's part of the evidence. */
interface Case {
  readonly seen: JudgedTable;
  /** Its status under each of its policies. */
  readonly statuses: readonly SeenStatus[];
  readonly findings: readonly Finding[];
  readonly gaps: readonly Gap[];
  readonly now: Instant;
}

/** What a reason says, and whether a finding says so or the look did. */
interface Said {
  readonly text: string;
  readonly isOfFinding?: true;
}

interface Judgement {
  readonly status: VerdictStatus;
  readonly reasons: readonly Said[];
}

/** What was not seen is evaluated here, and what is kept for too long can still be restored. */
const BREAKS_NOTHING = kindsThat(({ breaksPromise }) => breaksPromise === false);

/** No observation shows these; the run that attempts the action again closes them. */
const SHOWN_BY_OUTCOMES: ReadonlySet<string> = new Set(ATTEMPTED_KINDS.map(({ kind }) => kind));

const NOT_GOVERNED = 'its tag names no policy that exists';
const LEAVING = 'it is being deleted';

const seenText = (text: string): Said => ({ text });
const factOf = ({ fact }: Finding): string => fact.replace(/\.$/, '');
const foundTexts = (facts: readonly string[]): readonly Said[] =>
  [...new Set(facts)].map((text) => ({ text, isOfFinding: true }));

const textsOf = ({ statuses }: Case, ...kinds: readonly RpoStatus['kind'][]): readonly Said[] =>
  statuses.filter(({ kind }) => kinds.includes(kind)).map(({ text }) => ({ text }));

const brokenPromises = (it: Case): readonly Said[] => {
  const broken = it.findings.filter(({ kind, severity }) => severity !== 'info' && !BREAKS_NOTHING.has(kind));
  const isLateFound = broken.some(({ kind }) => kind === 'recovery-point-overdue');
  const late = isLateFound ? [] : textsOf(it, 'late', 'missing');
  const isNameless = it.seen.policies.length === 0 && broken.length === 0;
  return [
    ...(it.seen.withheld === 'deletion' ? [seenText(LEAVING)] : []),
    ...(isNameless ? [seenText(NOT_GOVERNED)] : []),
    ...foundTexts(broken.map(factOf).toSorted()),
    ...late,
  ];
};

/** SAFETY: of a table whose key cannot be used, or that is being deleted, a window gives no second back. */
const pitrText = ({ seen: { pitr, withheld } }: Case): readonly Said[] => {
  const { enabled, earliestRestorableAt: earliest } = pitr ?? {};
  if (enabled !== true || withheld !== undefined) return [];
  return [
    seenText(
      `point-in-time recovery ${earliest === undefined ? 'is on' : `reaches back to ${minuteText(earliest)}`}`,
    ),
  ];
};

const isPitrPromised = ({ policies }: JudgedTable): boolean =>
  policies.some(({ promisesPitr }) => promisesPitr);

const PITR_UNSEEN = 'point-in-time recovery was not looked at';

/** Only audits read it, and only where a policy promises it. */
const unreadPitr = ({ seen: { pitr } }: Case): readonly Said[] =>
  pitr === undefined ? [seenText(PITR_UNSEEN)] : [];

/** What the verdict needs and the look could not see. */
const unseen = (it: Case): readonly Said[] => {
  const missing = new Set<Facet>();
  if (it.seen.tableId === undefined) missing.add('details');
  if (it.seen.pitr === undefined && isPitrPromised(it.seen)) missing.add('pitr');
  const gaps = it.gaps.filter(({ facet }) => missing.has(facet));
  return [
    ...gaps.map(({ facet, failure }) => seenText(`${facet} could not be read: ${failureText(failure)}`)),
    ...textsOf(it, 'unseen'),
  ];
};

/** What this run switches on for the first time is information as a finding, and is promised and off all the same. */
const pitrNotOn = ({ findings, seen }: Case): readonly Said[] =>
  foundTexts(
    findings
      .filter(({ kind, severity }) => kind === 'pitr-off' && severity === 'info' && isPitrPromised(seen))
      .map(factOf),
  );

/**
 * A window that covers less than a backup would, with no recovery point beside it, does not keep the promise yet. A day is
 * enough for any schedule.
 */
const thinWindow = ({ now, seen: { hasPoint, pitr, policies, withheld } }: Case): readonly Said[] => {
  if (hasPoint || withheld !== undefined || pitr?.enabled !== true || policies.length === 0) return [];
  const spanMs = now - (pitr.earliestRestorableAt ?? now);
  const neededMs = Math.min(DAY_MS, ...policies.map(({ rpoMs }) => rpoMs));
  if (spanMs >= neededMs) return [];
  const reach = spanMs < MINUTE_MS ? 'less than a minute' : ageText(spanMs);
  return [
    seenText(`no recovery point can be restored yet, and point-in-time recovery reaches back only ${reach}`),
  ];
};

const nothingText = ({ seen: { pitr, withheld } }: Case): readonly Said[] => {
  if (withheld === 'key') return [seenText('nothing can be restored while its key cannot be used')];
  return pitr === undefined
    ? [seenText('no recovery point can be restored'), seenText(PITR_UNSEEN)]
    : [seenText('nothing restorable exists')];
};

/** SAFETY: a copy elsewhere brings the table back, so that nobody gives it up, and nobody lets the copy go. */
const copiesText = ({ seen: { copies } }: Case): readonly Said[] => {
  if (copies === undefined) return [];
  const { count, createdAt, region, vault } = copies;
  const which = `${counted(count, 'copy', 'copies')} of what there was can be restored, the newest of ${minuteText(createdAt)} in ${vault} in ${region}`;
  return [seenText(`no recovery point at home can be restored; ${which}`)];
};

const judge = (it: Case): Judgement => {
  const pitr = pitrText(it);
  const broken = [...brokenPromises(it), ...pitrNotOn(it), ...thinWindow(it)];
  const notSeen = unseen(it);
  const isNothingRestorable = !it.seen.hasPoint && pitr.length === 0;
  const isLate = textsOf(it, 'late').length > 0;
  if (isNothingRestorable && notSeen.length > 0 && !isLate) return { status: 'unknown', reasons: notSeen };
  if (isNothingRestorable && it.seen.copies !== undefined)
    return { status: 'at-risk', reasons: [...copiesText(it), ...broken] };
  if (isNothingRestorable && !isLate)
    return { status: 'unprotected', reasons: [...nothingText(it), ...broken] };
  if (broken.length > 0) return { status: 'at-risk', reasons: broken };
  if (notSeen.length > 0) return { status: 'unknown', reasons: notSeen };
  const kept = [...textsOf(it, 'kept', 'none'), ...pitr, ...unreadPitr(it)];
  const isSeenAll = it.seen.pitr !== undefined || !isPitrPromised(it.seen);
  return { status: isSeenAll ? 'protected' : 'unknown', reasons: kept };
};

/** What a look saw may have changed since: the reason says when that was, and what findings say comes first. */
const reasonText = (reasons: readonly Said[], seenAt: Instant | undefined): string => {
  const textsIn = (some: readonly Said[]): string => some.map(({ text }) => text).join('; ');
  if (seenAt === undefined) return textsIn(reasons);
  const [found, seen] = [
    reasons.filter(({ isOfFinding }) => isOfFinding),
    reasons.filter(({ isOfFinding }) => !isOfFinding),
  ];
  return [
    ...(found.length > 0 ? [textsIn(found)] : []),
    ...(seen.length > 0 ? [`as of ${minuteText(seenAt)}: ${textsIn(seen)}`] : []),
  ].join('; ');
};

/** A finding that said so and is resolved since: a later run saw that it is over, by a newer recovery point or by a policy that allows more. */
const statusNow = (status: SeenStatus, findings: readonly Finding[]): SeenStatus => {
  const isOpen = findings.some(
    ({ kind, policy }) => kind === 'recovery-point-overdue' && policy === status.policy,
  );
  return status.isReported === true && !isOpen
    ? { policy: status.policy, kind: 'kept', text: `what was overdue of ${status.policy} is resolved since` }
    : status;
};

/**
 * Evaluates tables, in their order. `unprotected`: nothing restorable was seen · `at-risk`: a promise is broken, or only copies elsewhere are left · `protected`: all promises are
 * kept · `unknown`: it could not be read, or the look did not look at everything that is promised, or not far enough back.
 */
export const verdictsOf = (tables: readonly JudgedTable[], evidence: Evidence): readonly Verdict[] => {
  const { findings, gaps, now, openFindings, seenAt } = evidence;
  const failing = openFindings.filter(({ kind }) => SHOWN_BY_OUTCOMES.has(kind));
  const wrongWith = Map.groupBy([...findings, ...failing], ({ table }) => table);
  const ofAll = gaps.filter(({ table }) => table === undefined);
  const caseOf = (seen: JudgedTable): Case => {
    const found = wrongWith.get(seen.name) ?? [];
    return {
      seen,
      statuses: seen.statuses.map((status) => statusNow(status, found)),
      findings: found,
      gaps: [...seen.gaps, ...ofAll],
      now: seenAt?.(seen.name) ?? now,
    };
  };
  return tables.map((seen) => {
    const { reasons, status } = judge(caseOf(seen));
    return { table: seen.name, status, reason: reasonText(reasons, seenAt?.(seen.name)) };
  });
};
