import type { VirtualClock } from './clock.ts';
import { createSessions, type Sessions } from './sts.ts';
import { createTimeQueue } from './time-queue.ts';

/** What time alone does. One for all accounts, so that they can wait for each other. */
export interface Agenda {
  /** Does at that instant what time alone does: a table is gone, a backup leaves. */
  at(instant: number, change: (at: number) => void): void;
  /** Brings all of that up to now. */
  settle(): void;
}

/** What the accounts that know of each other share. */
export interface World<Account> {
  readonly agenda: Agenda;
  /** By account id, then by Region. */
  readonly accounts: Map<string, Map<string, Account>>;
  readonly sessions: Sessions;
  /** Of the organization: whether recovery points may be copied from one account to another. */
  readonly crossAccountBackup: { isEnabled: boolean; changedAt: number };
  /** Regions that are not enabled, in any account. */
  readonly disabledRegions: Set<string>;
}

const createAgenda = (clock: VirtualClock): Agenda => {
  const changes = createTimeQueue<(at: number) => void>();
  return {
    at: (instant, change) => void changes.add(instant, change),
    settle() {
      while ((changes.nextAt() ?? Number.POSITIVE_INFINITY) <= clock.now()) {
        const next = changes.take();
        next?.value(next.at);
      }
    },
  };
};

export const createWorld = <Account>(clock: VirtualClock): World<Account> => ({
  agenda: createAgenda(clock),
  accounts: new Map(),
  sessions: createSessions(),
  crossAccountBackup: { isEnabled: false, changedAt: clock.now() },
  disabledRegions: new Set(),
});

/** The account that an access key belongs to: that of its session, or the one whose id the key is. Undefined where neither says. */
export const accountOfKey = (
  { sessions }: Pick<World<never>, 'sessions'>,
  accessKeyId: string,
): string | undefined =>
  /^(?:arn:aws:sts::)?(\d{12})(?::|$)/.exec(sessions.get(accessKeyId) ?? accessKeyId)?.[1];
