import { UserError } from '../shared/model/errors.ts';
import { type ChangesSeen, readChanges } from '../shared/run/deploy-changes.ts';
import type { Deps } from '../shared/run/deps.ts';
import { changesLines } from './deploy-changes-text.ts';

/** Who agrees to a deployment, and how. */
export interface Consent {
  /** Whether there is no such deployment yet. */
  readonly isFirst: boolean;
  /** Whether a person said beforehand that it may. */
  readonly yes: boolean;
  readonly write: (text: string) => void;
  /** Asks a person; absent where nobody can answer. */
  readonly ask?: (question: string) => Promise<string | undefined>;
}

const QUESTION = 'Deploy? [y/N] ';

/** SAFETY: what could not be seen is asked about like what would expire, except where nothing was ever deployed. */
const needsConsent = (seen: ChangesSeen, isFirst: boolean): boolean =>
  seen.kind === 'seen' ? seen.changes.expiring.length > 0 : seen.kind === 'unseen' && !isFirst;

const refused = (what: string): UserError =>
  new UserError({
    code: 'not-confirmed',
    what,
    fix: 'Change policies.yml, or add --yes to the options that you deploy with.',
  });

const isYes = (answer: string | undefined): boolean => /^y(?:es)?$/i.test(answer?.trim() ?? '');

const confirm = async (seen: ChangesSeen, { isFirst, yes, write, ask }: Consent): Promise<void> => {
  write(`${changesLines(seen).join('\n')}\n`);
  if (!needsConsent(seen, isFirst) || yes) return;
  if (ask === undefined) throw refused('nobody is there to agree to that, and nothing was deployed.');
  if (!isYes(await ask(QUESTION))) throw refused('nothing was deployed.');
};

/**
 * Shows what a deployment of the policies of these parts would change, and asks where recovery points would expire that the deployed
 * policies keep. Throws a `UserError` where nobody agrees: nothing is changed then.
 */
export const confirmChanges = async (parts: Deps, consent: Consent): Promise<void> =>
  confirm(await readChanges(parts, consent), consent);

/** Does the same where the account cannot be looked at at all. */
export const confirmUnseen = (why: string, consent: Consent): Promise<void> =>
  confirm({ kind: 'unseen', why }, consent);
