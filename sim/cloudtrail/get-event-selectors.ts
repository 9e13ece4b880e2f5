import type { Operation } from '../operation.ts';
import { existingTrail } from './trails.ts';

/** Either kind, and the other is not there. */
export const getEventSelectors: Operation = (context, input) => {
  const { arn, selectors, advancedSelectors } = existingTrail(context, input.TrailName);
  return {
    TrailARN: arn,
    ...(selectors.length > 0 && { EventSelectors: selectors }),
    ...(advancedSelectors.length > 0 && { AdvancedEventSelectors: advancedSelectors }),
  };
};
