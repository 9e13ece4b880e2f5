import { GetRoleCommand, type IAMClient } from '@aws-sdk/client-iam';
import { isFields, parsedJson } from '../../model/shape.ts';
import type { Known, SeenRole } from '../../model/vault-facts.ts';
import { readingOf, statedText } from '../aws/reading.ts';

const SERVICE = 'backup.amazonaws.com';

const textsOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

const trusts = (statement: unknown): boolean =>
  isFields(statement) &&
  statement.Effect === 'Allow' &&
  isFields(statement.Principal) &&
  textsOf(statement.Principal.Service).includes(SERVICE);

/** IAM hands policies over as in an address. */
const decoded = (document: string): string | undefined => {
  try {
    return decodeURIComponent(document);
  } catch {
    return undefined;
  }
};

const roleIn = (document: string): SeenRole | string => {
  const policy = parsedJson(decoded(document) ?? '');
  if (!isFields(policy)) return 'the trust policy is no document';
  return { trustsBackup: textsOf(policy.Statement).some(trusts) };
};

/**
 * Asks whom a role of jobs trusts, by its ARN.
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html (not verified)
 */
export const seenRole = (iam: IAMClient, roleArn: string): Promise<Known<SeenRole>> =>
  readingOf('GetRole', async () => {
    const name = roleArn.split('/').at(-1) ?? '';
    const { Role } = await iam.send(new GetRoleCommand({ RoleName: name }));
    const document = statedText(Role?.AssumeRolePolicyDocument);
    return document === undefined ? 'the answer has no trust policy' : roleIn(document);
  });
