import type { Operations } from '../operation.ts';
import { createTrail } from './create-trail.ts';
import { describeTrails } from './describe-trails.ts';
import { getEventSelectors } from './get-event-selectors.ts';
import { getTrailStatus } from './get-trail-status.ts';
import { putEventSelectors } from './put-event-selectors.ts';
import { startLogging } from './start-logging.ts';
import { stopLogging } from './stop-logging.ts';

export const CLOUDTRAIL_OPERATIONS: Operations = {
  CreateTrail: createTrail,
  DescribeTrails: describeTrails,
  GetEventSelectors: getEventSelectors,
  GetTrailStatus: getTrailStatus,
  PutEventSelectors: putEventSelectors,
  StartLogging: startLogging,
  StopLogging: stopLogging,
};
