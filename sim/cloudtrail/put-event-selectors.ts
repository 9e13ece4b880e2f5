import { serviceFailure } from '../failure.ts';
import type { Context, Operation } from '../operation.ts';
import {
  type AdvancedEventSelector,
  ALL_MANAGEMENT_EVENTS,
  type EventSelector,
  ownTrail,
  type Trail,
} from './trails.ts';

const MAX_SELECTORS = 5;

interface Wish {
  readonly EventSelectors?: readonly Partial<EventSelector>[];
  readonly AdvancedEventSelectors?: readonly AdvancedEventSelector[];
}

const refused = (why: string) => serviceFailure('InvalidEventSelectorsException', why);

/** What is put takes the place of all that was there, of either kind. */
export const changeSelectors = (trail: Trail, wish: Wish): void => {
  const { EventSelectors = [], AdvancedEventSelectors = [] } = wish;
  trail.selectors = EventSelectors.map((selector) => ({ ...ALL_MANAGEMENT_EVENTS, ...selector }));
  trail.advancedSelectors = AdvancedEventSelectors;
  trail.hasCustomSelectors = true;
};

export const putEventSelectors: Operation = (context: Context, input) => {
  const wish = input as Wish;
  const { EventSelectors = [], AdvancedEventSelectors = [] } = wish;
  if (EventSelectors.length > 0 && AdvancedEventSelectors.length > 0) {
    const message = 'You can use either event selectors or advanced event selectors, but not both.';
    throw serviceFailure('InvalidParameterCombinationException', message);
  }
  if (EventSelectors.length + AdvancedEventSelectors.length === 0) throw refused('There are no selectors.');
  if (EventSelectors.length > MAX_SELECTORS) throw refused(`There are more than ${MAX_SELECTORS} selectors.`);
  const trail = ownTrail(context, input.TrailName);
  changeSelectors(trail, wish);
  const { arn, selectors, advancedSelectors } = trail;
  return { TrailARN: arn, EventSelectors: selectors, AdvancedEventSelectors: advancedSelectors };
};
