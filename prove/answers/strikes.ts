import { type Members, membersOf } from './body.ts';
import { ENTRIES, INSIDE, type Path, pathsIn, valuesAt } from './fields.ts';
import { FIELD_ODDITIES, type FieldOddity, type Oddity, odd, WHOLE_ODDITIES, type Where } from './oddity.ts';
import { type Lived, liveWith } from './strike.ts';

/** What each operation answers while every response is valid, and the result of that simulation. */
export interface Usual {
  readonly lived: Lived;
  readonly answers: ReadonlyMap<string, readonly Members[]>;
}

/** Lives once with whole answers, and writes them down. */
export const usualLife = async (): Promise<Usual> => {
  const answers = new Map<string, Members[]>();
  const lived = await liveWith((operation, body) => {
    const known = answers.get(operation) ?? [];
    answers.set(operation, [...known, membersOf(body)]);
    return body;
  });
  return { lived, answers };
};

const ELEMENTS: readonly Where[] = ['first', 'last'];

/** One entry alone differs from all of them only where there are several. Our own notes differ in kind, so that all of them say enough. */
const wheresOf = (path: Path, answers: readonly Members[]): readonly Where[] => {
  if (path.includes(INSIDE)) return ['all'];
  const lists = path.flatMap((part, at) => (part === ENTRIES ? [path.slice(0, at)] : []));
  const isLong = lists.some((list) =>
    answers.some((answer) =>
      valuesAt(answer, list).some((value) => Array.isArray(value) && value.length > 1),
    ),
  );
  return isLong ? ['all', ...ELEMENTS] : ['all'];
};

const suits = (how: FieldOddity, path: Path, answers: readonly Members[]): boolean =>
  how !== 'never heard of' ||
  answers.some((answer) => valuesAt(answer, path).some((value) => value !== null));

/** Lists every corruption of an operation's responses: each field in each way, and whole responses. */
export const odditiesOf = (answers: readonly Members[]): readonly Oddity[] => [
  ...WHOLE_ODDITIES.map((how) => ({ kind: 'whole' as const, how })),
  ...pathsIn(answers).flatMap((path) =>
    FIELD_ODDITIES.filter((how) => suits(how, path, answers)).flatMap((how) =>
      wheresOf(path, answers).map((where) => ({ kind: 'field' as const, path, how, where })),
    ),
  ),
];

/** Runs a simulation with one corruption in every response of one operation. */
export const injectFault = (operation: string, corruption: Oddity, usual: Lived): Promise<Lived> =>
  liveWith((called, body) => (called === operation ? odd(body, corruption) : body), usual);
