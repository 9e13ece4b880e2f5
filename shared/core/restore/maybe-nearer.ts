import type { Chosen } from './choice.ts';
import type { UnseenPart } from './known-of-name.ts';

/** What these take is the very second, or what a person named: nothing can be nearer. */
const EXACT: readonly Chosen['because'][] = ['in-window', 'end-of-window', 'named'];

/** Lists what could not be read of a name and may hold something nearer to the asked second than what was chosen. */
export const maybeNearer = ({ because, view }: Pick<Chosen, 'because' | 'view'>): readonly UnseenPart[] =>
  EXACT.includes(because) ? [] : view.unseen;
