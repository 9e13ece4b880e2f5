import type { Denial, Forbidder } from '../../model/failure.ts';

const ACTION = /not authorized to perform: ([A-Za-z0-9-]+):([A-Za-z0-9]+)/;
const RESOURCE = /\bon resource: (\S+)/;
const CALLER = /:(?:assumed-role\/([\w+=,.@-]+)|user)\/([\w+=,.@/-]+)/;

/** In the words of IAM, the first that is found counts. */
const FORBIDDERS: readonly (readonly [words: RegExp, by: Forbidder])[] = [
  [/(?:service|resource) control polic/, 'organization'],
  [/permissions boundar/, 'permissions-boundary'],
  [/explicit deny in (?:an identity-based|a session) polic/, 'role-deny'],
  [/no (?:identity-based|session) polic/, 'role-lacks'],
  [/resource-based polic/, 'resource'],
];

const DENYING = /^(?:AccessDenied|AuthorizationError)(?:Exception)?$/;

/**
 * Reads out of a service's words who was not allowed to do what; undefined where the code is that of another failure. IAM gives none of it as
 * a field.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html (checked 2026-11-25)
 */
export const denialOf = (operation: string, code: string, words: string): Denial | undefined => {
  if (!DENYING.test(code)) return undefined;
  const [, service, action] = ACTION.exec(words) ?? [];
  const [, resource] = RESOURCE.exec(words) ?? [];
  const [, role, caller] = CALLER.exec(words) ?? [];
  return {
    operation,
    ...(service !== undefined && { action: `${service.toLowerCase()}:${action}` }),
    ...(resource !== undefined && { resource }),
    by: FORBIDDERS.find(([pattern]) => pattern.test(words))?.[1] ?? 'unknown',
    ...(caller !== undefined && { caller }),
    ...(role !== undefined && { role }),
  };
};
