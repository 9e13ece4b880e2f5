import { type Advice, advise, followedBy } from '../../model/advice.ts';
import type { ToldFinding } from '../../model/alert-message.ts';
import { bySeverity } from '../../model/finding.ts';
import { DAY_MS, HOUR_MS, type Instant } from '../../model/instant.ts';
import type { OpenFinding } from '../../model/memory.ts';
import { PLAN_COMMAND } from '../text/commands.ts';
import { counted, listed } from '../text/words.ts';
import { rhythmOf } from './flapping.ts';
import type { News } from './news.ts';

/** News as it is told: fewer entries, the same findings. */
export type ToldNews = Readonly<Record<keyof News, readonly ToldFinding[]>>;

/** Three of a kind are still read one by one. */
const LEAST_GROUPED = 4;

/** More entries than these of one kind and cause are joined, although their tables need different things. */
const MOST_ENTRIES = 10;

const timeText = (ms: number): string => (ms < 7 * DAY_MS ? `${ms / HOUR_MS} h` : `${ms / DAY_MS} days`);

/** What is wrong: findings with one key have one kind, one severity, now and when they were told, and, where they carry any, one cause. */
const keyOf = ({ kind, severity, cause, flapping, toldSeverity }: OpenFinding): string =>
  JSON.stringify([kind, severity, cause, flapping, toldSeverity]);

/** What helps. Advice without a mark is the same where it is so to the letter. */
const remedyOf = ({ remedy, advice }: OpenFinding): string => remedy ?? JSON.stringify(advice);

/** Who is told that something flaps is told what that means, too. */
const flappingText = ({ flapping, openedAt, returns = [] }: OpenFinding): string => {
  const rhythm = flapping === undefined ? undefined : rhythmOf(returns, openedAt);
  if (rhythm === undefined) return '';
  const { times, withinMs, settledMs } = rhythm;
  return (
    ` It came back ${times} times within ${timeText(withinMs)}, so its coming and going is no longer told: only when it gets ` +
    `worse, when it has stayed for long, and once it has stayed away for ${timeText(settledMs)}.`
  );
};

const tablesOf = (findings: readonly OpenFinding[]): readonly string[] => [
  ...new Set(findings.flatMap(({ table }) => (table === undefined ? [] : [table]))),
];

type Group = readonly [OpenFinding, ...OpenFinding[]];

/** What a list of the news says of one finding; of several, it is said of the first, as an example. */
type FactOf = (finding: OpenFinding) => string;

const least = (instants: readonly Instant[]): Instant =>
  instants.reduce((one, other) => Math.min(one, other), Number.POSITIVE_INFINITY);

/** Several that flapped were over by the time that the last of them was. */
const lastOver = (group: Group): Pick<OpenFinding, 'resolvedAt'> => {
  const ends = group.flatMap(({ resolvedAt }) => resolvedAt ?? []);
  return ends.length === 0 ? {} : { resolvedAt: ends.reduce((one, other) => Math.max(one, other)) };
};

const needsOf = (group: Group): readonly string[] => [
  ...new Set(
    group.flatMap(({ table, needs }) =>
      table === undefined || needs === undefined ? [] : `${table}=${needs}`,
    ),
  ),
];

/** SAFETY: whoever gives every table what one of them needs may take from it what it has, so it is said only where it is true. */
const howFar = (group: Group): string => {
  if (new Set(group.map(remedyOf)).size === 1) return 'as an example: each of the others needs the same';
  const needs = needsOf(group);
  return needs.length === 0
    ? 'and for it alone: what the others need differs'
    : `and for it alone. What each needs: ${listed(needs)}`;
};

/** The first one's advice is an example; where the others stand is said after it. */
const sharedAdvice = (group: Group): Advice => {
  const [{ advice, table, id }] = group;
  const rest = `This is for ${table ?? id}, ${howFar(group)}. All of them are shown by:`;
  return followedBy(advice, advise(rest, PLAN_COMMAND));
};

/** Told as one: the first speaks for all, and the oldest says since when. */
const asOne = (group: Group, factOf: FactOf): ToldFinding => {
  const [first] = group;
  const { table: _, policy: _policy, remedy: _remedy, needs: _needs, denials: _denials, ...shared } = first;
  const tables = tablesOf(group);
  const example = factOf(first);
  return {
    ...shared,
    id: `${first.kind} (${counted(group.length, 'finding')})`,
    since: least(group.map(({ since }) => since)),
    openedAt: least(group.map(({ openedAt }) => openedAt)),
    ...lastOver(group),
    fact: [
      `${listed(tables.length > 0 ? tables : group.map(({ id }) => id))}.`,
      ...(example === '' ? [] : [`The first of them: ${example}`]),
    ].join(' '),
    advice: sharedAdvice(group),
    count: group.length,
    ...(tables.length > 0 && { tables: tables.length }),
  };
};

/** How findings that are wrong in one way are parted into entries. */
type Parted = (findings: readonly OpenFinding[]) => readonly (readonly OpenFinding[])[];

const together: Parted = (findings) =>
  findings.length >= LEAST_GROUPED ? [findings] : findings.map((finding) => [finding]);

/** Those that need the same are one entry. Where that leaves too many, the largest stay, and one more takes what each table of the rest needs. */
const byRemedy: Parted = (findings) => {
  const entries = [...Map.groupBy(findings, remedyOf).values()].flatMap(together);
  if (entries.length <= MOST_ENTRIES) return entries;
  const largest = entries
    .filter(({ length }) => length >= LEAST_GROUPED)
    .toSorted((a, b) => b.length - a.length)
    .slice(0, MOST_ENTRIES - 1);
  const apart = new Set(largest.flat());
  return [...largest, findings.filter((finding) => !apart.has(finding))];
};

const grouped = (
  findings: readonly OpenFinding[],
  factOf: FactOf,
  parted: Parted = byRemedy,
): readonly ToldFinding[] =>
  [...Map.groupBy(findings.toSorted(bySeverity), keyOf).values()]
    .flatMap(parted)
    .flatMap(([first, ...others]): readonly ToldFinding[] => {
      if (first === undefined) return [];
      if (others.length > 0) return [asOne([first, ...others], factOf)];
      const { denials: _, ...only } = first;
      return [{ ...only, fact: factOf(first) || first.fact }];
    })
    .toSorted(bySeverity);

const AS_NEW: FactOf = (finding) => finding.fact + flappingText(finding);
const AGAIN: FactOf = ({ fact }) => fact;
const AS_OVER: FactOf = () => '';

/**
 * Joins news: four findings or more of one kind, severity and cause whose tables need the same are one entry that lists the first twenty
 * tables and counts them all, with the advice of the first as an example. Where that leaves more than ten entries, the rest are one that says
 * what each table needs. What is resolved needs nothing. Those whose kind knows no cause share the kind alone. Every list stays sorted: worst
 * first, then by id.
 */
export const toldNews = ({ opened, worsened, reminders, resolved }: News): ToldNews => ({
  opened: grouped(opened, AS_NEW),
  worsened: grouped(worsened, AS_NEW),
  reminders: grouped(reminders, AGAIN),
  resolved: grouped(resolved, AS_OVER, together),
});

/** Given what is told, returns how many findings that is. */
export const countOf = (told: readonly ToldFinding[]): number =>
  told.reduce((sum, { count = 1 }) => sum + count, 0);
