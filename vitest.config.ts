import { defineConfig } from 'vitest/config';
import { TIMED } from './test/support/timed.ts';

// env: a zone with summer time and half hours, so that nothing leans on a machine that keeps UTC; .ci/run gives others.
// Servers that stand in for Slack and for a check are on this machine; what a deployed function refuses, tests ask without the variable.
// isolate: false shares one module graph per worker: nothing here mocks modules, so nothing can leak through one.
export default defineConfig({
  test: {
    tags: [TIMED],
    // Of two processors both: nothing else is at work while tests are.
    maxWorkers: '100%',
    projects: [
      {
        test: {
          name: 'unit',
          isolate: false,
          env: {
            TZ: process.env.TABLEKEEPER_TEST_ZONE ?? 'America/St_Johns',
            TABLEKEEPER_LOCAL_ADDRESSES: 'allowed',
          },
          include: ['test/**/*.test.ts'],
          exclude: ['test/moto/**', 'test/browser/**'],
          globalSetup: ['test/support/package-once.ts'],
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'moto',
          env: { TABLEKEEPER_LOCAL_ADDRESSES: 'allowed' },
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
