import type { Lived } from './strike.ts';

/** What three runs came to. Recovery points and tables by name, each list sorted. */
export interface Outcome {
  readonly made: readonly string[];
  readonly deleted: readonly string[];
  readonly switchedOn: readonly string[];
  /** The kinds of findings that were reported as new or worse, one entry for each finding. */
  readonly told: readonly string[];
  /** Whether a function ended as a failure, which rings the alarm. */
  readonly rang: boolean;
}

const nameOf = ({ tableName, name }: { readonly tableName: string; readonly name: string }): string =>
  `${tableName} ${name}`;

/** Summarizes the outcome of a simulation. */
export const outcomeOf = ({ runs }: Lived): Outcome => {
  const alerts = runs.flatMap(({ told }) => told.map(({ alert }) => alert));
  return {
    made: runs.flatMap(({ made }) => made.map(nameOf)).toSorted(),
    deleted: runs.flatMap(({ deleted }) => deleted.map(nameOf)).toSorted(),
    switchedOn: runs.flatMap(({ pitrChanged }) => pitrChanged.map(({ tableName }) => tableName)).toSorted(),
    told: alerts.flatMap(({ opened, worsened }) => [...opened, ...worsened].map(({ id }) => id)).toSorted(),
    rang: runs.some(({ end }) => end !== 'whole'),
  };
};

/** Returns what only the first list has. */
export const onlyIn = (one: readonly string[], other: readonly string[]): readonly string[] =>
  one.filter((item) => !other.includes(item));

const isSame = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && onlyIn(one, other).length === 0;

const twiceIn = (list: readonly string[]): readonly string[] =>
  list.filter((item, index) => list.indexOf(item) !== index);

/** Lists what must not happen because of corrupted responses, compared with the usual simulation: deletions, second copies, and lasting silence. */
export const breachesOf = (lived: Lived, usual: Lived): readonly string[] => {
  const [came, wanted] = [outcomeOf(lived), outcomeOf(usual)];
  const isSilent = !came.rang && onlyIn(came.told, wanted.told).length === 0;
  return [
    ...onlyIn(came.deleted, wanted.deleted).map((point) => `${point} was deleted`),
    ...twiceIn(came.made).map((point) => `${point} was made twice`),
    ...lived.runs
      .filter(({ end }) => end === 'threw')
      .flatMap(({ failures }) => failures.map((failure) => `a run threw: ${failure.split('\n')[0]}`)),
    ...(isSilent && !isSame(lived.after, usual.after) ? ['nobody was told, and it lasts'] : []),
  ];
};
