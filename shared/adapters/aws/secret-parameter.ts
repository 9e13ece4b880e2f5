import { ParameterNotFoundError } from '@aws-lambda-powertools/parameters/errors';
import { SSMProvider } from '@aws-lambda-powertools/parameters/ssm';
import { SSMClient } from '@aws-sdk/client-ssm';
import { advise } from '../../model/advice.ts';
import { messageOf, UserError } from '../../model/errors.ts';
import type { Secret } from '../../ports/secrets.ts';
import { type ClientOptions, clientConfig, paceClient } from './clients.ts';

/** A value that was replaced is noticed this late, in seconds. */
const MAX_AGE_SECONDS = 300;

const missing = (name: string, cause?: unknown): UserError =>
  new UserError(
    {
      code: 'secret-missing',
      what: `The parameter ${name} does not exist or is empty.`,
      fix: advise('Write it:', [
        ...['aws', 'ssm', 'put-parameter', '--type', 'SecureString', '--overwrite'],
        ...['--name', name, '--value', 'file://FILE'],
      ]),
    },
    { cause },
  );

const unreadable = (name: string, cause: unknown): Error =>
  cause instanceof ParameterNotFoundError
    ? missing(name, cause)
    : new Error(`GetParameter: ${name} could not be read: ${messageOf(cause)}`, { cause });

/**
 * Reads a secret from an SSM parameter, decrypted and cached for five minutes. Throws a `UserError` for a missing or blank parameter, and an error
 * with its cause for one that cannot be read. Neither contains the value.
 * @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameter.html (checked 2026-11-23)
 */
export const createSecretParameter = (options: ClientOptions, name: string): Secret => {
  const awsSdkV3Client = paceClient(new SSMClient(clientConfig(options)), options);
  const provider = new SSMProvider({ awsSdkV3Client });
  return {
    name,
    read: async () => {
      const wish = { decrypt: true, maxAge: MAX_AGE_SECONDS, throwOnMissing: true } as const;
      const value = await provider.get(name, wish).catch((error: unknown) => {
        throw unreadable(name, error);
      });
      const text = value?.trim() ?? '';
      if (text === '') throw missing(name);
      return text;
    },
    forget: () => provider.clearCache(),
  };
};
