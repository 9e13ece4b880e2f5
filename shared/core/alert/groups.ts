import { type Advice, advise, followedBy } from '../../model/advice.ts';
import type { ToldFinding } from '../../model/alert-message.ts';
import { bySeverity } from '../../model/finding.ts';
import { DAY_MS, HOUR_MS, type Instant } from '../../model/instant.ts';
import type { OpenFinding } from '../../model/memory.ts';
import { PLAN_COMMAND } from '../text/commands.ts';
import { counted, listed } from '../text/words.ts';
import { rhythmOf } from './flapping.ts';
import { endedIncidents, incidentsOf } from './incidents.ts';
import type { News } from './news.ts';

/** News as it is reported: fewer entries, the same findings. */
export type ToldNews = Readonly<Record<keyof News, readonly ToldFinding[]>>;

/** Up to three of a kind are listed one by one. */
const LEAST_GROUPED = 4;

/** Above this number of entries of one kind and cause, they are joined although their tables need different fixes. */
const MOST_ENTRIES = 10;

const timeText = (ms: number): string => (ms < 7 * DAY_MS ? `${ms / HOUR_MS} h` : `${ms / DAY_MS} days`);

/** Groups findings by kind, severity (now and as reported), flapping and, where known, cause. */
const keyOf = ({ kind, severity, cause, flapping, toldSeverity }: OpenFinding): string =>
  JSON.stringify([kind, severity, cause, flapping, toldSeverity]);

/** Identifies the fix. Advice without a mark is the same only if it is identical. */
const remedyOf = ({ remedy, advice }: OpenFinding): string => remedy ?? JSON.stringify(advice);

/** Explains what flapping means for further reports. */
const flappingText = ({ flapping, openedAt, returns = [] }: OpenFinding): string => {
  const rhythm = flapping === undefined ? undefined : rhythmOf(returns, openedAt);
  if (rhythm === undefined) return '';
  const { times, withinMs, settledMs } = rhythm;
  return (
    ` It came back ${times} times within ${timeText(withinMs)}, so it is flapping: further changes are suppressed. You are alerted when ` +
    `it gets worse, when it has stayed open for long, and once it has stayed away for ${timeText(settledMs)}.`
  );
};

const tablesOf = (findings: readonly OpenFinding[]): readonly string[] => [
  ...new Set(findings.flatMap(({ table }) => (table === undefined ? [] : [table]))),
];

type Group = readonly [OpenFinding, ...OpenFinding[]];

/** What a list of the news says about one finding; for several, about the first, as an example. */
type FactOf = (finding: OpenFinding) => string;

const least = (instants: readonly Instant[]): Instant =>
  instants.reduce((one, other) => Math.min(one, other), Number.POSITIVE_INFINITY);

/** Returns the latest resolution of a group. */
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

/** SAFETY: giving every table what one of them needs may remove what it has, so this says so only where it is true. */
const howFar = (group: Group): string => {
  if (new Set(group.map(remedyOf)).size === 1) return 'as an example: each of the others needs the same';
  const needs = needsOf(group);
  return needs.length === 0
    ? 'and for it alone: what the others need differs'
    : `and for it alone. What each needs: ${listed(needs)}`;
};

/** Gives the first finding's advice as an example, then says how far it applies to the others. */
const sharedAdvice = (group: Group): Advice => {
  const [{ advice, table, id }] = group;
  const rest = `This is for ${table ?? id}, ${howFar(group)}. All of them are shown by:`;
  return followedBy(advice, advise(rest, PLAN_COMMAND));
};

/** Joins a group into one entry: the first represents all, and the oldest gives the time. */
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

/** How findings with one key are split into entries. */
type Parted = (findings: readonly OpenFinding[]) => readonly (readonly OpenFinding[])[];

const together: Parted = (findings) =>
  findings.length >= LEAST_GROUPED ? [findings] : findings.map((finding) => [finding]);

/**
 * Groups findings by fix. If that leaves too many entries, the largest stay and the rest become one that lists what
 * each table needs.
 */
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

/** How a list of the news is told. */
interface Telling {
  readonly factOf: FactOf;
  readonly parted: Parted;
  /** Absent where nobody asks. */
  readonly incidents?: ((group: Group) => readonly string[]) | undefined;
}

const grouped = (
  findings: readonly OpenFinding[],
  { factOf, parted, incidents }: Telling,
): readonly ToldFinding[] =>
  [...Map.groupBy(findings.toSorted(bySeverity), keyOf).values()]
    .flatMap(parted)
    .flatMap(([first, ...others]): readonly ToldFinding[] => {
      if (first === undefined) return [];
      const group: Group = [first, ...others];
      const marks = incidents === undefined ? {} : { incidents: incidents(group) };
      if (others.length > 0) return [{ ...asOne(group, factOf), ...marks }];
      const { denials: _, ...only } = first;
      return [{ ...only, fact: factOf(first) || first.fact, ...marks }];
    })
    .toSorted(bySeverity);

const AS_NEW: FactOf = (finding) => finding.fact + flappingText(finding);
const AGAIN: FactOf = ({ fact }) => fact;
const AS_OVER: FactOf = () => '';

/**
 * Joins news: four findings or more of one kind, severity and cause whose tables need the same fix become one entry
 * that lists the first twenty tables and counts them all, with the advice of the first as an example. If that leaves
 * more than ten entries, the rest become one that lists what each table needs. Resolved findings are grouped without
 * regard to fixes. Kinds without causes are grouped by kind alone. Every list stays sorted: worst first, then by id. With `reported`, what people
 * know of after the message, each entry names its incidents.
 */
export const toldNews = (
  { opened, worsened, reminders, resolved }: News,
  reported?: readonly OpenFinding[],
): ToldNews => {
  const open = { parted: byRemedy, incidents: reported && incidentsOf };
  const over = reported && ((group: Group) => endedIncidents(group, reported));
  return {
    opened: grouped(opened, { ...open, factOf: AS_NEW }),
    worsened: grouped(worsened, { ...open, factOf: AS_NEW }),
    reminders: grouped(reminders, { ...open, factOf: AGAIN }),
    resolved: grouped(resolved, { factOf: AS_OVER, parted: together, incidents: over }),
  };
};

/** Counts the findings that the entries cover. */
export const countOf = (told: readonly ToldFinding[]): number =>
  told.reduce((sum, { count = 1 }) => sum + count, 0);
