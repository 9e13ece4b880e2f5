import type { SimAccount } from '../account.ts';
import { validationFailure } from '../failure.ts';
import type { ResourcePolicy } from './resource-policy.ts';

const MAX_BYTES = 20_480;

const refuseDocument = (document: string): void => {
  if (Buffer.byteLength(document) > MAX_BYTES) {
    throw validationFailure('The size of the resource-based policy exceeds the limit of 20 KB');
  }
  try {
    const policy = JSON.parse(document) as { readonly Statement?: unknown } | null;
    if (policy?.Statement !== undefined) return;
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
  }
  throw validationFailure('Invalid policy document: Syntax errors in policy');
};

/** Writes the policy of a table or a stream; undefined deletes it. The same document again keeps its revision. */
export const writePolicy = (
  account: SimAccount,
  arn: string,
  document: string | undefined,
): ResourcePolicy => {
  if (document !== undefined) refuseDocument(document);
  const { random, resourcePolicies } = account.state;
  const existing = resourcePolicies.get(arn);
  if (existing?.document === document && existing !== undefined) return existing;
  const former =
    existing?.document === undefined
      ? undefined
      : { document: existing.document, revisionId: existing.revisionId };
  const revisionId = String(random.between(1_000_000_000_000, 9_999_999_999_999));
  const policy = { document, revisionId, changedAt: account.clock.now(), former };
  resourcePolicies.set(arn, policy);
  return policy;
};
