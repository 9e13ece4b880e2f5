import type { SimAccount } from '../account.ts';
import type { Operation } from '../operation.ts';
import { invalidParameter, invalidRequest } from './failures.ts';
import { textsIn } from './input.ts';
import { secondsOf } from './vault-shape.ts';

const refuseOutside = ({ accountId, state }: SimAccount): void => {
  if (state.organization.isMember) return;
  throw invalidRequest(`The account ${accountId} is not a member of an organization`);
};

export const describeGlobalSettings: Operation = ({ account }) => {
  refuseOutside(account);
  const { changedAt, isEnabled } = account.state.world.crossAccountBackup;
  return {
    GlobalSettings: { isCrossAccountBackupEnabled: String(isEnabled) },
    LastUpdateTime: secondsOf(changedAt),
  };
};

/** Taken from the management account only; from any member where the console does not say which that is. */
export const updateGlobalSettings: Operation = ({ account, now }, input) => {
  refuseOutside(account);
  const { managementAccountId = account.accountId } = account.state.organization;
  if (managementAccountId !== account.accountId) {
    throw invalidRequest('Only the management account of the organization may change global settings');
  }
  const { isCrossAccountBackupEnabled: wish } = textsIn(input, 'GlobalSettings') ?? {};
  if (wish !== 'true' && wish !== 'false') throw invalidParameter('Invalid global settings');
  Object.assign(account.state.world.crossAccountBackup, { isEnabled: wish === 'true', changedAt: now });
  return {};
};
