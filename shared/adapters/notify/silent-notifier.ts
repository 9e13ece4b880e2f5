import type { Notifier } from '../../ports/notifier.ts';

/** Tells nobody. */
export const silentNotifier: Notifier = { send: async () => undefined };
