import type { Failure } from './failure.ts';
import type { Instant } from './instant.ts';
import type { SettingStep } from './restore.ts';
import type { Attachment, TableSettings } from './table-settings.ts';

/** What reads the stream of a table: it cannot be pointed at another one, so it is made for that one and the old one is deleted. */
export interface StreamReader {
  readonly kind: Exclude<Attachment['kind'], 'alarm'>;
  /** The mapping's UUID, the pipe's name. */
  readonly id: string;
}

/** One step of a cut-over: one change, or one thing that has to be so before the next. */
export type CutoverStep =
  | { readonly kind: 'setting'; readonly table: string; readonly step: SettingStep }
  | {
      readonly kind: 'make-alarm';
      readonly from: string;
      readonly name: string;
      readonly content: Attachment['content'];
    }
  /** Makes a switched-off copy of a reader for the stream that a table has then. */
  | {
      readonly kind: 'make-reader';
      readonly of: StreamReader;
      readonly table: string;
      /** What a copy of a pipe is called; mappings have no names. */
      readonly name: string;
      readonly content: Attachment['content'];
    }
  /** Waits until nothing writes to the tables. */
  | { readonly kind: 'writers-off'; readonly tables: readonly string[] }
  /** Waits until a reader has delivered what the old stream holds. */
  | {
      readonly kind: 'drain';
      readonly of: StreamReader;
      readonly table: string;
      readonly functionArn?: string;
    }
  | { readonly kind: 'stop-reader'; readonly of: StreamReader }
  /** Switches on what was made for that reader. */
  | { readonly kind: 'start-reader'; readonly of: StreamReader }
  | { readonly kind: 'delete-reader'; readonly of: StreamReader; readonly content: Attachment['content'] }
  | {
      readonly kind: 'final-point';
      readonly table: string;
      readonly tableId: string;
      readonly name: string;
    }
  | { readonly kind: 'protection-off'; readonly table: string; readonly tableId: string }
  | { readonly kind: 'delete-table'; readonly table: string; readonly tableId: string }
  | { readonly kind: 'name-free'; readonly table: string; readonly tableId: string }
  | { readonly kind: 'restore-under-name'; readonly table: string };

/** What became of one step. */
export type CutoverOutcome =
  | {
      readonly kind: 'done' | 'as-it-was';
      /** What it made: the UUID, the name or the ARN. */
      readonly made?: string;
      /** What was written after the final recovery point, in write units: it is in no recovery point. */
      readonly lostUnits?: number;
      /** Settings that the table that took the name did not get. */
      readonly notPutBack?: readonly Failure[];
    }
  | { readonly kind: 'skipped' }
  | { readonly kind: 'deferred'; readonly failure: Failure }
  | { readonly kind: 'not-before'; readonly at: Instant; readonly failure: Failure }
  | { readonly kind: 'failed'; readonly failure: Failure };

/** A step with what became of it. */
export interface CutoverStepRecord {
  readonly step: CutoverStep;
  /** Written before the first call. */
  readonly askedAt?: Instant;
  readonly outcome?: CutoverOutcome;
  readonly at?: Instant;
}

/** What a person chose. */
export interface CutoverChoices {
  readonly mode: 'move' | 'swap';
  /** Whether the Kinesis stream takes the changes of both tables. */
  readonly kinesis?: 'share' | 'leave';
  /** `leave`: what the old readers had not delivered is dropped. */
  readonly undelivered: 'drain' | 'leave';
  readonly ttl: 'on' | 'later';
}

/** One cut-over, written before its first call and after each step, so that another session goes on where this one stopped. */
export interface CutoverRecord {
  readonly id: string;
  readonly table: string;
  readonly tableId: string;
  readonly restored: string;
  readonly restoredId: string;
  readonly region: string;
  readonly choices: CutoverChoices;
  /** Counts what was written of it, so that a session notices when another one goes on with it. */
  readonly revision: number;
  readonly plannedAt: Instant;
  readonly phase: 'under-way' | 'ended';
  /** Set where a person ended it before its last step. */
  readonly givenUp?: true;
  readonly endedAt?: Instant;
  readonly steps: readonly CutoverStepRecord[];
  /** The policy tag of the table in use, beside the one that the old table had; absent where the tags of one were not read, and in records of before. */
  readonly policyTag?: { readonly key: string; readonly value?: string; readonly had?: string };
  /** What the old table had: the table that takes its name gets it back. */
  readonly settings: Partial<TableSettings>;
}
