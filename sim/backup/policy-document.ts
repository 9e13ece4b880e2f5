/** One statement of a vault's access policy, its single values as lists. */
export interface Statement {
  readonly effect: 'Allow' | 'Deny';
  readonly actions: readonly string[];
  /** ARNs, account ids or `*`. */
  readonly principals: readonly string[];
  /** Whom it does not concern, where it says it this way round. */
  readonly notPrincipals: readonly string[];
  /** By operator, then by key. */
  readonly conditions: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

const listOf = (value: unknown): readonly string[] => {
  if (value === undefined || value === null) return [];
  return (Array.isArray(value) ? value : [value]).map(String);
};

const principalsOf = (value: unknown): readonly string[] => {
  if (typeof value !== 'object' || value === null) return listOf(value);
  return Object.values(value).flatMap(listOf);
};

const conditionsOf = (value: unknown): Statement['conditions'] =>
  Object.fromEntries(
    Object.entries((value ?? {}) as Readonly<Record<string, Readonly<Record<string, unknown>>>>).map(
      ([operator, keys]) => [
        operator,
        Object.fromEntries(Object.entries(keys).map(([key, values]) => [key, listOf(values)])),
      ],
    ),
  );

const statementOf = (given: Readonly<Record<string, unknown>>): Statement => ({
  effect: given.Effect === 'Deny' ? 'Deny' : 'Allow',
  actions: listOf(given.Action),
  principals: principalsOf(given.Principal),
  notPrincipals: principalsOf(given.NotPrincipal),
  conditions: conditionsOf(given.Condition),
});

/** Reads a policy; undefined when it is none. */
export const parsePolicy = (text: string): readonly Statement[] | undefined => {
  try {
    const { Statement: given } = JSON.parse(text) as { readonly Statement?: unknown };
    if (typeof given !== 'object' || given === null) return undefined;
    return (Array.isArray(given) ? given : [given]).map(statementOf);
  } catch (cause) {
    if (cause instanceof SyntaxError) return undefined;
    throw cause;
  }
};
