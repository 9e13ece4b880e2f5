import type { Policies, Policy } from '../../model/policy.ts';

/** What one tag value asks for. */
export interface Governance {
  /** The governing policies, sorted by name. */
  readonly policies: readonly Policy[];
  /**
   * Names in the value that the policy file does not have, sorted; the empty text for an empty
   * value.
   */
  readonly unknownNames: readonly string[];
  /** Whether the value is `none` and nothing else. */
  readonly optedOut: boolean;
  /** Policies that the value opts out of: `standard+offsite=none`. Sorted; absent if there are none. */
  readonly optedOutOf?: readonly string[];
  /** One sentence for each name in the value. */
  readonly reasons: readonly string[];
}

/** The value that opts out explicitly. */
export const OPT_OUT = 'none';

/** An opt-out of one policy, and nothing else: `offsite=none`. */
const OPT_OUT_OF = /^([a-z0-9-]+) *= *none$/;

const partsIn = (tagValue: string): readonly string[] => {
  const parts = tagValue.split('+').map((part) => part.trim());
  return [...new Set(parts.filter((part) => part !== ''))].toSorted();
};

const givenUpIn = (parts: readonly string[]): readonly string[] =>
  parts.flatMap((part) => OPT_OUT_OF.exec(part)?.[1] ?? []);

const namesIn = (parts: readonly string[]): readonly string[] => {
  const given = parts.filter((part) => !OPT_OUT_OF.test(part));
  return given.length === 0 ? [''] : given;
};

/** Returns the policies that a tag value names, whether or not there are such; `none` is none. */
export const policiesNamedBy = (tagValue: string): readonly string[] =>
  namesIn(partsIn(tagValue)).filter((name) => name !== '' && name !== OPT_OUT);

/** Returns the policies that a tag value opts out of one by one: `offsite=none`. */
export const givenUpBy = (tagValue: string): readonly string[] => givenUpIn(partsIn(tagValue));

const reasonFor = (name: string, { tag, policies }: Policies, givenUp: readonly string[]): string => {
  if (policies.some((policy) => policy.name === name)) return `its tag ${tag} names the policy ${name}`;
  if (name === '' && givenUp.length > 0)
    return `its tag ${tag} gives up ${givenUp.join(' and ')} and names no policy beside; ${OPT_OUT} alone would opt out of all`;
  if (name === '') return `its tag ${tag} is empty and so names no policy`;
  if (name === OPT_OUT)
    return `its tag ${tag} says ${OPT_OUT} beside a policy, so ${OPT_OUT} counts for nothing`;
  const inLowerCase = policies.find((policy) => policy.name === name.toLowerCase());
  return inLowerCase === undefined
    ? `its tag ${tag} names "${name}", which is no policy`
    : `its tag ${tag} names "${name}", which is no policy: ${inLowerCase.name} is written in lower case`;
};

/**
 * Decides which policies govern a table, and why, from the value of its policy tag. Spaces around names, repeated names and a stray `+` change
 * nothing. `none` beside other names is a contradiction: the others govern, and `none` is reported as unknown. `offsite=none` opts out of one policy
 * and governs nothing. Names are case-sensitive (`Standard` is not `standard`), because a wrong guess would leave a table without backups.
 */
export const govern = (policies: Policies, tagValue: string): Governance => {
  const parts = partsIn(tagValue);
  const names = namesIn(parts);
  const givenUp = givenUpIn(parts).filter((name) => !names.includes(name));
  const known = new Set(policies.policies.map(({ name }) => name));
  const optedOut = names.length === 1 && names[0] === OPT_OUT;
  return {
    policies: policies.policies
      .filter(({ name }) => names.includes(name))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    unknownNames: optedOut ? [] : names.filter((name) => !known.has(name)),
    optedOut,
    ...(givenUp.length > 0 && { optedOutOf: givenUp }),
    reasons: optedOut
      ? [`its tag ${policies.tag} opts out: ${OPT_OUT}`]
      : names.map((name) => reasonFor(name, policies, givenUp)),
  };
};
