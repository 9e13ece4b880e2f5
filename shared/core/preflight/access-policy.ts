import { isFields, parsedJson } from '../../model/shape.ts';

/** One statement of an access policy, as far as it is judged here. */
interface Statement {
  readonly isDenial: boolean;
  /** In lower case. */
  readonly actions: readonly string[];
  readonly principals: readonly string[];
  /** Set where something else decides as well, which nothing here can see. */
  readonly isConditional: boolean;
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
      actions: textsOf(Action).map((action) => action.toLowerCase()),
      principals: principalsOf(Principal),
      isConditional: Condition !== undefined || NotAction !== undefined || NotPrincipal !== undefined,
    },
  ];
};

const statementsIn = (document: string): readonly Statement[] => {
  const policy = parsedJson(document);
  if (!isFields(policy)) return [];
  const { Statement } = policy;
  return (Array.isArray(Statement) ? Statement : [Statement]).flatMap(toStatement);
};

const covers = (pattern: string, action: string): boolean =>
  pattern.endsWith('*') ? action.startsWith(pattern.slice(0, -1)) : pattern === action;

/**
 * Lists which of the actions a policy denies to all of these principals without a condition. Everybody and the whole account are principals too. What
 * depends on a condition is not judged: whom it is about cannot be seen from here.
 */
export const deniedBy = (
  document: string,
  actions: readonly string[],
  { accountId, roleArn }: { readonly accountId: string; readonly roleArn?: string },
): readonly string[] => {
  const everybody = ['*', accountId];
  const isWhom = (principal: string): boolean =>
    everybody.includes(principal) ||
    principal === roleArn ||
    (principal.endsWith(':root') && principal.includes(`:${accountId}:`));
  const denials = statementsIn(document).filter(
    ({ isConditional, isDenial, principals }) => isDenial && !isConditional && principals.some(isWhom),
  );
  return actions.filter((action) =>
    denials.some((denial) => denial.actions.some((pattern) => covers(pattern, action.toLowerCase()))),
  );
};
