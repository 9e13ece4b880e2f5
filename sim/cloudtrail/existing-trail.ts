import { trailArn } from '../arn.ts';
import { serviceFailure } from '../failure.ts';
import type { Context } from '../operation.ts';
import type { Trail } from './trails.ts';

const NAME = /^[a-zA-Z0-9](?:[a-zA-Z0-9._-]{1,126})[a-zA-Z0-9]$/;

export const checkName = (name: string): void => {
  if (NAME.test(name)) return;
  const message =
    'Trail name or ARN can only contain uppercase letters, lowercase letters, numbers, periods (.), hyphens (-), and underscores (_).';
  throw serviceFailure('InvalidTrailNameException', message);
};

/** The trail of that ARN, or the account's own of that name: a shadow is found by its ARN alone. */
export const existingTrail = ({ account }: Context, nameOrArn: unknown): Trail => {
  const text = String(nameOrArn ?? '');
  const isArn = text.startsWith('arn:');
  if (!isArn) checkName(text);
  const arn = isArn ? text : trailArn(account, text);
  const trail = account.state.trails.get(arn);
  if (!trail) {
    throw serviceFailure(
      'TrailNotFoundException',
      `Unknown trail: ${arn} for the user: ${account.accountId}`,
    );
  }
  return trail;
};

/** The same for a change, which only the home Region and the account that owns the trail may make. */
export const ownTrail = (context: Context, nameOrArn: unknown): Trail => {
  const { accountId, region } = context.account;
  const trail = existingTrail(context, nameOrArn);
  if (trail.homeRegion !== region) {
    const message = `Trail ${trail.arn} cannot be updated in the ${region} region; its home region is ${trail.homeRegion}.`;
    throw serviceFailure('InvalidHomeRegionException', message);
  }
  if (!trail.arn.includes(`:${accountId}:`)) {
    const message = 'You cannot change the trail of an organization from an account that is its member.';
    throw serviceFailure('NotOrganizationMasterAccountException', message);
  }
  return trail;
};
