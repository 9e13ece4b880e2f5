import type { Notifier } from '../../ports/notifier.ts';

/** Tells nobody. */
export const silentNotifier: Notifier = {
  prepare: async () => undefined,
  send: async () => undefined,
};
