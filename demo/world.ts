import type { Instant } from '../shared/model/instant.ts';
import type { SimAccount } from '../sim/account.ts';
import type { PolicyVersion } from './policies.ts';
import type { SlackPage } from './slack-box.ts';

/** What a stroke of fate may change. */
export interface World {
  readonly account: SimAccount;
  /** Deploys the functions that were built with these policies. */
  deploy(version: PolicyVersion): Promise<void>;
  /** How EventBridge and Lambda treat the next run of the backup function. */
  nextBackup: 'as-usual' | 'dies-half-way' | 'delivered-twice';
  /** Whether the last run of the drill function left a drill under way. */
  isDrilling: boolean;
  /** After trouble, what the next run of the backup function makes is worth a line. */
  tellNextBackup: boolean;
}

/** One thing that happens to the account on some day. */
export interface Incident {
  /** Counted from 1. */
  readonly day: number;
  /** `hh:mm`, UTC. */
  readonly time: string;
  readonly who: string;
  readonly what: string;
  readonly act: (world: World) => Promise<void> | void;
  /** The finding that must be reported, and within how many hours. */
  readonly heard?: { readonly findingId: string; readonly withinHours: number };
  /** The finding whose resolution must be reported, within six hours and a little. */
  readonly ends?: string;
}

/** One entry of the timeline. */
export type Happening =
  | { readonly kind: 'incident'; readonly at: Instant; readonly who: string; readonly what: string }
  | {
      readonly kind: 'deed';
      readonly at: Instant;
      readonly what: string;
      /** The same at every run while something lasts: once a day is enough. */
      readonly isRepetitive: boolean;
      /** Left out where one line must do for each thing that happens. */
      readonly isDetail: boolean;
    }
  | {
      readonly kind: 'mail';
      readonly at: Instant;
      readonly subject: string;
      readonly body: string;
      /** The same as it was posted to Slack; absent where Slack did not take it. */
      readonly slack?: SlackPage;
    };

/** What one run of a function did, as the account's ledger has it. */
export interface Run {
  readonly at: Instant;
  readonly key: string;
  readonly made: number;
  readonly expired: number;
  /** Actions that went wrong, as the function answered. */
  readonly failed: number;
  /** What the function threw. */
  readonly error?: string;
}
