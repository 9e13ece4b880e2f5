import { messageOf } from '../model/errors.ts';
import { type Instant, MINUTE_MS, SECOND_MS } from '../model/instant.ts';
import type { HeldTurn } from '../ports/state-store.ts';
import type { Deps } from './deps.ts';

type TurnDeps = Pick<Deps, 'clock' | 'log' | 'stateStore'>;

/** How long a run that was killed while alerting keeps others from alerting. */
const HELD_MS = MINUTE_MS;

const TRY_AGAIN_MS = SECOND_MS;

/** The least that a message and its state need. */
const RESERVE_MS = 15 * SECOND_MS;

const awaitTurn = async (
  { clock, stateStore }: TurnDeps,
  name: string,
  deadline: Instant,
): Promise<HeldTurn | undefined> => {
  for (;;) {
    const now = clock.now();
    const held = await stateStore.takeTurn({ name, now, heldUntil: now + HELD_MS });
    if (held !== undefined || clock.now() + TRY_AGAIN_MS > deadline - RESERVE_MS) return held;
    await clock.sleep(TRY_AGAIN_MS);
  }
};

/** A turn that cannot be released ends by itself. */
const giveBack = async ({ log, stateStore }: TurnDeps, held: HeldTurn): Promise<void> => {
  try {
    await stateStore.endTurn(held);
  } catch (error) {
    log.warn('a turn could not be given back', { turn: held.name, reason: messageOf(error) });
  }
};

/**
 * Runs the action while no other run does the same, and returns its result. A run whose time ends
 * while it waits acts all the same: a duplicate alert is better than none. Throws when the state
 * table cannot be reached.
 */
export const withTurn = async <Result>(
  deps: TurnDeps,
  name: string,
  deadline: Instant,
  act: () => Promise<Result>,
): Promise<Result> => {
  const held = await awaitTurn(deps, name, deadline);
  try {
    return await act();
  } finally {
    if (held !== undefined) await giveBack(deps, held);
  }
};
