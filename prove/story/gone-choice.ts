import { type Dice, diceOf } from './dice.ts';
import type { StoryEvent } from './event.ts';
import type { FileSpec } from './file-spec.ts';
import { TABLES } from './happenings.ts';

/** In one seed of so many some policies end what is left of deleted tables, and tables come and go more often. */
export const ENDS_ONE_IN = 4;

export const endsGone = (seed: number): boolean => seed % ENDS_ONE_IN === 2;

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

const daysOf = (dice: Dice): number => dice.oneOf([7, 7, 10, 14, 30, 60]);

const withEnds = (dice: Dice, chosen: Map<string, number | undefined>, file: FileSpec): FileSpec => ({
  ...file,
  policies: file.policies.map((policy) => {
    if (!chosen.has(policy.name) || dice.happens(0.1))
      chosen.set(policy.name, dice.happens(0.75) ? daysOf(dice) : undefined);
    const days = chosen.get(policy.name);
    return days === undefined ? policy : { ...policy, afterDeletionDays: days };
  }),
});

interface Span {
  readonly startAt: number;
  readonly endAt: number;
}

/** A table that goes for weeks and comes back, one that is there for an hour, and what people and accidents do meanwhile. */
const comings = (dice: Dice, { startAt, endAt }: Span): readonly StoryEvent[] => {
  const most = Math.max(1, Math.floor((endAt - startAt) / DAY_MS / 20));
  return Array.from({ length: most }, (): readonly StoryEvent[] => {
    const table = dice.oneOf(TABLES);
    const at = startAt + dice.between(1, Math.max(1, Math.floor((endAt - startAt) / HOUR_MS))) * HOUR_MS;
    const backAt = at + dice.oneOf([1, 8, 25, 40, 80]) * DAY_MS;
    const gone: readonly StoryEvent[] = [
      {
        at: at - 20 * DAY_MS,
        kind: 'table-made',
        table,
        tag: dice.oneOf(['gold', 'gold', 'silver', 'gold+silver']),
        pitrDays: 0,
      },
      ...(dice.happens(0.15) ? [{ at: at - 9 * DAY_MS, kind: 'held', table, value: 'true' } as const] : []),
      { at, kind: 'table-deleted', table },
    ];
    const meanwhile: readonly StoryEvent[] = [
      ...(dice.happens(0.15)
        ? [{ at: at + dice.between(1, 30) * DAY_MS, kind: 'memory-lost' } as const]
        : []),
      ...(dice.happens(0.2)
        ? [{ at: at + dice.between(1, 30) * DAY_MS, kind: 'kept', table, on: true } as const]
        : []),
      ...(dice.happens(0.2)
        ? [{ at: at + dice.between(20, 60) * DAY_MS, kind: 'kept', table, on: false } as const]
        : []),
      ...(dice.happens(0.2)
        ? [
            { at: at + 2 * DAY_MS, kind: 'table-made', table, tag: 'gold', pitrDays: 0 } as const,
            { at: at + 2 * DAY_MS + HOUR_MS, kind: 'table-deleted', table } as const,
          ]
        : []),
    ];
    const back: readonly StoryEvent[] = dice.happens(0.5)
      ? [{ at: backAt, kind: 'table-made', table, tag: 'gold', pitrDays: 0 }]
      : [];
    return [...gone, ...meanwhile, ...back];
  })
    .flat()
    .filter((event) => event.at > startAt && event.at < endAt);
};

/** Gives policies of a story's first file and of each edit their ends, and adds tables that come and go. */
export const withEndsOfGone = (
  seed: number,
  span: Span,
  file: FileSpec,
  edits: readonly StoryEvent[],
): {
  readonly file: FileSpec;
  readonly edits: readonly StoryEvent[];
  readonly more: readonly StoryEvent[];
} => {
  if (!endsGone(seed)) return { file, edits, more: [] };
  // Separate dice, so that the rest of the story is the same.
  const dice = diceOf(seed ^ 0x60e1);
  const chosen = new Map<string, number | undefined>();
  const first = withEnds(dice, chosen, file);
  return {
    file: first,
    edits: edits.map((event) =>
      event.kind === 'policies-edited' ? { ...event, file: withEnds(dice, chosen, event.file) } : event,
    ),
    more: comings(dice, span),
  };
};
