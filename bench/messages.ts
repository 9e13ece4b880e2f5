import type { Instant } from '../shared/model/instant.ts';
import type { Mode } from '../shared/model/plan.ts';
import type { Policies } from '../shared/model/policy.ts';
import type { Deeds } from './scenes.ts';

/** What a fresh process needs to run once. */
export interface Order {
  readonly kind: 'order';
  readonly mode: Mode;
  readonly now: Instant;
  readonly policies: Policies;
  readonly accountId: string;
  readonly region: string;
}

/** One request on the wire, and when it arrives. */
export interface Sent {
  readonly kind: 'sent';
  readonly id: number;
  readonly at: Instant;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Answered {
  readonly kind: 'answered';
  readonly id: number;
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What a run did, and what it took of this process: the process alone, the simulated account is in another. */
export interface Done {
  readonly kind: 'done';
  readonly deeds: Deeds;
  readonly runMs: number;
  readonly cpuSeconds: number;
  /** The most that the process ever held, its code included, in 10^6 bytes. */
  readonly peakMb: number;
}
