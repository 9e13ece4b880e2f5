import type { CheckContext } from '../../shared/core/findings/context.ts';
import { findingsOf as find } from '../../shared/core/findings/find.ts';
import type { Finder } from '../../shared/core/findings/kind.ts';
import type { Finding } from '../../shared/model/finding.ts';
import { everyFinder } from '../../shared/run/compose-finders.ts';

const EVERY = everyFinder();

/** How each kind is found that an observation shows. */
export const FINDERS: readonly Finder[] = EVERY.kinds;

/** Finds all that a context shows. */
export const findingsOf = (context: CheckContext): readonly Finding[] => find(EVERY, context);
