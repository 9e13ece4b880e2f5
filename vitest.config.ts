import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';
import { TIMED } from './test/support/timed.ts';

/** Half of what a program of ours takes to start is Node reading its sources, the same each time, and a third of what Serverless takes. */
const COMPILED = resolve(import.meta.dirname, 'node_modules/.cache/tablekeeper/compiled');

/** What tests that need only Node have in common. */
const inNode = {
  // One module graph for each worker: nothing here mocks modules, so nothing can leak through one.
  isolate: false,
  // Node reads our sources as it does outside of tests. Vite's runner makes each use of an import a lookup: a tenth of all processor time.
  experimental: { viteModuleRunner: false, nodeLoader: false },
  setupFiles: ['test/support/setup.ts'],
  env: {
    // A zone with summer time and half hours, so that nothing leans on a machine that keeps UTC; .ci/run gives others.
    TZ: process.env.TABLEKEEPER_TEST_ZONE ?? 'America/St_Johns',
    // Servers that stand in for Slack and for a check are on this machine; what a deployed function refuses, tests ask without the variable.
    TABLEKEEPER_LOCAL_ADDRESSES: 'allowed',
    NODE_COMPILE_CACHE: COMPILED,
  },
  globalSetup: ['test/support/package-once.ts'],
  testTimeout: 20_000,
};

/** Every test file belongs to exactly one project, by its folder or its name, and `.ci/run` runs them all: test/meta/projects.test.ts. */
export default defineConfig({
  test: {
    tags: [TIMED],
    // Of two processors both: nothing else is at work while tests are.
    maxWorkers: '100%',
    projects: [
      {
        // What a person wants to know after a change: `npm test`.
        test: {
          ...inNode,
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/**/*.long.test.ts', 'test/moto/**', 'test/browser/**'],
        },
      },
      {
        // Files that take more than about three seconds of a processor: `npm run test:long`.
        test: { ...inNode, name: 'long', include: ['test/**/*.long.test.ts'] },
      },
      {
        test: {
          name: 'moto',
          env: { TABLEKEEPER_LOCAL_ADDRESSES: 'allowed', NODE_COMPILE_CACHE: COMPILED },
          include: ['test/moto/**/*.test.ts'],
          testTimeout: 120_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          testTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
