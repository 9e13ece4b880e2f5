/** Whose word a call was refused by. `unknown`: the service does not say, or its words were cut. */
export type Forbidder =
  | 'organization'
  | 'permissions-boundary'
  | 'role-deny'
  | 'role-lacks'
  | 'resource'
  | 'unknown';

/** One call that somebody was not allowed to make, as the service's own words tell it. */
export interface Denial {
  /** As IAM names it: `dynamodb:CreateBackup`. */
  readonly action: string;
  readonly by: Forbidder;
  /** A role's session, which Lambda names after the function, or a user; absent where the words do not say. */
  readonly caller?: string;
  /** The role that the session is of. */
  readonly role?: string;
}

/** How our own code begins the reason of a call that was denied: `CreateBackup: AccessDeniedException: User: …`. */
const DENIED = /\b([A-Z][A-Za-z]{2,60}): (?:AccessDenied|AuthorizationError)(?:Exception)?: /g;

const ACTION = /not authorized to perform: ([A-Za-z0-9-]+):([A-Za-z0-9]+)/;
const CALLER = /:(?:assumed-role\/([\w+=,.@-]+)|user)\/([\w+=,.@/-]+)/;

/** In the words of IAM, the first that is found counts. */
const FORBIDDERS: readonly (readonly [words: RegExp, by: Forbidder])[] = [
  [/(?:service|resource) control polic/, 'organization'],
  [/permissions boundar/, 'permissions-boundary'],
  [/explicit deny in (?:an identity-based|a session) polic/, 'role-deny'],
  [/no (?:identity-based|session) polic/, 'role-lacks'],
  [/resource-based polic/, 'resource'],
];

/** The services of the few operations that are not DynamoDB's. */
const SERVICES: Readonly<Record<string, string>> = {
  DescribeEffectivePolicy: 'organizations',
  DescribeRegionSettings: 'backup',
  DescribeTrails: 'cloudtrail',
  GetEventSelectors: 'cloudtrail',
  GetFunctionConfiguration: 'lambda',
  GetResources: 'tag',
  GetTopicAttributes: 'sns',
  GetTrailStatus: 'cloudtrail',
  ListSubscriptionsByTopic: 'sns',
  Publish: 'sns',
};

const actionOf = (operation: string, words: string): string => {
  const [, service = SERVICES[operation] ?? 'dynamodb', action = operation] = ACTION.exec(words) ?? [];
  return `${service.toLowerCase()}:${action}`;
};

const toDenial = (operation: string, words: string): Denial => {
  const [, role, caller] = CALLER.exec(words) ?? [];
  return {
    action: actionOf(operation, words),
    by: FORBIDDERS.find(([pattern]) => pattern.test(words))?.[1] ?? 'unknown',
    ...(caller !== undefined && { caller }),
    ...(role !== undefined && { role }),
  };
};

/**
 * Given the text of a finding, returns the calls that were denied according to it, in its order. At the edge what the service does not say of
 * the action is the operation that was called; a text of anything else gives none.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html (checked 2026-11-25)
 */
export const denialsIn = (text: string): readonly Denial[] => {
  const found = [...text.matchAll(DENIED)];
  return found.map((match, position) => {
    const words = text.slice(match.index + match[0].length, found[position + 1]?.index);
    return toDenial(match[1] ?? '', words);
  });
};
