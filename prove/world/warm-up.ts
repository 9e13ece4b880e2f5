import { HOUR_MS } from '../../shared/model/instant.ts';
import { reconcile } from '../../shared/run/reconcile.ts';
import { createTable } from '../../sim/console/tables.ts';
import { typeRestore } from '../restores/session.ts';
import type { Story } from '../story/event.ts';
import { createWorld } from './deployment.ts';
import { POLICY_TAG } from './happen.ts';

const warm = async (story: Story): Promise<void> => {
  const world = createWorld(story, 'sdk');
  createTable(world.account, { name: 'mistyped', tags: { [POLICY_TAG]: 'no-such-policy' } });
  // An audit keeps the settings of a table that is governed, with clients that nothing else loads.
  createTable(world.account, {
    name: 'governed',
    tags: { [POLICY_TAG]: story.file.policies[0]?.name ?? '' },
  });
  for (const mode of ['protect', 'expire', 'audit'] as const) {
    const { parts } = world.container(mode, 0);
    const deadline = parts.clock.now() + HOUR_MS;
    await world.account.clock.run(reconcile(parts, { mode, runId: 'warm-up', deadline }));
  }
  // Of what has no recovery point nothing comes back, but all of it is looked at.
  await world.account.clock.run(typeRestore(world, { tables: ['governed'], at: 'latest', yes: true }, {}));
};

let done: Promise<void> | undefined;

/**
 * The SDK reads files and loads modules at its first calls. Virtual time would take that for standing still and jump to the end of the first run's
 * time, so a simulation without such an end comes first in every process.
 */
export const warmUp = (story: Story): Promise<void> => {
  done ??= warm(story);
  return done;
};
