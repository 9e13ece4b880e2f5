import { singleLine } from '../text/words.ts';
import { denialsIn, type Forbidder } from './denials.ts';

const BY: Readonly<Record<Forbidder, string>> = {
  organization: ': a policy of the organization forbids it',
  'permissions-boundary': ': your permissions boundary does not allow it',
  'role-deny': ': a policy of yours denies it',
  'role-lacks': '',
  resource: ': the policy of what it is about does not allow it',
  unknown: '',
};

/**
 * Given why a call of the person's own failed, returns it in a few words: `tag:GetResources is not allowed to you`. At the edge what is no denial
 * stays as the service words it, on one line.
 */
export const reasonText = (reason: string): string => {
  const [denial] = denialsIn(reason);
  return denial === undefined ? singleLine(reason) : `${denial.action} is not allowed to you${BY[denial.by]}`;
};
