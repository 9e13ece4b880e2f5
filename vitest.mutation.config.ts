import { basename, dirname } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { TIMED } from './test/support/timed.ts';

/** They ask hundreds of times, so they come last. */
const SLOW = /invariants|property|properties|compile|intervals|confirm/;

const FARTHEST = 4;

const folderOf = (file: string): string => basename(dirname(file));

/** The first test that fails ends a mutant: the mutated file's own test is asked first, then its folder's, and properties after tables. */
const rankOf = ({ moduleId }: TestSpecification, mutated: string): number => {
  if (basename(moduleId, '.test.ts') === basename(mutated, '.ts')) return 0;
  return (folderOf(moduleId) === folderOf(mutated) ? 1 : 2) + (SLOW.test(moduleId) ? FARTHEST - 2 : 0);
};

/** Where bugs are planted in one folder, the properties of others are not asked: they would find hardly one that its own tests miss. */
class NearestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const { related = [] } = this.ctx.config;
    const [mutated = ''] = related;
    const isOneFolder = new Set(related.map(folderOf)).size === 1;
    const ranked = files.map((file) => ({ file, rank: rankOf(file, mutated) }));
    return ranked
      .filter(({ rank }) => !isOneFolder || rank < FARTHEST)
      .toSorted((a, b) => a.rank - b.rank)
      .map(({ file }) => file);
  }
}

// What covers the core and the adapters in process, for mutation testing. Scenarios and packaging would find more, at minutes a mutant.
export default defineConfig({
  test: {
    isolate: false,
    env: { TZ: 'America/St_Johns' },
    include: ['test/{model,core,property,adapters,run}/**/*.test.ts'],
    setupFiles: ['test/support/mutation-setup.ts'],
    tags: [{ ...TIMED, skip: true }],
    sequence: { sequencer: NearestFirst },
    testTimeout: 20_000,
  },
});
