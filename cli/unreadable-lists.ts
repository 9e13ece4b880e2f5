import { failureFix } from '../shared/core/text/failure-fix.ts';
import { WHAT_TO_CHECK } from '../shared/core/text/what-to-check.ts';
import { type Failure, failureText } from '../shared/model/failure.ts';
import type { Finding } from '../shared/model/finding.ts';
import type { Facet, Gap } from '../shared/model/observation.ts';
import type { Session } from './session.ts';

/** What could not be read completely, and what to do about it. */
export interface Blindness {
  /** A sentence or two for each list. */
  readonly notes: readonly string[];
  /** Whether the account itself was not seen, so that no statement about its tables is reliable. */
  readonly isTotal: boolean;
  /** Whether recovery points in vaults were not all seen: their tables are unknown, and a sum over all of them is too small. */
  readonly hidesVaults: boolean;
}

/**
 * Whether nothing can be said of any table without it. Everything else hides only itself: a table whose vault could not be read is unknown, and without
 * the state table nothing is remembered of findings, drills and runs, while AWS still says what is there.
 */
const HIDES_TABLES: Readonly<Record<Facet, boolean>> = {
  details: true,
  drills: false,
  memory: false,
  pitr: true,
  'recent-recovery-points': true,
  'recovery-points': true,
  subscriptions: false,
  'table-keys': false,
  'table-names': true,
  tags: true,
  vaults: false,
  'vault-settings': false,
};

const ADVICE: Readonly<Partial<Record<Facet, (session: Session) => string>>> = {
  memory: ({ options: { instance } }) =>
    `Is the instance ${instance} deployed here? Choose another with --instance and --region.`,
};

const failureFirst = ([first]: readonly Failure[]): string =>
  first === undefined ? 'nothing says why.' : `${failureText(first)}.`;

const noteOf = (
  facet: Facet,
  gaps: readonly Gap[],
  findings: readonly Finding[],
  session: Session,
): string => {
  const finding = findings.find(
    (one) => one.kind === 'observation-gap' && one.facet === facet && one.table === undefined,
  );
  const failures = gaps.filter((gap) => gap.facet === facet).map(({ failure }) => failure);
  const told =
    finding === undefined
      ? `${facet} could not be read: ${failureFirst(failures)} ${failureFix(failures, WHAT_TO_CHECK[facet])}`
      : `${finding.fact} ${failureFix(failures, WHAT_TO_CHECK[facet])}`;
  const more = ADVICE[facet]?.(session);
  return `could not look: ${told}${more === undefined ? '' : ` ${more}`}`;
};

/** Describes the whole lists that could not be read; undefined when there are none. */
export const blindnessOf = (
  gaps: readonly Gap[],
  { findings }: { readonly findings: readonly Finding[] },
  session: Session,
): Blindness | undefined => {
  const facets = [...new Set(gaps.filter(({ table }) => table === undefined).map(({ facet }) => facet))];
  if (facets.length === 0) return undefined;
  return {
    notes: facets.map((facet) => noteOf(facet, gaps, findings, session)),
    isTotal: facets.some((facet) => HIDES_TABLES[facet]),
    hidesVaults: facets.includes('vaults'),
  };
};
