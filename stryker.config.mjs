/** How `npm run mutate` plants bugs. docs/mutation.md has the score and what became of each survivor. */
export default {
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  // Only a process of its own has a time zone of its own.
  vitest: { configFile: 'vitest.mutation.config.ts', pool: 'forks' },
  coverageAnalysis: 'perTest',
  concurrency: 2,
  timeoutMS: 10_000,
  incremental: true,
  reporters: ['clear-text', 'progress-append-only'],
  clearTextReporter: { logTests: false, allowColor: false, reportTests: false },
  tempDirName: 'mutation/sandbox',
  // Left out of the copy that the tests run in: what they do not read, and tsconfig.json, for which Stryker needs an API that TypeScript 7
  // does not have.
  ignorePatterns: [
    '/tsconfig.json',
    '/biome.json',
    ...['/bench', '/demo', '/docs', '/mutation', '/prove', '/.serverless', '/dist'],
  ],
};
