import type { Finders } from '../core/findings/find.ts';
import type { Policies } from '../model/policy.ts';
import type { Target } from '../model/target.ts';
import type { CallCounter } from '../ports/call-counter.ts';
import type { Subscriptions } from '../ports/doctor.ts';
import type { DrillStates } from '../ports/drill.ts';
import type { EngineLists, Engines, PitrSwitch } from '../ports/engine.ts';
import type { Inventory, TableReader } from '../ports/inventory.ts';
import type { KeyFactReader } from '../ports/key-facts.ts';
import type { Log } from '../ports/log.ts';
import type { Notifier } from '../ports/messages.ts';
import type { HintNotes, RunNotes } from '../ports/notes.ts';
import type { FormerReplicas, RestoreRecords, SettingsHints, SettingsKeeper } from '../ports/restore.ts';
import type { StateStore } from '../ports/state-store.ts';
import type { CallTime, Clock, Pause } from '../ports/time.ts';
import type { VaultFactReader } from '../ports/vault-facts.ts';

/** All that a run works with, each behind its port. `compose` builds it. */
export interface Deps {
  readonly target: Target;
  readonly instance: string;
  /** Where people find what each finding means, if the deployment was given an address. */
  readonly findingsPage?: string;
  readonly policies: Policies;
  /** What its function can find. */
  readonly finders: Finders;
  readonly clock: Clock;
  readonly log: Log;
  readonly inventory: Inventory;
  readonly tableReader: TableReader;
  readonly engines: Engines;
  /** Only of audits and of people. */
  readonly vaultFacts?: VaultFactReader;
  /** Only of audits and of people. */
  readonly keyFacts?: KeyFactReader;
  readonly pitrSwitch: PitrSwitch;
  readonly stateStore: StateStore;
  readonly hintNotes: HintNotes;
  /** Read by audits. */
  readonly drillStates: Pick<DrillStates, 'list'>;
  /** What people restored: read by audits and from a terminal, and where something of a deleted table is to expire. */
  readonly restoreRecords?: Pick<RestoreRecords, 'list'>;
  /** Finds what lost tables were replicas of. */
  readonly formerReplicas: FormerReplicas;
  readonly runNotes: RunNotes;
  readonly settingsHints: SettingsHints;
  /** Only of the audit, and of no run that may not write. */
  readonly settingsKeeper?: SettingsKeeper;
  readonly notifier: Notifier;
  readonly subscriptions: Subscriptions;
  /** The pause between two messages while nothing can be saved. */
  readonly withoutMemoryPause: Pause;
  readonly callCounter: CallCounter;
  readonly callTime: CallTime;
}

/** What looking needs of it: engines that list, and do nothing. */
export type LookDeps = Omit<Deps, 'engines'> & { readonly engines: EngineLists };
