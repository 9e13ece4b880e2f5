import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { UserError } from '../../model/errors.ts';
import { type ClientOptions, clientConfig } from './client-options.ts';
import { failureOf } from './errors.ts';
import { paceClient } from './pace-client.ts';

const notKnown = (thrown: unknown): UserError => {
  const { reason } = failureOf('GetCallerIdentity', thrown);
  const fix = 'Check the credentials (AWS_PROFILE, or `aws sts get-caller-identity`) and the connection.';
  return new UserError(
    { code: 'no-aws-access', what: `AWS could not be asked who you are: ${reason}.`, fix },
    { cause: thrown },
  );
};

/** Given a run's options, returns the account number of the caller. At the edge a `UserError` where AWS does not answer the caller. */
export const readCallerAccount = async (options: ClientOptions): Promise<string> => {
  const client = paceClient(new STSClient(clientConfig(options)), options);
  try {
    const { Account } = await client.send(new GetCallerIdentityCommand({}));
    if (Account === undefined) throw new Error('GetCallerIdentity answered without an account');
    return Account;
  } catch (error) {
    throw notKnown(error);
  }
};
