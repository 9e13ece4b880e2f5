import { readdirSync, readFileSync } from 'node:fs';
import type { Facet } from '../shared/model/observation.ts';

const FOLDER = new URL('../shared/core/findings/', import.meta.url);

/** From the widest look to what every run sees, with what is said of each: a finder belongs to the first of which it needs a facet. */
const LISTS = [
  [
    'FOUND_BY_AUDITS',
    'What only audits find, because nothing else asks: drills, keys, what vaults need, and who receives messages.',
  ],
  [
    'FOUND_BY_LOOKING_CLOSER',
    'What only runs find that know the names of all tables, or look at each: audits and hints.',
  ],
  [
    'FOUND_IN_WHOLE_LISTS',
    'What only runs find that list all recovery points: not backups, which list the newest.',
  ],
  ['FOUND_IN_VAULTS', 'What only runs find that look into vaults.'],
  ['FOUND_BY_ANY_RUN', 'What any run can find.'],
] as const;

type List = (typeof LISTS)[number][0];

const LIST_OF: Readonly<Record<Facet, List>> = {
  drills: 'FOUND_BY_AUDITS',
  subscriptions: 'FOUND_BY_AUDITS',
  'table-keys': 'FOUND_BY_AUDITS',
  'vault-settings': 'FOUND_BY_AUDITS',
  pitr: 'FOUND_BY_LOOKING_CLOSER',
  'table-names': 'FOUND_BY_LOOKING_CLOSER',
  'recovery-points': 'FOUND_IN_WHOLE_LISTS',
  vaults: 'FOUND_IN_VAULTS',
  details: 'FOUND_BY_ANY_RUN',
  memory: 'FOUND_BY_ANY_RUN',
  'recent-recovery-points': 'FOUND_BY_ANY_RUN',
  tags: 'FOUND_BY_ANY_RUN',
};

/** What the file of a kind exports: a record for the catalogue and, unless only outcomes show the kind, its finder. */
interface KindFile {
  readonly kind: string;
  readonly traits: string;
  readonly finder?: { readonly name: string; readonly list: List };
}

interface Exported {
  readonly kind: string;
  readonly title?: string;
  readonly find?: unknown;
  readonly findsFrom?: readonly Facet[];
}

const isExported = (value: unknown): value is Exported =>
  typeof value === 'object' && value !== null && 'kind' in value;

const listOf = ({ findsFrom = [] }: Exported): List => {
  const needed = new Set(findsFrom.map((facet) => LIST_OF[facet]));
  return LISTS.find(([list]) => needed.has(list))?.[0] ?? 'FOUND_BY_ANY_RUN';
};

const kindFileOf = async (kind: string): Promise<KindFile> => {
  const file: Readonly<Record<string, unknown>> = await import(new URL(`${kind}.ts`, FOLDER).href);
  const own = Object.entries(file).flatMap(([name, value]) =>
    isExported(value) && value.kind === kind ? [{ name, value }] : [],
  );
  const traits = own.find(({ value }) => value.title !== undefined);
  const finder = own.find(({ value }) => value.find !== undefined);
  if (traits === undefined || finder === undefined)
    throw new Error(
      `shared/core/findings/${kind}.ts exports no ${traits === undefined ? 'record with a title' : 'finder'} of the kind ${kind}.`,
    );
  if (finder === traits) return { kind, traits: traits.name };
  return { kind, traits: traits.name, finder: { name: finder.name, list: listOf(finder.value) } };
};

/** The formatter's. */
const LINE_WIDTH = 110;

/** On one line where it fits. */
const formatted = (before: string, names: readonly string[], after: string, space = ''): string => {
  const line = `${before}${space}${names.join(', ')}${space}${after}`;
  return line.length <= LINE_WIDTH ? line : `${before}\n  ${names.join(',\n  ')},\n${after}`;
};

const importOf = ({ kind, traits, finder }: KindFile): string =>
  formatted(
    'import {',
    [traits, ...(finder === undefined ? [] : [finder.name])],
    `} from './${kind}.ts';`,
    ' ',
  );

const TYPES = "import type { AttemptedKind, Finder, KindTraits } from './kind.ts';";

const importsOf = (kinds: readonly KindFile[]): readonly string[] =>
  [{ of: 'kind', line: TYPES }, ...kinds.map((one) => ({ of: one.kind, line: importOf(one) }))]
    .toSorted((one, other) => (`${one.of}.ts` < `${other.of}.ts` ? -1 : 1))
    .map(({ line }) => line);

const arrayOf = (says: string, name: string, type: string, names: readonly string[]): string =>
  `/** ${says} */\n${formatted(`export const ${name}: readonly ${type}[] = [`, names, '];')}\n`;

/** Lists the kinds that files of `shared/core/findings/` declare, sorted. */
export const declaredKinds = (): readonly string[] =>
  readdirSync(FOLDER)
    .filter((file) => readFileSync(new URL(file, FOLDER), 'utf8').includes('interface FindingKinds'))
    .map((file) => file.slice(0, -'.ts'.length))
    .toSorted();

/** Writes the lists of all kinds: shared/core/findings/kinds.ts. */
export const kindsText = async (): Promise<string> => {
  const kinds = await Promise.all(declaredKinds().map(kindFileOf));
  const observed = kinds.filter(({ finder }) => finder !== undefined).map(({ traits }) => traits);
  const attempted = kinds.filter(({ finder }) => finder === undefined).map(({ traits }) => traits);
  return [
    '// Written by `npm run kinds` from the files of this folder, each of which says what its kind is found from.',
    `${importsOf(kinds).join('\n')}\n`,
    arrayOf('Every kind that an observation shows.', 'OBSERVED_KINDS', 'KindTraits', observed),
    arrayOf(
      'Every kind that only the outcomes of actions show, one for each kind of action.',
      'ATTEMPTED_KINDS',
      'AttemptedKind',
      attempted,
    ),
    ...LISTS.toReversed().map(([list, says]) =>
      arrayOf(
        says,
        list,
        'Finder',
        kinds.flatMap(({ finder }) => (finder?.list === list ? [finder.name] : [])),
      ),
    ),
  ].join('\n');
};
