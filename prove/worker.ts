import { parentPort } from 'node:worker_threads';
import { liveClockChange } from './clock-changes/live.ts';
import { live } from './live.ts';
import type { Order } from './seeds.ts';
import { tellStory } from './story/tell.ts';

parentPort?.on('message', async ({ seed, days, principals, clockChanges }: Order) => {
  const outcome = await (clockChanges ? liveClockChange(seed) : live(tellStory(seed, days, principals)));
  parentPort?.postMessage({ seed, ...outcome });
});
