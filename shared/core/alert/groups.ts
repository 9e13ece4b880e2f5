import type { ToldFinding } from '../../model/alert-message.ts';
import { HOUR_MS, type Instant } from '../../model/instant.ts';
import type { OpenFinding } from '../../model/memory.ts';
import { counted, listed } from '../render/finding-text.ts';
import { REMEMBERED_MS, SETTLED_MS } from './flapping.ts';
import type { News } from './news.ts';
import { bySeverity } from './severity-order.ts';

/** News as it is told: fewer entries, the same findings. */
export type ToldNews = Readonly<Record<keyof News, readonly ToldFinding[]>>;

/** Three of a kind are still read one by one. */
const LEAST_GROUPED = 4;

const hours = (ms: number): string => `${ms / HOUR_MS} h`;

/** Findings with one key have one kind, one severity, now and when they were told, and, where they carry any, one cause. */
const keyOf = ({ kind, severity, cause, flapping, toldSeverity }: OpenFinding): string =>
  JSON.stringify([kind, severity, cause, flapping, toldSeverity]);

/** Who is told that something flaps is told what that means, too. */
const flappingText = ({ flapping, returns = [] }: OpenFinding): string =>
  flapping === undefined
    ? ''
    : ` It came back ${returns.length} times within ${hours(REMEMBERED_MS)}, so its coming and going is no longer told: only when it gets ` +
      `worse, when it has stayed for long, and once it has stayed away for ${hours(SETTLED_MS)}.`;

const tablesOf = (findings: readonly OpenFinding[]): readonly string[] => [
  ...new Set(findings.flatMap(({ table }) => (table === undefined ? [] : [table]))),
];

type Group = readonly [OpenFinding, ...OpenFinding[]];

/** How one list of the news is told. */
interface Manner {
  readonly mayJoin: (finding: OpenFinding) => boolean;
  /** What is said of one of them; of several, it is said of the first, as an example. */
  readonly factOf: (finding: OpenFinding) => string;
}

const least = (instants: readonly Instant[]): Instant =>
  instants.reduce((one, other) => Math.min(one, other), Number.POSITIVE_INFINITY);

/** Several that flapped were over by the time that the last of them was. */
const lastOver = (group: Group): Pick<OpenFinding, 'resolvedAt'> => {
  const ends = group.flatMap(({ resolvedAt }) => resolvedAt ?? []);
  return ends.length === 0 ? {} : { resolvedAt: ends.reduce((one, other) => Math.max(one, other)) };
};

/** Told as one: the first speaks for all, and the oldest says since when. */
const asOne = (group: Group, { factOf }: Manner): ToldFinding => {
  const [first] = group;
  const { table: _, policy: _policy, ...shared } = first;
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
    count: group.length,
    ...(tables.length > 0 && { tables: tables.length }),
  };
};

const grouped = (findings: readonly OpenFinding[], manner: Manner): readonly ToldFinding[] => {
  const inOrder = findings.toSorted(bySeverity);
  const groups = Map.groupBy(inOrder, (finding) => (manner.mayJoin(finding) ? keyOf(finding) : finding.id));
  return [...groups.values()]
    .flatMap((group): readonly ToldFinding[] => {
      const [first, ...others] = group;
      if (first !== undefined && group.length >= LEAST_GROUPED) return [asOne([first, ...others], manner)];
      return group.map((finding) => ({ ...finding, fact: manner.factOf(finding) || finding.fact }));
    })
    .toSorted(bySeverity);
};

const AS_NEW: Manner = {
  mayJoin: ({ cause }) => cause !== undefined,
  factOf: (finding) => finding.fact + flappingText(finding),
};
const AGAIN: Manner = { mayJoin: () => true, factOf: ({ fact }) => fact };
const AS_OVER: Manner = { mayJoin: () => true, factOf: () => '' };

/**
 * Given news, returns it as it is told: four findings or more of one kind, severity and cause are one entry that lists the first twenty tables and
 * counts them all. At the edge new findings without a known cause are told one by one, each with what to do about it; when they are told
 * again, or are over, their kind is enough to tell them together. Every list stays sorted: worst first, then by id.
 */
export const toldNews = ({ opened, worsened, reminders, resolved }: News): ToldNews => ({
  opened: grouped(opened, AS_NEW),
  worsened: grouped(worsened, AS_NEW),
  reminders: grouped(reminders, AGAIN),
  resolved: grouped(resolved, AS_OVER),
});

/** Given what is told, returns how many findings that is. */
export const countOf = (told: readonly ToldFinding[]): number =>
  told.reduce((sum, { count = 1 }) => sum + count, 0);
