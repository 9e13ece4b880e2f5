// Without a path it is everything in docs/mutation.md, and the scores are written there.
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Stryker } from '@stryker-mutator/core';
import { type MutationReport, withScores } from './mutation-scores.ts';
import { refuse, scriptOptions } from './script-options.ts';

const REPORT = 'mutation/incremental.json';
const PAGE = 'docs/mutation.md';

/** The core, and of what surrounds it the parts in which a mistake costs a backup or makes two. */
const EVERYTHING = [
  'shared/core',
  'shared/model',
  'shared/adapters/aws/paginate.ts',
  'shared/adapters/engines',
  'shared/adapters/state',
  'shared/run/apply.ts',
];

const { values, positionals: paths } = scriptOptions(
  'npm run mutate -- [--force] [FILE OR FOLDER]...: plants bugs and reports which ones no test notices',
  { force: { type: 'boolean', says: 'try also what was noticed before and is unchanged' } },
  true,
);
const { force } = values;
const missing = paths.find((path) => !existsSync(path));
if (missing !== undefined) refuse(`there is no ${missing}.`);

const mutate = (paths.length > 0 ? paths : EVERYTHING).map((path) =>
  statSync(path).isDirectory() ? join(path, '**/*.ts') : path,
);

await new Stryker({ mutate, force, incrementalFile: REPORT }).runMutationTest();

if (paths.length === 0) {
  const report = JSON.parse(readFileSync(REPORT, 'utf8')) as MutationReport;
  writeFileSync(PAGE, withScores(readFileSync(PAGE, 'utf8'), report, new Date().toISOString().slice(0, 10)));
}
