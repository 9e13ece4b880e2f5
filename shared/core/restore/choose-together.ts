import type { Instant } from '../../model/instant.ts';
import type { AskedMoment } from './asked.ts';
import type { Choice, Chosen, NameView, Refused } from './choice.ts';
import { choose } from './choose.ts';

/**
 * What was decided about several tables. `together`: all of one second · `apart`: each of the closest at or before, which are not one second:
 * a person has to agree · `refused`: at least one of them has nothing.
 */
export type TogetherChoice =
  | { readonly kind: 'together'; readonly at: Instant; readonly choices: readonly Chosen[] }
  | { readonly kind: 'apart'; readonly choices: readonly Chosen[]; readonly largestGapMs: number }
  | { readonly kind: 'refused'; readonly choices: readonly Choice[]; readonly refusals: readonly Refused[] };

/** The newest second that all windows hold, where there is one. */
const latestOfAll = (views: readonly NameView[]): Instant | undefined => {
  const windows = views.map(({ incarnations }) => incarnations.at(-1)?.window);
  if (windows.includes(undefined)) return undefined;
  const to = Math.min(...windows.map((window) => window?.to ?? 0));
  return windows.every((window) => window !== undefined && window.from <= to) ? to : undefined;
};

type ForAll = Exclude<AskedMoment, { readonly kind: 'open' | 'recovery-point' }>;

const momentOfAll = (views: readonly NameView[], moment: ForAll): ForAll => {
  const latest = moment.kind === 'latest' ? latestOfAll(views) : undefined;
  return latest === undefined ? moment : { kind: 'second', at: latest };
};

/** Chooses what each of several tables is restored from, all of one second if every one of them can be. */
export const chooseTogether = (views: readonly NameView[], moment: ForAll): TogetherChoice => {
  const common = momentOfAll(views, moment);
  const choices = views.map((view) => choose(view, common));
  const taken = choices.filter((choice) => choice.kind === 'chosen');
  const refusals = choices.filter((choice) => choice.kind === 'refused');
  if (refusals.length > 0) return { kind: 'refused', choices, refusals };
  const seconds = taken.map(({ at }) => at);
  const largestGapMs = Math.max(...seconds) - Math.min(...seconds);
  // What a deleted table held last is what it would have held at the asked second, too.
  const isExact = taken.every(({ lackedMs }) => lackedMs === 0);
  const at = common.kind === 'second' && isExact ? common.at : seconds[0];
  return at !== undefined && (largestGapMs === 0 || (common.kind === 'second' && isExact))
    ? { kind: 'together', at, choices: taken }
    : { kind: 'apart', choices: taken, largestGapMs };
};
