import { existsSync } from 'node:fs';
import type { Policies } from '../shared/model/policy.ts';
import type { TerminalOptions } from '../shared/run/compose.ts';
import { lastPoliciesOf } from '../shared/run/deploy-changes.ts';
import type { Deps } from '../shared/run/deps.ts';
import { openParts, seatOf, seatWith } from './open.ts';
import type { Session } from './session.ts';

/** Where the policies of a command come from that needs a deployment more than its file. `unknown`: there is no file, and no function has run yet. */
export type PoliciesFrom = 'deployed' | 'file' | 'unknown';

/** What is known without a file: nothing is decided by it. */
const NO_POLICIES: Policies = { tag: 'backup:policy', guardrail: { maxShare: 0, floor: 0 }, policies: [] };

/** One that was named has to be there. */
const hasFile = ({ options: { policies } }: Session): boolean =>
  policies !== 'policies.yml' || existsSync(policies);

interface LastRan {
  readonly seat: TerminalOptions;
  readonly parts: Deps;
  /** Undefined where no function has run. */
  readonly policies: Policies | undefined;
}

const readLastRan = async (session: Session): Promise<LastRan> => {
  const seat = await seatWith(session, NO_POLICIES);
  const { composeFromTerminal } = await import('../shared/run/compose.ts');
  const parts = await composeFromTerminal(seat);
  const policies = lastPoliciesOf(await parts.runNotes.read());
  return { seat, parts, policies };
};

/**
 * Builds the parts of a command that does without a policy file: where there is none in the folder, the policies are those that the functions ran
 * with last. SAFETY: only for what no policy decides.
 */
export const openWithoutFile = async (
  session: Session,
): Promise<{ readonly parts: Deps; readonly from: PoliciesFrom }> => {
  if (hasFile(session)) return { parts: await openParts(session), from: 'file' };
  const { parts, policies } = await readLastRan(session);
  return policies === undefined
    ? { parts, from: 'unknown' }
    : { parts: { ...parts, policies }, from: 'deployed' };
};

/**
 * Resolves what the user gives in the same way, for a command that needs policies. Throws a `UserError` for the missing file where the functions' are not known either,
 * unless the command only reads what needs none.
 */
export const seatWithoutFile = async (session: Session, needsPolicies: boolean): Promise<TerminalOptions> => {
  if (hasFile(session)) return await seatOf(session);
  const { seat, policies } = await readLastRan(session);
  if (policies !== undefined) return { ...seat, policies };
  return needsPolicies ? await seatOf(session) : seat;
};
