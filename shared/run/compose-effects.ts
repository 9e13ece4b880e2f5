import { deferringEngine, deferringPitrSwitch } from '../adapters/engines/create-backup.ts';
import { silentNotifier } from '../adapters/notify/sns-notifier.ts';
import { claimsOnlyStateStore, dryRunStateStore } from '../adapters/state/dynamodb-state-store.ts';
import { ownHintNotes } from '../adapters/state/hint-notes.ts';
import type { Effects } from '../model/effects.ts';
import { assertNever } from '../model/errors.ts';
import type { Deps } from './deps.ts';
import { eachEngine } from './engines.ts';

const DRY_RUN = 'dry run';
const NOT_DEPLOYED = 'the policies at hand are not the deployed ones';

/** Parts that observe and decide the same and change nothing anywhere. */
const withoutEffects = ({ settingsKeeper: _, ...parts }: Deps): Deps => ({
  ...parts,
  engines: eachEngine(parts.engines, (engine) => deferringEngine(engine, DRY_RUN)),
  pitrSwitch: deferringPitrSwitch(DRY_RUN),
  stateStore: dryRunStateStore(parts.stateStore),
  hintNotes: ownHintNotes(),
  settingsHints: { add: async () => undefined },
  notifier: silentNotifier,
});

/**
 * SAFETY: a finding that other policies do not raise would be resolved if it were saved or alerted,
 * though it still holds by the deployed ones.
 */
const creatingOnly = (parts: Deps): Deps => ({
  ...withoutEffects(parts),
  engines: eachEngine(parts.engines, (engine) => deferringEngine(engine, NOT_DEPLOYED, ['create'])),
  pitrSwitch: deferringPitrSwitch(NOT_DEPLOYED),
  stateStore: claimsOnlyStateStore(parts.stateStore),
});

/** Only the deployed functions save what they ran with. */
const withoutNotes = (parts: Deps): Deps => ({
  ...parts,
  runNotes: { read: () => parts.runNotes.read(), write: async () => undefined },
});

/**
 * Limits the parts of a run that a person started to the given effects; they observe and decide the
 * same. None of them notes that a function ran.
 */
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
