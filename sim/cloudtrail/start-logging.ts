import type { SimAccount } from '../account.ts';
import type { Operation } from '../operation.ts';
import { ownTrail, type Trail } from './trails.ts';

export const beginLogging = ({ clock }: SimAccount, trail: Trail): void => {
  trail.isLogging = true;
  trail.startedAt = clock.now();
};

export const startLogging: Operation = (context, input) => {
  beginLogging(context.account, ownTrail(context, input.Name));
  return {};
};
