import { defineConfig } from 'vitest/config';

// isolate: false shares one module graph per worker: nothing here mocks modules, so nothing can leak through one.
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          isolate: false,
          include: ['test/**/*.test.ts'],
          exclude: ['test/moto/**'],
          globalSetup: ['test/support/package-once.ts'],
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'moto',
          include: ['test/moto/**/*.test.ts'],
          testTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
