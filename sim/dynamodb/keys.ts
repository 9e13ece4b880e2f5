import type { SimAccount } from '../account.ts';
import { keyArn } from '../arn.ts';
import { validationFailure } from '../failure.ts';
import type { Definition } from './table.ts';

/** Refuses a key that cannot be used: one that is disabled, about to be deleted, or not there. */
export const refuseKey = (account: SimAccount, sse: Definition['sse']): void => {
  if (!sse?.Enabled || sse.KMSMasterKeyId === undefined) return;
  const arn = keyArn(account, sse.KMSMasterKeyId);
  const trouble = account.state.keys.get(arn);
  if (trouble === undefined) return;
  throw validationFailure(
    trouble === 'missing'
      ? `One or more parameter values were invalid: KMS key ${arn} does not exist`
      : `One or more parameter values were invalid: KMS key ${arn} is ${trouble}`,
  );
};
