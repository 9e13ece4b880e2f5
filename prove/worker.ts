import { parentPort } from 'node:worker_threads';
import { live } from './live.ts';
import type { Principals } from './story/principals.ts';
import { tellStory } from './story/tell.ts';

/** Whose life to live, how long, and with whom: with those of the seed unless told otherwise. */
interface Work {
  readonly seed: number;
  readonly days: number;
  readonly principals?: Principals;
}

parentPort?.on('message', async ({ seed, days, principals }: Work) => {
  const outcome = await live(tellStory(seed, days, principals));
  parentPort?.postMessage({ seed, ...outcome });
});
