import { isFields, parsedJson } from '../../model/shape.ts';
import { type Applies, appliesTo } from './policy-condition.ts';

/** One statement of an access policy, as far as it is judged here. */
interface Statement {
  readonly isDenial: boolean;
  /** In lower case. */
  readonly actions: readonly string[];
  /** Set where it is about all actions but those. */
  readonly isInverse: boolean;
  readonly principals: readonly string[];
  /** Set where it is about all principals but some: who is none of them cannot be seen here. */
  readonly isForOthers: boolean;
  readonly condition: unknown;
}

const textsOf = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value : [value]).filter((one): one is string => typeof one === 'string');

const principalsOf = (value: unknown): readonly string[] =>
  isFields(value) ? textsOf(value.AWS) : textsOf(value);

const toStatement = (value: unknown): readonly Statement[] => {
  if (!isFields(value)) return [];
  const { Action, Condition, Effect, NotAction, NotPrincipal, Principal } = value;
  return [
    {
      isDenial: Effect === 'Deny',
      actions: textsOf(NotAction ?? Action).map((action) => action.toLowerCase()),
      isInverse: NotAction !== undefined,
      principals: principalsOf(Principal),
      isForOthers: NotPrincipal !== undefined,
      condition: Condition,
    },
  ];
};

const statementsIn = (document: string): readonly Statement[] | undefined => {
  const policy = parsedJson(document);
  if (!isFields(policy)) return undefined;
  const { Statement } = policy;
  return (Array.isArray(Statement) ? Statement : [Statement]).flatMap(toStatement);
};

const isIn = (patterns: readonly string[], action: string): boolean =>
  patterns.some((pattern) =>
    pattern.endsWith('*') ? action.startsWith(pattern.slice(0, -1)) : pattern === action,
  );

/** Who calls on a vault. */
export interface Whom {
  readonly accountId: string;
  /** Absent where everybody of the account is meant. */
  readonly roleArn?: string;
}

const isWhom = (principal: string, { accountId, roleArn }: Whom): boolean =>
  ['*', accountId].includes(principal) ||
  principal === roleArn ||
  (principal.endsWith(':root') && principal.includes(`:${accountId}:`));

const speaks = (statement: Statement, action: string, whom: Whom): Applies => {
  const { actions, condition, isForOthers, isInverse, principals } = statement;
  if (isIn(actions, action.toLowerCase()) === isInverse) return 'no';
  if (!isForOthers && !principals.some((principal) => isWhom(principal, whom))) return 'no';
  const applies = appliesTo(condition, whom.accountId);
  return applies === 'yes' && isForOthers ? 'unknown' : applies;
};

const verdictOf = (statements: readonly Statement[], action: string, whom: Whom): Applies => {
  const all = statements.map((statement) => speaks(statement, action, whom));
  if (all.includes('yes')) return 'yes';
  return all.includes('unknown') ? 'unknown' : 'no';
};

/** What a policy denies for certain, and what it may. */
export interface Denials {
  readonly denied: readonly string[];
  readonly undecided: readonly string[];
}

/**
 * Lists which of the actions a policy denies to all of these principals. Everybody and the whole account are principals too. SAFETY: what depends on what
 * is only known when it is called, and a document that cannot be read, is undecided and never fine.
 */
export const denialsIn = (document: string, actions: readonly string[], whom: Whom): Denials => {
  const statements = statementsIn(document);
  if (statements === undefined) return { denied: [], undecided: actions };
  const denials = statements.filter(({ isDenial }) => isDenial);
  const verdictOn = (action: string): Applies => verdictOf(denials, action, whom);
  return {
    denied: actions.filter((action) => verdictOn(action) === 'yes'),
    undecided: actions.filter((action) => verdictOn(action) === 'unknown'),
  };
};

/** What a policy allows for certain, and what it may. */
export interface Grants {
  readonly allowed: readonly string[];
  readonly undecided: readonly string[];
}

/**
 * Lists which of the actions a policy that has to allow, such as that of a key, allows to any of these principals, and does not deny. What it allows to the
 * whole account is then up to the account's own policies.
 */
export const grantsIn = (document: string, actions: readonly string[], whom: Whom): Grants => {
  const statements = statementsIn(document);
  if (statements === undefined) return { allowed: [], undecided: actions };
  const denials = statements.filter(({ isDenial }) => isDenial);
  const grants = statements.filter(({ isDenial }) => !isDenial);
  const verdicts = actions.map((action) => ({
    action,
    denied: verdictOf(denials, action, whom),
    granted: verdictOf(grants, action, whom),
  }));
  const named = (of: readonly { readonly action: string }[]) => of.map(({ action }) => action);
  return {
    allowed: named(verdicts.filter(({ denied, granted }) => denied === 'no' && granted === 'yes')),
    undecided: named(
      verdicts.filter(
        ({ denied, granted }) =>
          denied !== 'yes' && granted !== 'no' && (denied === 'unknown' || granted === 'unknown'),
      ),
    ),
  };
};
