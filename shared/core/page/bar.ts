import type { Instant } from '../../model/instant.ts';
import type { Place, PlacedPoint, Restorable } from '../explain/restorable.ts';
import { TIERS, type Tier } from '../explain/tiers.ts';
import { withheldText } from '../text/withheld.ts';
import { counted } from '../text/words.ts';
import { type Calendar, WIDTH } from './draw/calendar.ts';
import { html, type Markup } from './draw/html.ts';
import { marks, type Stripe, span } from './draw/shapes.ts';

/** How high a drawing of one table is, in units of its own. */
const HEIGHT = 30;

/** From the top: what is stored elsewhere, the table's recovery points, the seconds of point-in-time recovery. */
const COPIES: Stripe = { top: 0, bottom: 5 };
const FOOT = 21;
const PITR: Stripe = { top: 23, bottom: HEIGHT };

/** The rarer a recovery point is, the higher its mark. */
const HEIGHTS: Readonly<Record<Tier, number>> = {
  none: 6,
  recent: 6,
  hourly: 6,
  daily: 8,
  weekly: 10,
  monthly: 12,
  yearly: 14,
};

const stripeOf = (tier: Tier): Stripe => ({ top: FOOT - HEIGHTS[tier], bottom: FOOT });

/** How a bar is drawn and read. */
export interface BarView {
  readonly calendar: Calendar;
  readonly now: Instant;
  /** Writes a moment as the clocks of the page show it. */
  readonly show: (at: Instant) => string;
}

const lookOf = ({ tier, fate, isOfEarlier }: PlacedPoint): string => {
  if (isOfEarlier === true || fate === 'leaving') return 'p-old';
  return `p-${tier}`;
};

const pointMarks = (calendar: Calendar, places: readonly Place[]): readonly Markup[] => {
  const points = places.filter(({ isCopy }) => !isCopy).flatMap((place) => place.points);
  const byLook = Map.groupBy(points, (point) => `${lookOf(point)} ${point.tier}`);
  return [...byLook.values()]
    .toSorted((a, b) => TIERS.indexOf(a[0]?.tier ?? 'none') - TIERS.indexOf(b[0]?.tier ?? 'none'))
    .flatMap(([first, ...rest]) => {
      if (first === undefined) return [];
      const times = [first, ...rest].map(({ at }) => at);
      return marks(calendar, times, stripeOf(first.tier), lookOf(first)) ?? [];
    });
};

const pitrShapes = ({ pitr }: Restorable, { calendar, now }: BarView): readonly Markup[] => {
  const { state, from, to = now, promisedFrom } = pitr;
  const isOn = state === 'on' || state === 'withheld';
  const look = state === 'withheld' ? 'withheld' : 'pitr';
  const reach = isOn && from !== undefined ? [span(calendar, { from, to }, PITR, look)] : [];
  const owedTo = isOn ? (from ?? now) : now;
  const isOwed =
    promisedFrom !== undefined && state !== 'unread' && calendar.x(owedTo) - calendar.x(promisedFrom) > 1;
  return [...(isOwed ? [span(calendar, { from: promisedFrom, to: owedTo }, PITR, 'owed')] : []), ...reach];
};

/** Draws to when a table can come back. Its text alternative says the same. */
export const bar = (restorable: Restorable, view: BarView): Markup => {
  const { calendar, now } = view;
  const { places, missing, lateSince } = restorable;
  const copies = places.filter(({ isCopy }) => isCopy).flatMap(({ points }) => points.map(({ at }) => at));
  return html`<svg class="bar" role="img" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" aria-label="${barText(restorable, view)}">${
    calendar.bend !== undefined && html`<rect class="older" width="${calendar.bend}" height="${HEIGHT}"/>`
  }${pitrShapes(restorable, view)}${
    lateSince !== undefined && span(calendar, { from: lateSince, to: now }, stripeOf('daily'), 'late')
  }${marks(
    calendar,
    missing.map(({ slot }) => slot),
    { top: FOOT - 12, bottom: FOOT },
    'missing',
  )}${pointMarks(calendar, places)}${marks(calendar, copies, COPIES, 'copy')}</svg>`;
};

const pitrText = (
  { pitr: { state, from, to, promisedFrom, withheld } }: Restorable,
  show: BarView['show'],
): string => {
  if (state === 'unread')
    return `Point-in-time recovery ${promisedFrom === undefined ? 'was not looked at' : 'could not be read'}.`;
  if (withheld !== undefined)
    return `No second of point-in-time recovery, because ${withheldText(withheld)}.`;
  if (state === 'off' || from === undefined || to === undefined) return 'No point-in-time recovery.';
  return `Any second from ${show(from)} to ${show(to)}.`;
};

const tierText = (points: readonly PlacedPoint[]): string => {
  const byTier = Map.groupBy(points, ({ tier }) => tier);
  return TIERS.flatMap((tier) => {
    const count = byTier.get(tier)?.length ?? 0;
    if (count === 0) return [];
    return `${count} ${tier === 'none' ? 'outside of the rules' : tier}`;
  }).join(', ');
};

const pointsText = (places: readonly Place[], show: BarView['show']): string => {
  const points = places.filter(({ isCopy }) => !isCopy).flatMap((place) => place.points);
  if (points.length === 0) return 'No recovery point.';
  const times = points.map(({ at }) => at);
  const [oldest, newest] = [Math.min(...times), Math.max(...times)];
  return `${counted(points.length, 'recovery point')}, from ${show(oldest)} to ${show(newest)}: ${tierText(points)}.`;
};

const copiesText = (places: readonly Place[]): string => {
  const copies = places.filter(({ isCopy }) => isCopy);
  return copies
    .map(
      ({ points, target, vault = '' }) =>
        ` ${counted(points.length, 'copy', 'copies')} in ${vault}, ${target.region}, account ${target.accountId}.`,
    )
    .join('');
};

/** Says in words what a bar shows. */
export const barText = (restorable: Restorable, { show }: Pick<BarView, 'show'>): string => {
  const { places, missing, lateSince } = restorable;
  const gaps = missing.length === 0 ? '' : ` ${counted(missing.length, 'recovery point')} missing.`;
  const late = lateSince === undefined ? '' : ` Overdue since ${show(lateSince)}.`;
  return `${pitrText(restorable, show)} ${pointsText(places, show)}${copiesText(places)}${gaps}${late}`;
};
