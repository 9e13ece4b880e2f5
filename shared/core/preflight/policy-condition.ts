import { isFields } from '../../model/shape.ts';

/** Whether a statement is about a call; `unknown`: that depends on what is only known when it is called. */
export type Applies = 'yes' | 'no' | 'unknown';

/** Operators that compare a value with several, by whether they hold where one of them is it. */
const EQUAL: ReadonlyMap<string, boolean> = new Map([
  ['StringEquals', true],
  ['StringLike', true],
  ['StringNotEquals', false],
  ['StringNotLike', false],
]);

const ARN_EXCEPT: readonly string[] = ['ArnNotLike', 'ArnNotEquals', 'StringNotLike', 'StringNotEquals'];

/** The role of `prune`, as CloudFormation names it, in a pattern or as itself. */
const PRUNE = /:role\/tablekeeper-[a-z0-9-]+-PruneRole-/;

const textsOf = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value : [value])
    .filter((one): one is string | boolean => typeof one === 'string' || typeof one === 'boolean')
    .map(String);

type Judge = (operator: string, values: readonly string[], accountId: string) => Applies;

const byAccount: Judge = (operator, values, accountId) => {
  const ifOneIsIt = EQUAL.get(operator);
  if (ifOneIsIt === undefined || values.some((value) => /[*?]/.test(value))) return 'unknown';
  return values.includes(accountId) === ifOneIsIt ? 'yes' : 'no';
};

/** What AWS Backup does with a key it does as a service. */
const byService: Judge = (operator, values) =>
  EQUAL.get(operator) === true && values.some((value) => /^backup[.*]/.test(value)) ? 'yes' : 'unknown';

/** And for a resource. */
const byGrant: Judge = (operator, values) => {
  if (operator !== 'Bool') return 'unknown';
  return values.every((value) => value === 'true') ? 'yes' : 'no';
};

/** The one exception that is made for the function that deletes. */
const byRole: Judge = (operator, values, accountId) =>
  ARN_EXCEPT.includes(operator) &&
  values.some((value) => value.includes(`::${accountId}:`) && PRUNE.test(value))
    ? 'no'
    : 'unknown';

/** The keys of which something is known here, in lower case. */
const JUDGES: ReadonlyMap<string, Judge> = new Map([
  ['aws:principalaccount', byAccount],
  ['kms:calleraccount', byAccount],
  ['kms:viaservice', byService],
  ['kms:grantisforawsresource', byGrant],
  ['aws:principalarn', byRole],
]);

const one = (operator: string, key: string, values: readonly string[], accountId: string): Applies =>
  JUDGES.get(key.toLowerCase())?.(operator, values, accountId) ?? 'unknown';

/**
 * Decides whether a condition holds for calls of the account's own functions and jobs: all of it has to. Of a caller only the account is known, and that one
 * of them is `prune`.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html (not verified)
 */
export const appliesTo = (condition: unknown, accountId: string): Applies => {
  if (condition === undefined) return 'yes';
  if (!isFields(condition)) return 'unknown';
  const parts = Object.entries(condition).flatMap(([operator, keys]) =>
    isFields(keys)
      ? Object.entries(keys).map(([key, values]) => one(operator, key, textsOf(values), accountId))
      : (['unknown'] as const),
  );
  if (parts.includes('no')) return 'no';
  return parts.includes('unknown') ? 'unknown' : 'yes';
};
