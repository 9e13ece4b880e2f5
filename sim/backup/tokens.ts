import type { SimAccount } from '../account.ts';
import type { Input } from '../call.ts';
import { invalidParameter } from './failures.ts';
import { textIn } from './input.ts';
import { hasEnded } from './jobs.ts';

type Kind = 'Backup' | 'Copy' | 'Restore';

interface Begun {
  readonly id: string;
  readonly state: string;
}

const keyOf = (kind: Kind, token: string): string => `${kind} ${token}`;

/** The job that a request with this token began before; undefined when it is a new one. Of one that has ended, sources disagree. */
export const jobOfToken = <J extends Begun>(
  { state }: SimAccount,
  kind: Kind,
  input: Input,
  find: (id: string) => J | undefined,
): J | undefined => {
  const token = textIn(input, 'IdempotencyToken');
  const id = token === undefined ? undefined : state.backup.tokens.get(keyOf(kind, token));
  const job = id === undefined ? undefined : find(id);
  if (job && hasEnded(job.state) && state.settings.finishedTokens === 'refused') {
    throw invalidParameter(`${kind} job ${job.id} already finished`);
  }
  return job;
};

export const rememberToken = ({ state }: SimAccount, kind: Kind, input: Input, id: string): void => {
  const token = textIn(input, 'IdempotencyToken');
  if (token !== undefined) state.backup.tokens.set(keyOf(kind, token), id);
};
