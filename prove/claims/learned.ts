import { isServiceFailure } from '../../sim/failure.ts';
import {
  type ClaimState,
  type Pending,
  replay,
  type TerminalOptions,
  type Told,
  type Variant,
} from './runs.ts';
import type { Answer } from './service.ts';

/** Where a run is after everything that it was told, and when. */
export interface Place extends ClaimState {
  readonly id: number;
  readonly seat: TerminalOptions;
  readonly past: readonly Told[];
}

/** What the code under a variant does, as far as it was asked. */
export interface Learned {
  idle(seat: TerminalOptions): Place;
  after(place: Place, told: Told): Promise<Place>;
}

export const wordOf = ({ call: { operation, input } }: Pick<Pending, 'call'>): string => {
  if (operation === 'PutItem') return 'claim';
  if (operation === 'DeleteItem') return 'release';
  if (operation === 'CreateBackup') return 'create';
  return input.TableName === undefined ? 'list' : 'look-up';
};

export const answerText = (answer: Answer | Error): string => {
  if (isServiceFailure(answer)) return answer.code;
  return answer instanceof Error
    ? String((answer as Error & { code?: string }).code)
    : JSON.stringify(answer);
};

const eventOf = (told: Told): string =>
  JSON.stringify([told.kind, told.now, told.skewMs, 'nth' in told && told.nth]) +
  (told.kind === 'hears' ? answerText(told.answer) : '');

const learn = (variant: Variant): Learned => {
  const places = new Map<string, Place>();
  const keep = (way: string, place: Omit<Place, 'id'>): Place => {
    const kept = { ...place, id: places.size };
    places.set(way, kept);
    return kept;
  };
  return {
    idle: (seat) => {
      const way = JSON.stringify(seat);
      return places.get(way) ?? keep(way, { seat, past: [], pending: [], waiting: [], isOver: false });
    },
    after: async ({ id, seat, past }, told) => {
      const way = `${id} ${eventOf(told)}`;
      const known = places.get(way);
      if (known !== undefined) return known;
      const whole = [...past, told];
      return keep(way, { seat, past: whole, ...(await replay(seat, whole, variant)) });
    },
  };
};

const learned = new WeakMap<Variant, Learned>();

/**
 * Returns what the code does under a variant: it is asked once for each place and each thing that reaches a run there, by running it from its
 * beginning, and then remembered. So a walk may meet a hundred thousand states of which the code itself is run for a few hundred.
 */
export const learnedOf = (variant: Variant): Learned => {
  const known = learned.get(variant) ?? learn(variant);
  learned.set(variant, known);
  return known;
};
