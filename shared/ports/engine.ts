import type { CreateAction, EnablePitrAction, ExpireAction } from '../model/action.ts';
import type { Instant } from '../model/instant.ts';
import type { Outcome } from '../model/outcome.ts';
import type { RecoveryPoint } from '../model/recovery-point.ts';
import type { Listing } from './inventory.ts';

/**
 * What makes and deletes recovery points. Methods answer with outcomes and never throw for what the service answers.
 * An answer that was lost is looked up before anything is tried again, so that no call is made twice.
 */
export interface Engine {
  /** User-made recovery points of the whole target, those since the given instant where one is given; in order of creation. */
  listRecoveryPoints(since?: Instant): Promise<Listing<RecoveryPoint>>;
  /** `done` also when the recovery point of that name turns out to exist already. The caller holds the claim. */
  create(action: CreateAction): Promise<Outcome>;
  /** Reads the recovery point again and deletes it only when it is still what was listed: available, user-made, of that name and table. */
  expire(action: ExpireAction): Promise<Outcome>;
}

/** What switches point-in-time recovery on. */
export interface PitrSwitch {
  /** Sends the period with it, for switching on alone resets it to 35 days. */
  enable(action: EnablePitrAction): Promise<Outcome>;
}
