// Plants bugs and reports which ones no test notices: node tools/mutate.ts [FILE OR FOLDER]... What was noticed before, and is unchanged, is not
// tried again; --force as the first word tries all. Without a path it is everything in docs/mutation.md, and the scores are written there.
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Stryker } from '@stryker-mutator/core';
import { type MutationReport, withScores } from './mutation-scores.ts';

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

const words = process.argv.slice(2);
const force = words[0] === '--force';
const paths = force ? words.slice(1) : words;

const mutate = (paths.length > 0 ? paths : EVERYTHING).map((path) =>
  statSync(path).isDirectory() ? join(path, '**/*.ts') : path,
);

await new Stryker({ mutate, force, incrementalFile: REPORT }).runMutationTest();

if (paths.length === 0) {
  const report = JSON.parse(readFileSync(REPORT, 'utf8')) as MutationReport;
  writeFileSync(PAGE, withScores(readFileSync(PAGE, 'utf8'), report, new Date().toISOString().slice(0, 10)));
}
