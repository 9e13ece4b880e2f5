import type { Operation } from '../operation.ts';
import { ownTrail } from './trails.ts';

export const stopLogging: Operation = (context, input) => {
  const trail = ownTrail(context, input.Name);
  trail.isLogging = false;
  trail.stoppedAt = context.now;
  return {};
};
