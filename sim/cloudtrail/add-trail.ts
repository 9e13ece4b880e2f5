import type { SimAccount } from '../account.ts';
import { trailArn } from '../arn.ts';
import { ALL_MANAGEMENT_EVENTS, type Trail } from './trails.ts';

/** What there is to say of a new trail. */
export interface NewTrail {
  readonly name: string;
  readonly bucket?: string;
  readonly isMultiRegion?: boolean;
  readonly isOrganization?: boolean;
  /** The account's own Region when absent; a trail of another is seen here as its shadow. */
  readonly homeRegion?: string;
  /** The account's own when absent; the trail of an organization belongs to the one that manages it. */
  readonly accountId?: string;
}

/** Makes a trail that takes in all management events and does not log yet. */
export const addTrail = (account: SimAccount, wish: NewTrail): Trail => {
  const { name, bucket = 'trail-logs', isMultiRegion = false, isOrganization = false } = wish;
  const { homeRegion = account.region, accountId = account.accountId } = wish;
  const trail: Trail = {
    name,
    arn: trailArn({ accountId, region: homeRegion }, name),
    homeRegion,
    bucket,
    isMultiRegion,
    isOrganization,
    selectors: [ALL_MANAGEMENT_EVENTS],
    advancedSelectors: [],
    hasCustomSelectors: false,
    isLogging: false,
    startedAt: undefined,
    stoppedAt: undefined,
  };
  account.state.trails.set(trail.arn, trail);
  return trail;
};
