import { DAY_MS, type Instant, isoInstant, SECOND_MS } from '../../model/instant.ts';
import { deployedAs } from '../../model/policy.ts';
import { onTheWallText } from '../restore/moment-text.ts';
import { wallMinutesOf } from '../text/time.ts';
import type { BarView } from './bar.ts';
import { calendarOf } from './draw/calendar.ts';
import type { ReportFacts } from './facts.ts';
import type { WaysBackFor } from './ways-back.ts';

/** What every section of a page needs besides its own facts. */
export interface PageView extends BarView {
  readonly ways: WaysBackFor;
}

/** A page is never narrower than this. */
const LEAST_MS = 7 * DAY_MS;

const timesIn = ({ restorable, left }: ReportFacts): readonly Instant[] => [
  ...restorable.flatMap(({ pitr: { from, promisedFrom } }) => [
    from ?? promisedFrom ?? Number.POSITIVE_INFINITY,
  ]),
  ...[...restorable, ...left].flatMap(({ places }) => places.flatMap(({ points }) => points[0]?.at ?? [])),
];

/** Builds the calendar and the clocks of a page. */
export const viewOf = (facts: ReportFacts): PageView => {
  const { status, zone, instance, target, policies } = facts;
  const now = status.look.plan.plannedAt;
  const from = timesIn(facts).reduce((least, at) => Math.min(least, at), now - LEAST_MS);
  const asTyped = (at: Instant): string => (zone === 'UTC' ? isoInstant(at) : onTheWallText(at, zone));
  const second = Math.floor(now / SECOND_MS) * SECOND_MS;
  const offsetMs = Date.parse(`${onTheWallText(second, zone)}Z`) - second;
  return {
    calendar: calendarOf({ from, to: now, offsetMs }),
    now,
    show: wallMinutesOf(zone),
    ways: {
      ...{ instance, target, zone, asTyped },
      ...deployedAs(policies),
    },
  };
};
