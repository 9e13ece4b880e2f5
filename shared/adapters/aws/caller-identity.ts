import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { advise } from '../../model/advice.ts';
import { UserError } from '../../model/errors.ts';
import { failureText } from '../../model/failure.ts';
import { type ClientOptions, clientConfig, paceClient, proxyOf } from './clients.ts';
import { failureOf } from './errors.ts';
import { proxyFailureText } from './proxy-failure.ts';

const notKnown = (reason: string, cause?: unknown): UserError => {
  const fix = advise('Check the credentials (AWS_PROFILE) and the connection. Whom AWS takes you for:', [
    'aws',
    'sts',
    'get-caller-identity',
  ]);
  return new UserError(
    { code: 'no-aws-access', what: `AWS could not be asked who you are: ${reason}.`, fix },
    { cause },
  );
};

/** Whose credentials these are. */
export interface Caller {
  readonly accountId: string;
  /** The caller's own ARN, which says the partition; empty where the answer leaves it out. */
  readonly arn: string;
}

/** Reads the caller's account and ARN. Throws a `UserError` when AWS does not accept the caller. */
export const readCallerIdentity = async (options: ClientOptions): Promise<Caller> => {
  const client = paceClient(new STSClient(clientConfig(options)), options);
  const { Account, Arn } = await client.send(new GetCallerIdentityCommand({})).catch((error: unknown) => {
    const { failure } = failureOf('GetCallerIdentity', error);
    throw notKnown(proxyFailureText(error, proxyOf(options)) ?? failureText(failure), error);
  });
  if (Account === undefined || !/^\d{12}$/.test(Account))
    throw notKnown('GetCallerIdentity: the answer names no account');
  return { accountId: Account, arn: Arn ?? '' };
};
