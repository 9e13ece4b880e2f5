import { parentPort } from 'node:worker_threads';
import { live } from './live.ts';
import { tellStory } from './story/tell.ts';

parentPort?.on('message', async ({ seed, days }: { readonly seed: number; readonly days: number }) => {
  const outcome = await live(tellStory(seed, days));
  parentPort?.postMessage({ seed, ...outcome });
});
