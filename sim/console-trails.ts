import type { SimAccount } from './account.ts';
import { addTrail, type NewTrail } from './cloudtrail/add-trail.ts';
import { changeSelectors } from './cloudtrail/put-event-selectors.ts';
import { beginLogging } from './cloudtrail/start-logging.ts';
import type { AdvancedEventSelector, EventSelector, Trail } from './cloudtrail/trails.ts';

export interface ConsoleTrail extends NewTrail {
  /** It logs unless this says otherwise, as a trail does that is made in the console. */
  readonly isLogging?: boolean;
  /** All management events when neither is given. */
  readonly selectors?: readonly Partial<EventSelector>[];
  readonly advancedSelectors?: readonly AdvancedEventSelector[];
}

/** Makes a trail: one of this Region, the shadow of one of another, or the one of the organization. */
export const createTrail = (account: SimAccount, options: ConsoleTrail): Trail => {
  const { isLogging = true, selectors, advancedSelectors, ...wish } = options;
  const trail = addTrail(account, wish);
  if (isLogging) beginLogging(account, trail);
  if (selectors || advancedSelectors) {
    changeSelectors(trail, {
      ...(selectors && { EventSelectors: selectors }),
      ...(advancedSelectors && { AdvancedEventSelectors: advancedSelectors }),
    });
  }
  return trail;
};
