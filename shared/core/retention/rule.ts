import type { Instant } from '../../model/instant.ts';
import type { WallTime } from '../calendar/zone.ts';
import type { KeepReason } from './reasons.ts';

/** What a rule is asked about. */
export interface Candidate {
  readonly time: Instant;
  /** The same as the clocks of the policy's zone show it. */
  readonly wall: WallTime;
  /** Whether it is the oldest of the whole history. */
  readonly isOldest: boolean;
}

/** What one rule says of one candidate. Why it passes one by is text from the start: one text serves very many. */
export type Judgement =
  | { readonly keeps: true; readonly reason: KeepReason }
  | { readonly keeps: false; readonly reason: string };

/** One rule of a retention. It is asked once for each point, newest first; it remembers what it has kept, and so serves one history only. */
export type Rule = (candidate: Candidate) => Judgement;
