import { expect, it } from 'vitest';
import { awaitedCopies } from '../../../shared/core/plan/job-creates.ts';
import { DAY_MS } from '../../../shared/model/instant.ts';
import type { Job } from '../../../shared/model/job.ts';
import { aCopyJob, aVaultJob } from '../../support/vaults.ts';
import { anObservation, NOW } from '../../support/world.ts';

it.each<{ name: string; job: Job; waits: boolean }>([
  { name: 'a copy that runs', job: aCopyJob(), waits: true },
  { name: 'one that never started', job: aCopyJob({ state: 'waiting' }), waits: true },
  { name: 'one that somebody else began', job: aCopyJob({ isOwn: false }), waits: true },
  { name: 'a copy that is there', job: aCopyJob({ state: 'completed' }), waits: false },
  { name: 'one that failed', job: aCopyJob({ state: 'failed' }), waits: false },
  {
    name: 'one in a state that nobody has known for days',
    job: aCopyJob({ state: 'unknown', createdAt: NOW - 3 * DAY_MS }),
    waits: false,
  },
  { name: 'a backup', job: aVaultJob({ state: 'running' }), waits: false },
])('a recovery point that no policy copies any more waits for $name: $waits', ({ job, waits }) => {
  const awaited = awaitedCopies([], anObservation({ jobs: [job] }), NOW);
  expect(awaited.has(aCopyJob().sourceId)).toBe(waits);
});
