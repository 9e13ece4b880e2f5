import { readFile, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { refuse, scriptOptions, wholeNumber } from '../tools/script-options.ts';
import { contests, contestTable } from './against.ts';
import { coldStarts } from './cold-start.ts';
import { coldStartTable, packagesTable } from './cold-start-table.ts';
import { type Measurement, measure } from './measure.ts';
import { planTable } from './plan-table.ts';
import { operationsTable, scaleTable } from './scale-table.ts';
import { SCENES } from './scenes.ts';
import { unwellTable } from './unwell.ts';

const DOCUMENT = join(import.meta.dirname, '..', 'docs', 'performance.md');

/** What is measured, by the name of its place in the document. */
type Figures = ReadonlyMap<string, string>;

type Section = (sizes: readonly number[]) => Promise<Figures>;

const scale: Section = async (sizes) => {
  const measured: Measurement[] = [];
  for (const scene of SCENES) for (const tables of sizes) measured.push(...(await measure(scene, tables)));
  return new Map([
    ['scale', scaleTable(measured)],
    ['operations', operationsTable(measured)],
  ]);
};

const coldStart: Section = async () => {
  const starts = await coldStarts();
  return new Map([
    ['cold-start', coldStartTable(starts)],
    ['packages', packagesTable(starts)],
  ]);
};

const SECTIONS: Readonly<Record<string, Section>> = {
  scale,
  // More tables do not fit into a run where most answers are failures.
  unwell: async (sizes) => new Map([['unwell', await unwellTable(Math.min(1_000, Math.max(...sizes)))]]),
  // Beyond a thousand tables the loop outlasts a function, and there is nothing left to compare.
  against: async (sizes) =>
    new Map([['against', contestTable(await contests(sizes.filter((tables) => tables <= 1_000)))]]),
  plan: async (sizes) => new Map([['plan', await planTable(sizes)]]),
  'cold-start': coldStart,
};

const machine = (): string =>
  `${availableParallelism()} cores, Node ${process.version.slice(1)}, ${new Date().toISOString().slice(0, 10)}`;

/** Puts each figure between its two marks and leaves the words around them alone. */
const writeDocument = async (figures: Figures): Promise<void> => {
  let text = await readFile(DOCUMENT, 'utf8');
  for (const [name, figure] of figures) {
    const [begin, end] = [`<!-- bench: ${name} -->`, `<!-- /bench: ${name} -->`];
    if (!text.includes(begin) || !text.includes(end)) throw new Error(`${DOCUMENT} has no place for ${name}`);
    text = `${text.slice(0, text.indexOf(begin))}${begin}\n\n${figure}\n\n${text.slice(text.indexOf(end))}`;
  }
  await writeFile(DOCUMENT, text);
};

const { values } = scriptOptions('npm run bench -- [options]: measures and prints', {
  tables: { type: 'string', default: '100,1000,10000', value: 'N,N', says: 'at how many tables' },
  only: {
    type: 'string',
    default: Object.keys(SECTIONS).join(','),
    value: 'NAME,NAME',
    says: `some of ${Object.keys(SECTIONS).join(', ')}`,
  },
  write: { type: 'boolean', says: 'write the figures into docs/performance.md' },
});

const sizes = values.tables.split(',').map((size) => wholeNumber('tables', size));
process.stdout.write(`${machine()}\n`);
for (const name of values.only.split(',')) {
  const section =
    SECTIONS[name] ?? refuse(`--only: there is no ${name}, only ${Object.keys(SECTIONS).join(', ')}.`);
  const figures = await section(sizes);
  for (const figure of figures.values()) process.stdout.write(`\n${figure}\n`);
  if (values.write) await writeDocument(new Map([...figures, [`${name}-machine`, machine()]]));
}
