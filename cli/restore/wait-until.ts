import type { AskedMoment } from '../../shared/core/restore/asked.ts';
import { choose } from '../../shared/core/restore/choose.ts';
import { type Instant, isoInstant, MINUTE_MS } from '../../shared/model/instant.ts';
import type { RestoreParts } from '../../shared/run/compose-restore.ts';
import type { Session } from '../session.ts';
import { sanitizeTerminal } from '../terminal.ts';
import type { Seen } from './make-plans.ts';

type Named = Exclude<AskedMoment, { readonly kind: 'open' }>;

/** The newest second is about five minutes old; where it does not move for this long, waiting helps no more. */
const MOST_MS = 60 * MINUTE_MS;

const LOOK_AGAIN_MS = MINUTE_MS / 2;

/** When the asked second can be restored in all tables; undefined where no table needs waiting for. */
const restorableFrom = (seen: readonly Seen[], moment: Named): Instant | undefined => {
  const instants = seen.flatMap(({ view }) => {
    const choice = choose(view, moment);
    const isEarly = choice.kind === 'refused' && choice.reason.kind === 'not-restorable-yet';
    return isEarly ? [choice.reason.from] : [];
  });
  return instants.length === 0 ? undefined : Math.max(...instants);
};

/** Waits until the asked second can be restored, and returns what there is then. At most an hour. */
export const waitUntilRestorable = async (
  { terminal }: Session,
  { parts: { clock } }: Pick<RestoreParts, 'parts'>,
  begun: readonly Seen[],
  moment: Named,
  lookAgain: () => Promise<readonly Seen[]>,
): Promise<readonly Seen[]> => {
  const until = clock.now() + MOST_MS;
  let seen = begun;
  for (;;) {
    const from = restorableFrom(seen, moment);
    if (from === undefined || clock.now() >= until) return seen;
    terminal.stderr.write(sanitizeTerminal(`Waiting until about ${isoInstant(from)}.\n`));
    await clock.sleep(Math.max(from - clock.now(), LOOK_AGAIN_MS));
    seen = await lookAgain();
  }
};
