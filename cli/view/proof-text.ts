import type { IfLost, Proof } from '../../shared/core/explain/if-lost.ts';
import { ageText, agoText } from '../../shared/core/text/time.ts';
import type { Instant } from '../../shared/model/instant.ts';

/** What a table comes back from, in a word. */
const FROM: Readonly<Record<NonNullable<IfLost['back']>['from'], string>> = {
  'point-in-time': 'PITR',
  'recovery-point': 'backup',
};

/** Words what a table comes back from, which may be a copy elsewhere. */
export const sourceText = ({ copyIn, from }: NonNullable<IfLost['back']>): string =>
  copyIn === undefined ? FROM[from] : `copy in ${copyIn}`;

/** Words what a drill proved, and when: `2 days ago: restored from backup within 15 min`. */
export const proofText = ({ at, from, level, tookMs }: Proof, now: Instant): string =>
  `${agoText(at, now)}: ${level} from ${FROM[from]}${tookMs === undefined ? '' : ` within ${ageText(tookMs)}`}`;
