import { basename, dirname } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { TIMED } from './test/support/timed.ts';

/** They ask hundreds of times, so they come last. */
const SLOW = /invariants|property|properties|compile|intervals|confirm/;

/** The first test that fails ends a mutant: the mutated file's own test is asked first, then its folder's, and properties after tables. */
const rankOf = ({ moduleId }: TestSpecification, [mutated = '']: readonly string[]): number => {
  if (basename(moduleId, '.test.ts') === basename(mutated, '.ts')) return 0;
  const folder = basename(dirname(mutated));
  return (basename(dirname(moduleId)) === folder ? 1 : 2) + (SLOW.test(moduleId) ? 2 : 0);
};

class NearestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const { related = [] } = this.ctx.config;
    return files.toSorted((a, b) => rankOf(a, related) - rankOf(b, related));
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
