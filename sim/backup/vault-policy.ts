import { parsePolicy, type Statement } from './policy-document.ts';

/** Who asks, as policies see it: the ARN of a user, a role or a session of one. */
export interface Principal {
  readonly arn: string;
  readonly accountId: string;
}

/** The role behind a session, which is what policies name. */
const roleOf = ({ arn, accountId }: Principal): string => {
  const role = /:assumed-role\/([^/]+)\//.exec(arn)?.[1];
  return role === undefined ? arn : `arn:aws:iam::${accountId}:role/${role}`;
};

const patternOf = (text: string): RegExp =>
  new RegExp(
    `^${text
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
  );

const isNamed = (names: readonly string[], who: Principal): boolean =>
  names.some(
    (name) =>
      name === '*' ||
      name === who.accountId ||
      name === `arn:aws:iam::${who.accountId}:root` ||
      name === who.arn ||
      name === roleOf(who),
  );

const attributeOf = (key: string, who: Principal): string | undefined => {
  switch (key.toLowerCase()) {
    case 'aws:principalarn':
      return roleOf(who);
    case 'aws:principalaccount':
      return who.accountId;
    case 'aws:principalorgid':
      return 'o-simulated';
    default:
      return undefined;
  }
};

/** A negated operator holds where the key is missing, any other does not. */
const holds = (operator: string, key: string, values: readonly string[], who: Principal): boolean => {
  const name = operator.replace(/^For(All|Any)\w+:/, '').replace(/IfExists$/, '');
  const value = attributeOf(key, who);
  const isNegated = name.includes('Not');
  if (value === undefined) return isNegated || operator.endsWith('IfExists');
  const isLike = name.endsWith('Like') || name.startsWith('Arn');
  const isMet = values.some((each) => (isLike ? patternOf(each).test(value) : each === value));
  return isNegated ? !isMet : isMet;
};

const concerns = (statement: Statement, action: string, who: Principal): boolean => {
  const { actions, conditions, notPrincipals, principals } = statement;
  const isAsked = actions.some((each) => each === '*' || each.toLowerCase() === action.toLowerCase());
  const isWhom = notPrincipals.length > 0 ? !isNamed(notPrincipals, who) : isNamed(principals, who);
  if (!isAsked || !isWhom) return false;
  return Object.entries(conditions).every(([operator, keys]) =>
    Object.entries(keys).every(([key, values]) => holds(operator, key, values, who)),
  );
};

/** What an access policy says of an action: a denial before all else, and undefined where it says nothing. */
export const policyVerdict = (
  policy: string | undefined,
  action: string,
  who: Principal,
): 'Allow' | 'Deny' | undefined => {
  const statements = (policy === undefined ? undefined : parsePolicy(policy)) ?? [];
  const effects = statements.filter((each) => concerns(each, action, who)).map(({ effect }) => effect);
  return effects.includes('Deny') ? 'Deny' : effects[0];
};
