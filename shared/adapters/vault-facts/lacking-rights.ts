import { type EvaluationResult, type IAMClient, SimulatePrincipalPolicyCommand } from '@aws-sdk/client-iam';
import { ownFailure } from '../../model/failure.ts';
import type { Known } from '../../model/vault-facts.ts';
import { readingOf, statedList, statedText } from '../aws/reading.ts';
import type { NeededRights } from './role-rights.ts';

const OPERATION = 'SimulatePrincipalPolicy';

interface Answers {
  readonly denied: readonly string[];
  /** What depends on a condition of which the question says nothing. */
  readonly undecided: readonly string[];
}

type Result = Partial<EvaluationResult>;

const isAllowed = ({ EvalDecision, ResourceSpecificResults }: Result): boolean =>
  EvalDecision === 'allowed' &&
  (statedList(ResourceSpecificResults) ?? []).every(
    ({ EvalResourceDecision }) => EvalResourceDecision === 'allowed',
  );

/** A denial may be one only because the question leaves out what a condition asks for. */
const isUndecided = ({ MissingContextValues, ResourceSpecificResults }: Result): boolean =>
  [
    MissingContextValues,
    ...(statedList(ResourceSpecificResults) ?? []).map((one) => one.MissingContextValues),
  ]
    .flat()
    .some((key) => statedText(key) !== undefined);

const namesOf = (results: readonly Result[]): readonly string[] =>
  results.flatMap(({ EvalActionName }) => statedText(EvalActionName) ?? []);

const answersIn = (results: readonly Result[]): Answers => {
  const refused = results.filter((one) => !isAllowed(one));
  return {
    denied: namesOf(refused.filter((one) => !isUndecided(one))),
    undecided: namesOf(refused.filter(isUndecided)),
  };
};

/** A fact about the call that IAM takes into account, such as the service that a role is passed to. */
export interface Circumstance {
  readonly key: string;
  readonly value: string;
}

const asked = async (
  iam: IAMClient,
  principal: string,
  { actions, resources }: NeededRights,
  circumstances: readonly Circumstance[],
): Promise<Answers | string> => {
  const { EvaluationResults } = await iam.send(
    new SimulatePrincipalPolicyCommand({
      PolicySourceArn: principal,
      ActionNames: [...actions],
      ...(resources.length > 0 && { ResourceArns: [...resources] }),
      ...(circumstances.length > 0 && {
        ContextEntries: circumstances.map(({ key, value }) => ({
          ContextKeyName: key,
          ContextKeyType: 'string' as const,
          ContextKeyValues: [value],
        })),
      }),
    }),
  );
  const results = statedList(EvaluationResults);
  return results === undefined ? 'the answer has no results' : answersIn(results);
};

const each = (names: readonly string[]): readonly string[] => [...new Set(names)].toSorted();

const verdict = ({ denied, undecided }: Answers): Known<readonly string[]> =>
  denied.length === 0 && undecided.length > 0
    ? {
        kind: 'unreadable',
        failure: ownFailure(
          'depends',
          `whether ${each(undecided).join(', ')} is allowed depends on a condition that is only known when it is called`,
          { operation: OPERATION },
        ),
      }
    : { kind: 'found', value: each(denied) };

/**
 * Asks what of some rights the policies of a principal do not allow, in a call for each. SAFETY: what depends on a condition that nobody can know
 * beforehand is unknown, and neither allowed nor denied.
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html (not verified)
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_EvaluationResult.html (not verified): MissingContextValues
 */
export const lackingRights = async (
  iam: IAMClient,
  principal: string,
  rights: readonly NeededRights[],
  circumstances: readonly Circumstance[] = [],
): Promise<Known<readonly string[]>> => {
  const reading = await readingOf(OPERATION, async (): Promise<Answers | string> => {
    const answers: Answers[] = [];
    for (const needed of rights) {
      const answer = await asked(iam, principal, needed, circumstances);
      if (typeof answer === 'string') return answer;
      answers.push(answer);
    }
    return {
      denied: answers.flatMap(({ denied }) => denied),
      undecided: answers.flatMap(({ undecided }) => undecided),
    };
  });
  return reading.kind === 'found' ? verdict(reading.value) : reading;
};
