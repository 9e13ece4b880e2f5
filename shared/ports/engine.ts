import type { CopyAction, CreateAction, EnablePitrAction, ExpireAction } from '../model/action.ts';
import type { Instant } from '../model/instant.ts';
import type { Job } from '../model/job.ts';
import type { Outcome } from '../model/outcome.ts';
import type { EngineName, RecoveryPoint, RecoveryPointOrigin } from '../model/recovery-point.ts';
import type { Vault } from '../model/vault-arn.ts';
import type { Listing } from './inventory.ts';

/** When a call may leave, by the clock of the run: neither before nor after. */
export interface CallWindow {
  readonly from: Instant;
  readonly until: Instant;
}

/** Which recovery points to list: of one table or of all, since an instant or all. */
export interface RecoveryPointQuery {
  /** Every table that ever had the name. */
  readonly table?: string;
  /** An engine may list older ones as well. */
  readonly since?: Instant;
  /** The backup vaults to look into; only the engine of vaults reads it. */
  readonly vaults?: readonly Vault[];
  /** Whether those of tables of other accounts and Regions are listed as well; only the engine of vaults reads it. */
  readonly ofAnyHome?: true;
  /** What is known of recovery points in vaults, by id: those are not asked again whose they are. */
  readonly known?: ReadonlyMap<string, KnownOrigin>;
}

/** Whose a recovery point in a vault was proved to be. */
export interface KnownOrigin {
  /** Absent where nothing proves that it is this deployment's. */
  readonly origin?: RecoveryPointOrigin;
  readonly tableId?: string;
  /** The id of the recovery point that it was copied from. */
  readonly copyOf?: string;
  /** Until when it is not tried again, because a lock or a hold kept it from being deleted. */
  readonly heldUntil?: Instant;
}

/** What an engine carries out. */
export type EngineAction = CreateAction | CopyAction | ExpireAction;

/** What makes and deletes recovery points. Methods answer with outcomes and never throw for what the service answers. */
export interface Engine {
  /**
   * User-made recovery points of the target, in order of creation. SAFETY: each with its origin, where its marks prove who made it: nothing else reads
   * ownership.
   */
  list(query?: RecoveryPointQuery): Promise<Listing<RecoveryPoint>>;
  /** Jobs of the last 30 days, of this deployment and of others; absent where the engine has none. */
  readonly jobs?: () => Promise<Listing<Job>>;
  /**
   * SAFETY: no call leaves outside of the window, whatever held the run up: then it is `deferred`. A deletion was decided from what was true then.
   *
   * `create`: the caller holds the claim. Sent once. Where the answer was lost the outcome is `failed` and `uncertain`, and the caller may call again
   * only after a whole list, read once the call has settled, does not show the recovery point.
   *
   * `copy`: begins a job. The same action twice begins one.
   *
   * `expire`: reads the recovery point again and deletes it only when it is still what was listed: available, user-made, of that name and table.
   */
  apply(action: EngineAction, window: CallWindow): Promise<Outcome>;
}

/** The engines that a deployment has. What names another one is refused. */
export type Engines = Readonly<Partial<Record<EngineName, Engine>>>;

/** The part of engines that only looks. */
export type EngineLists = Readonly<Partial<Record<EngineName, Pick<Engine, 'list' | 'jobs'>>>>;

/** What switches point-in-time recovery on. */
export interface PitrSwitch {
  /** Sends the period as well, because switching on alone resets it to 35 days. */
  enable(action: EnablePitrAction): Promise<Outcome>;
}
