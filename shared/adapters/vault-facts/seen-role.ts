import { GetRoleCommand, SimulatePrincipalPolicyCommand } from '@aws-sdk/client-iam';
import { isFields, parsedJson } from '../../model/shape.ts';
import { partitionOf, tableArn } from '../../model/target.ts';
import type { Known, SeenRole } from '../../model/vault-facts.ts';
import { readingOf, statedList, statedText } from '../aws/reading.ts';
import type { FactParts } from './parts.ts';

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
 * Asks whom the role of jobs trusts.
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html (not verified)
 */
export const seenRole = ({ iam, jobRole }: FactParts): Promise<Known<SeenRole>> =>
  readingOf('GetRole', async () => {
    const name = jobRole.split('/').at(-1) ?? '';
    const { Role } = await iam.send(new GetRoleCommand({ RoleName: name }));
    const document = statedText(Role?.AssumeRolePolicyDocument);
    return document === undefined ? 'the answer has no trust policy' : roleIn(document);
  });

/** What a job does on a table, on a recovery point that it makes, and on vaults that it copies into. */
const ON_TABLES = [
  'dynamodb:CreateBackup',
  'dynamodb:DescribeTable',
  'dynamodb:ListTagsOfResource',
  'dynamodb:StartAwsBackupJob',
];
const ON_POINTS = ['backup:TagResource'];
const ON_VAULTS = ['backup:CopyIntoBackupVault'];
const ON_ANYTHING = ['backup:CopyFromBackupVault'];

interface Denied {
  readonly actions: readonly string[];
}

const simulated = async (
  { iam, jobRole }: FactParts,
  actions: readonly string[],
  resources: readonly string[],
): Promise<Denied | string> => {
  const { EvaluationResults } = await iam.send(
    new SimulatePrincipalPolicyCommand({
      PolicySourceArn: jobRole,
      ActionNames: [...actions],
      ...(resources.length > 0 && { ResourceArns: [...resources] }),
    }),
  );
  const results = statedList(EvaluationResults);
  if (results === undefined) return 'the answer has no results';
  const denied = results.filter(({ EvalDecision }) => EvalDecision !== 'allowed');
  return { actions: denied.flatMap(({ EvalActionName }) => statedText(EvalActionName) ?? []) };
};

/**
 * Asks what of the actions that jobs take the policies of their role do not allow, in two to four calls. Keys are left out: what a key allows stands in its
 * own policy as well.
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html (not verified)
 */
export const lackingRights = async (
  parts: FactParts,
  destinations: readonly string[],
): Promise<Known<readonly string[]>> => {
  const { target } = parts;
  const points = `arn:${partitionOf(target)}:backup:${target.region}:${target.accountId}:recovery-point:any`;
  const copies: (readonly [readonly string[], readonly string[]])[] = [
    [ON_VAULTS, destinations],
    [ON_ANYTHING, []],
  ];
  const questions = [
    [ON_TABLES, [tableArn('any', target)]] as const,
    [ON_POINTS, [points]] as const,
    ...(destinations.length > 0 ? copies : []),
  ];
  const reading = await readingOf('SimulatePrincipalPolicy', async (): Promise<Denied | string> => {
    const answers: Denied[] = [];
    for (const [actions, resources] of questions) {
      const answer = await simulated(parts, actions, resources);
      if (typeof answer === 'string') return answer;
      answers.push(answer);
    }
    return { actions: [...new Set(answers.flatMap((answer) => answer.actions))].toSorted() };
  });
  return reading.kind === 'found' ? { kind: 'found', value: reading.value.actions } : reading;
};
