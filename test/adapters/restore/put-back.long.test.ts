import { describe, expect, it } from 'vitest';
import { disputedSettings } from '../../../sim/disputed.ts';
import {
  contextOf,
  fullTable,
  openDifferences,
  putBack,
  read,
  restored,
  restoreWorld,
  sourceOf,
  stepsOf,
} from './world.ts';

const HOUR = 3_600_000;
const NOTHING_OPEN: readonly unknown[] = [];

const story = async (settings: Parameters<typeof restoreWorld>[0], billingMode?: 'PAY_PER_REQUEST') => {
  const world = restoreWorld(settings);
  await fullTable(world, { ...(billingMode && { billingMode }) });
  const manifest = await read(world, 'Orders');
  await restored(world, await sourceOf(world, 'Orders'), 'Back');
  const context = contextOf('Back');
  const steps = await stepsOf(world, manifest.settings, context);
  const outcomes = await putBack(world, 'Back', steps);
  await world.pass(HOUR);
  return { world, manifest, context, steps, outcomes };
};

describe('a table with every setting on', () => {
  it.each([{ mode: undefined }, { mode: 'PAY_PER_REQUEST' as const }])(
    'is read without a gap, and comes back the same: $mode',
    async ({ mode }) => {
      const { world, manifest, context, outcomes } = await story({}, mode);
      expect(manifest.gaps).toEqual([]);
      expect(outcomes.filter(({ outcome }) => outcome?.kind !== 'done')).toEqual([]);
      expect(openDifferences(manifest, await read(world, 'Back'), context)).toEqual(NOTHING_OPEN);
      expect(await stepsOf(world, manifest.settings, context)).toEqual([]);
    },
  );

  it.each([1, 2, 3, 4, 5, 6, 7, 8])(
    'comes back the same whichever of the sources is right (seed %i)',
    async (seed) => {
      const { world, manifest, context, outcomes } = await story(disputedSettings(seed));
      expect(outcomes.filter(({ outcome }) => outcome?.kind === 'failed')).toEqual([]);
      expect(openDifferences(manifest, await read(world, 'Back'), context)).toEqual(NOTHING_OPEN);
    },
  );

  it('made again by a second session is as it was, and no call changes anything', async () => {
    const { world, steps } = await story({});
    world.recorder.reset();
    const again = await putBack(
      world,
      'Back',
      steps.filter(({ kind }) => kind !== 'stream-off'),
    );
    expect(new Set(again.map(({ outcome }) => outcome?.kind))).toEqual(new Set(['as-it-was']));
    const sent = world.recorder.counts().map(({ operation }) => operation);
    expect(sent.filter((operation) => !/^(Describe|Get|List)/.test(operation))).toEqual([]);
  });

  it.each(['timeout-after-effect', 'connection-reset-after-effect', 'internal-error', 'throttle'] as const)(
    'comes back the same when any answer is lost now and then: %s',
    async (kind) => {
      const world = restoreWorld();
      await fullTable(world);
      const manifest = await read(world, 'Orders');
      await restored(world, await sourceOf(world, 'Orders'), 'Back');
      const context = contextOf('Back');
      const steps = await stepsOf(world, manifest.settings, context);
      world.account.faults.add({ operation: '*', kind, probability: 0.2 });
      await putBack(world, 'Back', steps);
      world.account.faults.clear();
      await world.pass(HOUR);
      expect(openDifferences(manifest, await read(world, 'Back'), context)).toEqual(NOTHING_OPEN);
    },
  );
});
