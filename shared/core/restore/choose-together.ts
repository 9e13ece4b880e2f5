import type { Instant } from '../../model/instant.ts';
import type { AskedMoment } from './asked.ts';
import type { Choice, Chosen, NameView, Refused } from './choice.ts';
import { choose } from './choose.ts';
import type { PointOption } from './point-option.ts';
import type { UnseenPart } from './points-of-name.ts';

const inReach = (point: PointOption, region: string): PointOption =>
  point.vault === undefined || point.beyond !== undefined || point.vault.target.region === region
    ? point
    : { ...point, beyond: 'region' };

/**
 * Marks what cannot be restored into the Region that a person wants the table in: AWS Backup restores only in the Region of the vault. DynamoDB's own
 * backups and seconds can be taken there.
 */
export const withinReach = (view: NameView, region: string | undefined): NameView =>
  region === undefined
    ? view
    : {
        ...view,
        incarnations: view.incarnations.map((incarnation) => ({
          ...incarnation,
          points: incarnation.points.map((point) => inReach(point, region)),
        })),
      };

/** What these take is the very second, or what a person named: nothing can be nearer. */
const EXACT: readonly Chosen['because'][] = ['in-window', 'end-of-window', 'named'];

/** Lists what could not be read of a name and may hold something nearer to the asked second than what was chosen. */
export const maybeNearer = ({ because, view }: Pick<Chosen, 'because' | 'view'>): readonly UnseenPart[] =>
  EXACT.includes(because) ? [] : view.unseen;

/**
 * What was decided about several tables. `together`: all of one second · `apart`: each of the closest at or before, which are not one second:
 * a person has to agree · `refused`: at least one of them has nothing.
 */
export type TogetherChoice =
  | { readonly kind: 'together'; readonly at: Instant; readonly choices: readonly Chosen[] }
  | { readonly kind: 'apart'; readonly choices: readonly Chosen[]; readonly largestGapMs: number }
  | { readonly kind: 'refused'; readonly choices: readonly Choice[]; readonly refusals: readonly Refused[] };

const windowOf = ({ incarnations }: NameView) => incarnations.at(-1)?.window;

/** The newest second that all windows hold, where there is one. A table without a window has no say. */
const latestOfAll = (views: readonly NameView[]): Instant | undefined => {
  const windows = views.flatMap((view) => windowOf(view) ?? []);
  const to = Math.min(...windows.map((window) => window.to));
  return windows.length > 0 && windows.every(({ from }) => from <= to) ? to : undefined;
};

type ForAll = Exclude<AskedMoment, { readonly kind: 'open' | 'recovery-point' }>;

/** What has only backups comes back as of its newest one, whatever the others do. */
const momentsOf = (views: readonly NameView[], moment: ForAll): readonly ForAll[] => {
  const latest = moment.kind === 'latest' ? latestOfAll(views) : undefined;
  return views.map((view) =>
    latest === undefined || windowOf(view) === undefined ? moment : { kind: 'second', at: latest },
  );
};

/** Chooses what each of several tables is restored from, all of one second if every one of them can be. */
export const chooseTogether = (views: readonly NameView[], moment: ForAll): TogetherChoice => {
  const moments = momentsOf(views, moment);
  const choices = views.map((view, at) => choose(view, moments[at] ?? moment));
  const taken = choices.filter((choice) => choice.kind === 'chosen');
  const refusals = choices.filter((choice) => choice.kind === 'refused');
  if (refusals.length > 0) return { kind: 'refused', choices, refusals };
  const seconds = taken.map(({ at }) => at);
  const largestGapMs = Math.max(...seconds) - Math.min(...seconds);
  // What a deleted table held last is what it would have held at the asked second, too.
  const isExact =
    moments.every(({ kind }) => kind === 'second') && taken.every(({ lackedMs }) => lackedMs === 0);
  const [first] = moments;
  const at = isExact && first?.kind === 'second' ? first.at : seconds[0];
  return at !== undefined && (largestGapMs === 0 || isExact)
    ? { kind: 'together', at, choices: taken }
    : { kind: 'apart', choices: taken, largestGapMs };
};
