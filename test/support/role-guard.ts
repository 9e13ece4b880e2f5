import type { AuthorizationRequest } from '../../sim/settings.ts';
import type { Rights } from './rights.ts';
import { covers, type Grant } from './roles.ts';

/** A grant as text. */
export const grantText = (key: string, { action, resource }: Grant): string =>
  `${key}: ${action} on ${resource}`;

/** Stands before an account and lets each function do what its role allows, and no more. */
export interface RoleGuard {
  /** What an account asks before each call. Whoever is none of the functions is a person, who may do anything. */
  authorize(request: AuthorizationRequest): boolean;
  /** From now on these keys are functions. The rights are looked up at the first call of one of them. */
  admit(keys: readonly string[], rights: () => Rights): void;
  /** What functions asked for and may not, in the order in which they did. */
  readonly refused: readonly string[];
  /** Grants that some call needed. */
  readonly used: ReadonlySet<string>;
}

/** Creates a guard that knows no principal yet. */
export const createRoleGuard = (): RoleGuard => {
  const admitted = new Map<string, () => Rights>();
  const refused: string[] = [];
  const used = new Set<string>();
  return {
    refused,
    used,
    admit: (keys, rights) => {
      for (const key of keys) admitted.set(key, rights);
    },
    authorize: ({ accessKeyId: key, operation, resource }) => {
      const rights = admitted.get(key)?.();
      if (rights === undefined) return true;
      const grant = rights.get(key)?.find((one) => covers(one, operation, resource));
      if (grant === undefined) refused.push(`${key}: ${operation} on ${resource}`);
      else used.add(grantText(key, grant));
      return grant !== undefined;
    },
  };
};
