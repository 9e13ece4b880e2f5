import type { Series, SeriesPoint } from '../../../shared/core/scene/series.ts';
import { type Duration, parseDuration } from '../../../shared/model/duration.ts';
import { DAY_MS, type Instant } from '../../../shared/model/instant.ts';
import type { Retention } from '../../../shared/model/policy.ts';
import {
  aPolicy,
  aRecoveryPoint,
  LATEST_SLOT,
  type RecoveryPointOverrides,
  someDetails,
} from '../../support/world.ts';

/** A retention as the policy file writes it: `within` as text. */
export type RetentionText = Omit<Retention, 'within'> & { readonly within?: string };

export const aDuration = (text: string): Duration => {
  const duration = parseDuration(text);
  if (duration === undefined) throw new Error(`${text} is no duration`);
  return duration;
};

export const aRetention = ({ within, ...counts }: RetentionText): Retention =>
  within === undefined ? counts : { ...counts, within: aDuration(within) };

/** A point of Orders for the latest slot, available, of the confirmed incarnation. */
export const aPoint = (overrides: RecoveryPointOverrides = {}): SeriesPoint => ({
  recoveryPoint: aRecoveryPoint(overrides),
  slot: overrides.slot ?? LATEST_SLOT,
});

/** One available point a day, the newest for the latest slot, newest first. */
export const dailyPoints = (count: number): readonly SeriesPoint[] =>
  Array.from({ length: count }, (_, day) => aPoint({ slot: daysAgo(day) }));

/** The slot of so many days before the latest. */
export const daysAgo = (days: number): Instant => LATEST_SLOT - days * DAY_MS;

/** Orders under `standard`: ten daily points, three of which are kept, and nothing that stands against an expiry. */
export const aSeries = (overrides: Partial<Series> = {}): Series => ({
  table: 'Orders',
  policy: aPolicy({ retention: { last: 3 } }),
  confirmed: someDetails('Orders'),
  hold: false,
  gaps: [],
  points: dailyPoints(10),
  latestSlot: LATEST_SLOT,
  backupsFailing: false,
  ...overrides,
});
