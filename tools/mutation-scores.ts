/** What Stryker's report says of one planted bug. `Timeout` is a kill, too: the bug made the tests run for ever. */
interface Mutant {
  readonly status: string;
}

/** The part of a mutation testing report that scores are counted from. */
export interface MutationReport {
  readonly files: Readonly<Record<string, { readonly mutants: readonly Mutant[] }>>;
}

interface Row {
  readonly part: string;
  readonly mutants: readonly Mutant[];
}

const count = (mutants: readonly Mutant[], status: string): number =>
  mutants.filter((mutant) => mutant.status === status).length;

const rowText = ({ part, mutants }: Row): string => {
  const [killed, timedOut] = [count(mutants, 'Killed'), count(mutants, 'Timeout')];
  const [survived, unmet] = [count(mutants, 'Survived'), count(mutants, 'NoCoverage')];
  const all = killed + timedOut + survived + unmet;
  const score = ((100 * (killed + timedOut)) / Math.max(1, all)).toFixed(1);
  return `| ${part} | ${all} | ${killed} | ${timedOut} | ${survived} | ${unmet} | ${score} % |`;
};

const HEAD = `| part | bugs | noticed | noticed as endless | survived | met by no test | score |
| --- | ---: | ---: | ---: | ---: | ---: | ---: |`;

/** The folder of a file, or the file itself where its neighbours are not planted with bugs. */
const partOf = (file: string, files: readonly string[]): string => {
  const folder = file.slice(0, file.lastIndexOf('/'));
  return files.filter((one) => one.startsWith(`${folder}/`)).length > 1 ? folder : file;
};

/** Formats a table of scores: a row for each folder, by name, and one for the whole core. An empty report is 0 %. */
export const scoresTable = ({ files }: MutationReport): string => {
  const names = Object.keys(files).toSorted();
  const byPart = Map.groupBy(names, (name) => partOf(name, names));
  const mutantsOf = (some: readonly string[]) => some.flatMap((name) => files[name]?.mutants ?? []);
  const rows = [...byPart].map(([part, some]) => rowText({ part: `\`${part}\``, mutants: mutantsOf(some) }));
  const core = names.filter((name) => name.startsWith('shared/core/'));
  return [HEAD, ...rows, rowText({ part: '**`shared/core`**', mutants: mutantsOf(core) })].join('\n');
};

const WRITTEN = /(?<=<!-- written by npm run mutate -->\n)[\s\S]*(?=<!-- end of what is written -->)/;

/** Replaces the scores between the two marks of a page. Everything else stays as it is. */
export const withScores = (page: string, report: MutationReport, day: string): string =>
  page.replace(WRITTEN, () => `\n${day}\n\n${scoresTable(report)}\n\n`);
