import type { Context, Operation } from '../operation.ts';
import type { Trail } from './trails.ts';

export const trailShape = (trail: Trail): object => ({
  Name: trail.name,
  S3BucketName: trail.bucket,
  IncludeGlobalServiceEvents: true,
  IsMultiRegionTrail: trail.isMultiRegion,
  TrailARN: trail.arn,
  LogFileValidationEnabled: false,
  IsOrganizationTrail: trail.isOrganization,
});

/** A name means a trail of this Region, an ARN any that records here. */
const isWanted = (trail: Trail, names: readonly string[]): boolean =>
  names.length === 0 || names.includes(trail.arn) || names.includes(trail.name);

const isShown = ({ account }: Context, trail: Trail, withShadows: boolean): boolean =>
  trail.homeRegion === account.region || (withShadows && trail.isMultiRegion);

/** All on one page: there are five of a Region at most. */
export const describeTrails: Operation = (context, input) => {
  const names = Array.isArray(input.trailNameList) ? (input.trailNameList as readonly string[]) : [];
  const withShadows = input.includeShadowTrails !== false;
  const trails = [...context.account.state.trails.values()]
    .filter((trail) => isShown(context, trail, withShadows) && isWanted(trail, names))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  return {
    trailList: trails.map((trail) => ({
      ...trailShape(trail),
      HomeRegion: trail.homeRegion,
      HasCustomEventSelectors: trail.hasCustomSelectors,
      HasInsightSelectors: false,
    })),
  };
};
