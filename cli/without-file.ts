import { existsSync } from 'node:fs';
import type { Policies } from '../shared/model/policy.ts';
import { lastPoliciesOf } from '../shared/run/deploy-changes.ts';
import type { Deps } from '../shared/run/deps.ts';
import { openParts, seatWith } from './open.ts';
import type { Session } from './session.ts';

/** Where the policies of a command come from that needs a deployment more than its file. `unknown`: there is no file, and no function has run yet or can be asked. */
export type PoliciesFrom = 'deployed' | 'file' | 'unknown';

/** What is known without a file: nothing is decided by it. */
const NO_POLICIES: Policies = { tag: 'backup:policy', guardrail: { maxShare: 0, floor: 0 }, policies: [] };

/** One that was named has to be there. */
const hasFile = ({ options: { policies } }: Session): boolean =>
  policies !== 'policies.yml' || existsSync(policies);

/**
 * Builds the parts of a command that does without a policy file: where there is none in the folder, the policies are those that the functions ran
 * with last. SAFETY: only for what no policy decides.
 */
export const openWithoutFile = async (
  session: Session,
): Promise<{ readonly parts: Deps; readonly from: PoliciesFrom }> => {
  if (hasFile(session)) return { parts: await openParts(session), from: 'file' };
  const seat = await seatWith(session, NO_POLICIES);
  const { composeFromTerminal } = await import('../shared/run/compose.ts');
  const parts = await composeFromTerminal(seat);
  const policies = lastPoliciesOf(await parts.runNotes.read().catch(() => []));
  return policies === undefined
    ? { parts, from: 'unknown' }
    : { parts: { ...parts, policies }, from: 'deployed' };
};
