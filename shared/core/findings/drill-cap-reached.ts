import { advise } from '../../model/advice.ts';
import { findingId } from '../../model/finding.ts';
import { DAY_MS } from '../../model/instant.ts';
import { wantedDrills } from '../drill/wanted.ts';
import type { Figure } from '../money/prices.ts';
import { hasPrice, otherPricesText } from '../money/whose-prices.ts';
import { counted, listed } from '../text/words.ts';
import type { CheckContext } from './context.ts';
import type { Finder, KindTraits } from './kind.ts';
import { addedText, subjectsOf } from './subjects.ts';

declare module '../../model/finding.ts' {
  interface FindingKinds {
    readonly 'drill-cap-reached': true;
  }
}

/** A refusal that lasts is noted again each day. */
const COUNTS_MS = 2 * DAY_MS;

const refusalsIn = ({ governed, now, observation }: CheckContext) => {
  const wanted = new Set(wantedDrills(governed).map(({ table, policy }) => `${table}/${policy}`));
  return (observation.drills ?? []).flatMap(({ table, refused, current }) => {
    if (refused?.reason !== 'cap' || current !== undefined || now - refused.at > COUNTS_MS) return [];
    return wanted.has(`${table}/${refused.policy}`) ? [{ table, refused }] : [];
  });
};

/** An export has a price of its own. */
const pricesText = ({ observation: { target }, policies: { policies } }: CheckContext): string => {
  const figures = policies.flatMap(({ drill }): readonly Figure[] => {
    if (drill?.level === 'sampled') return ['exportedGb'];
    return drill?.level === 'restored' ? ['restoredGb'] : [];
  });
  return figures.every((figure) => hasPrice(target.region, figure))
    ? ''
    : ` (${otherPricesText(target.region)})`;
};

const usdText = (usd: number): string => `$${usd.toFixed(2)}`;

/** What is known of it wherever it is open. */
export const drillCapReached: KindTraits<'drill-cap-reached'> = {
  kind: 'drill-cap-reached',
  title: 'drills put off by their cost cap',
  facets: ['tags', 'drills'],
  breaksPromise: false,
};

/** Finds that drills are put off because those of the month would cost more than they may. */
export const drillCapReachedFinder: Finder<'drill-cap-reached'> = {
  kind: 'drill-cap-reached',
  findsFrom: ['drills'],
  find: (context) => {
    const refusals = refusalsIn(context);
    const [first] = refusals;
    if (first === undefined) return [];
    const { openFindings } = context;
    const id = findingId('drill-cap-reached');
    const tables = refusals.map(({ table }) => table);
    const { subjects, added } = subjectsOf(tables, id, openFindings);
    const { capUsd, spentUsd } = refusals.reduce(
      (most, { refused }) => (refused.at > most.at ? refused : most),
      first.refused,
    );
    const wantedUsd = refusals.reduce((sum, { refused }) => sum + refused.usd, 0);
    const finding = {
      id,
      kind: 'drill-cap-reached' as const,
      severity: 'warning' as const,
      fact: `The drills of this month cost about ${usdText(spentUsd)} of ${usdText(capUsd)} already, and ${counted(tables.length, 'more', 'more')} for about ${usdText(wantedUsd)} had to be put off${pricesText(context)}: ${listed(tables)}.${addedText(added, 'table')}`,
      measured: usdText(spentUsd + wantedUsd),
      promised: `at most ${usdText(capUsd)} a month`,
      since: Math.min(...refusals.map(({ refused }) => refused.since)),
      advice: advise(
        'Raise drills.maxMonthlyUsd in the policy file, drill less often or at the level described, or let large tables out with maxSizeGb; else they wait for the next month.',
      ),
      subjects,
    };
    return [finding];
  },
};
