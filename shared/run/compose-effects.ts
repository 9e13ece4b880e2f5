import { deferringEngine, deferringPitrSwitch } from '../adapters/engines/create-backup.ts';
import { silentNotifier } from '../adapters/notify/sns-notifier.ts';
import { claimsOnlyStateStore, dryRunStateStore } from '../adapters/state/dynamodb-state-store.ts';
import { ownHintNotes } from '../adapters/state/hint-notes.ts';
import type { Effects } from '../model/effects.ts';
import { assertNever } from '../model/errors.ts';
import type { Deps } from './deps.ts';

const DRY_RUN = 'dry run';
const NOT_DEPLOYED = 'the policies at hand are not the deployed ones';

/** Parts that look and decide the same and change nothing anywhere. */
const withoutEffects = (parts: Deps): Deps => ({
  ...parts,
  engine: deferringEngine(parts.engine, DRY_RUN),
  pitrSwitch: deferringPitrSwitch(DRY_RUN),
  stateStore: dryRunStateStore(parts.stateStore),
  hintNotes: ownHintNotes(),
  notifier: silentNotifier,
});

/** SAFETY: what other policies do not promise is no longer wrong by them: written down or told, it would end findings that stand. */
const creatingOnly = (parts: Deps): Deps => ({
  ...withoutEffects(parts),
  engine: {
    ...deferringEngine(parts.engine, NOT_DEPLOYED),
    create: (action, window) => parts.engine.create(action, window),
  },
  pitrSwitch: deferringPitrSwitch(NOT_DEPLOYED),
  stateStore: claimsOnlyStateStore(parts.stateStore),
});

/** What the deployed functions ran with they alone write down. */
const withoutNotes = (parts: Deps): Deps => ({
  ...parts,
  runNotes: { read: () => parts.runNotes.read(), write: async () => undefined },
});

/** Given the parts of a run that a person started, returns parts that look and decide the same and change so much. At the edge none notes that a function ran. */
export const withEffects = (parts: Deps, effects: Effects): Deps => {
  const unnoted = withoutNotes(parts);
  switch (effects) {
    case 'all':
      return unnoted;
    case 'creating':
      return creatingOnly(unnoted);
    case 'none':
      return withoutEffects(unnoted);
    default:
      return assertNever(effects);
  }
};
