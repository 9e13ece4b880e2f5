import type { CreateAction, EnablePitrAction, ExpireAction } from '../model/action.ts';
import type { Instant } from '../model/instant.ts';
import type { Outcome } from '../model/outcome.ts';
import type { RecoveryPoint } from '../model/recovery-point.ts';
import type { Listing } from './inventory.ts';

/** When a call may leave, by the clock of the run: neither before nor after. */
export interface CallWindow {
  readonly from: Instant;
  readonly until: Instant;
}

/** What makes and deletes recovery points. Methods answer with outcomes and never throw for what the service answers. */
export interface Engine {
  /** User-made recovery points of the whole target, those since the given instant where one is given; in order of creation. */
  listRecoveryPoints(since?: Instant): Promise<Listing<RecoveryPoint>>;
  /**
   * SAFETY: the caller holds the claim, and no call leaves outside of the window, whatever held the run up: then it is `deferred`. Sent once.
   * Where the answer was lost the outcome is `failed` and `uncertain`, and the caller may call again only after a whole list, read once the
   * call has settled, does not show the recovery point.
   */
  create(action: CreateAction, window: CallWindow): Promise<Outcome>;
  /**
   * SAFETY: reads the recovery point again and deletes it only when it is still what was listed: available, user-made, of that name and table;
   * and no deletion leaves outside of the window, because it was decided from what was true then.
   */
  expire(action: ExpireAction, window: CallWindow): Promise<Outcome>;
}

/** What switches point-in-time recovery on. */
export interface PitrSwitch {
  /** Sends the period as well, because switching on alone resets it to 35 days. */
  enable(action: EnablePitrAction): Promise<Outcome>;
}
