import type { Resource } from './template.ts';

/** One action on one resource that a role allows. */
export interface Grant {
  readonly action: string;
  /** An ARN with wildcards, or `*`. */
  readonly resource: string;
}

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: unknown;
}

/** What CloudFormation makes a role of. */
export interface Role {
  readonly AssumeRolePolicyDocument: { readonly Statement: readonly unknown[] };
  readonly ManagedPolicyArns?: readonly string[];
  readonly Policies: readonly { readonly PolicyDocument: { readonly Statement: readonly Statement[] } }[];
}

interface AttachedPolicy {
  readonly Roles: readonly string[];
  readonly PolicyDocument: Role['Policies'][number]['PolicyDocument'];
}

/** Lists the roles among resolved resources by their ids, with their attached policies. */
export const rolesOf = (resources: Readonly<Record<string, Resource>>): Readonly<Record<string, Role>> => {
  const ofType = (type: string) => Object.entries(resources).filter(([, { Type }]) => Type === type);
  const attached = ofType('AWS::IAM::Policy').map(
    ([, { Properties }]) => Properties as unknown as AttachedPolicy,
  );
  return Object.fromEntries(
    ofType('AWS::IAM::Role').map(([id, { Properties }]) => {
      const role = Properties as unknown as Role;
      const more = attached.filter(({ Roles }) => Roles.includes(id));
      return [id, { ...role, Policies: [...role.Policies, ...more] }];
    }),
  );
};

export const statementsOf = ({ Policies }: Role): readonly Statement[] =>
  Policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement);

/** Lists everything that a role allows. Throws for a role that denies: none here does. */
export const grantsOf = (role: Role): readonly Grant[] =>
  statementsOf(role).flatMap(({ Effect, Action, Resource }) => {
    if (Effect !== 'Allow') throw new Error(`a role of ours holds ${Effect}`);
    return [Action].flat().flatMap((action) => [Resource].flat().map((resource) => ({ action, resource })));
  });

const literally = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

const patterns = new Map<string, RegExp>();

/** A run of a thousand tables asks thousands of times. */
const patternOf = (resource: string): RegExp => {
  const pattern = patterns.get(resource) ?? new RegExp(`^${resource.split('*').map(literally).join('.*')}$`);
  patterns.set(resource, pattern);
  return pattern;
};

/** Whether a grant covers a call on a resource, as IAM compares them: actions without regard to case, `*` for anything. */
export const covers = (grant: Grant, action: string, resource: string): boolean =>
  grant.action.toLowerCase() === action.toLowerCase() && patternOf(grant.resource).test(resource);
