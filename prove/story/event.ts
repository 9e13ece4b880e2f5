import type { Mode } from '../../shared/model/plan.ts';
import type { Fault } from '../../sim/faults.ts';
import type { BackupType } from '../../sim/ledger.ts';
import type { FileSpec } from './file-spec.ts';
import type { VaultHappening } from './vault-event.ts';

/** The names that the forger makes: of slots that do not exist, of old and future ones, many at once, a second one, or the one that is due. */
export type Forgery = 'off-schedule' | 'backdated' | 'future' | 'burst' | 'twin' | 'on-time';

/** Something that happens to the account: people, other tools, AWS. One without a subject does nothing. */
export type Happening =
  | VaultHappening
  | {
      readonly kind: 'table-made';
      readonly table: string;
      readonly tag: string | null;
      readonly pitrDays: number;
    }
  | { readonly kind: 'table-deleted'; readonly table: string }
  | { readonly kind: 'table-recreated'; readonly table: string }
  | { readonly kind: 'tagged'; readonly table: string; readonly value: string | null }
  /** Null takes the tag away. */
  | { readonly kind: 'held'; readonly table: string; readonly value: string | null }
  /** Until the day so many days from now; a text stands as it is, and null takes the tag away. */
  | { readonly kind: 'muted'; readonly table: string; readonly until: number | string | null }
  /** Somebody's tool takes the policy tag from all tables but so many. */
  | { readonly kind: 'tags-swept'; readonly kept: number }
  /** 0 switches it off. */
  | { readonly kind: 'pitr-set'; readonly table: string; readonly days: number }
  /** Somebody empties it, or a job fills it again: so much it holds from now on. */
  | { readonly kind: 'resized'; readonly table: string; readonly sizeBytes: number }
  /** Somebody says that it is meant to be smaller since the day so many days ago. */
  | { readonly kind: 'smaller-meant'; readonly table: string; readonly daysAgo: number }
  /** Off, and on again as it was before anybody looks. */
  | { readonly kind: 'pitr-bounced'; readonly table: string }
  | { readonly kind: 'policies-edited'; readonly file: FileSpec }
  | {
      readonly kind: 'stranger-backup';
      readonly table: string;
      readonly name: string;
      readonly type: BackupType;
    }
  /** A person deletes one of the table's backups, counted from the newest. */
  | { readonly kind: 'backup-deleted'; readonly table: string; readonly nth: number }
  | {
      readonly kind: 'forged';
      readonly table: string;
      readonly policy: string;
      readonly how: Forgery;
      readonly count: number;
    }
  /** The policy tag gets another key: the same to people, and none to Tablekeeper. */
  | { readonly kind: 'tag-key-changed'; readonly table: string; readonly key: string }
  | { readonly kind: 'locked-out'; readonly table: string; readonly on: boolean }
  /** How long backups take from here on. */
  | { readonly kind: 'backups-take'; readonly ms: number };

/** What goes wrong at the wire. `chance` seeds the dice of this fault alone, so that no other event moves them. */
export interface Trouble {
  readonly operation: string;
  readonly fault: Fault['kind'];
  readonly after?: number;
  readonly times?: number;
  readonly probability?: number;
  readonly delayMs?: number;
  readonly chance: number;
}

/** A run is suspended at its first such call, before it is sent or after it was answered: a laptop sleeps, and nothing kills its run. */
export interface Sleep {
  readonly operation: string;
  readonly when: 'before' | 'after';
  readonly ms: number;
}

/** What goes wrong with one tick itself. */
export interface TickTrouble {
  readonly wire?: Trouble;
  /** Lambda is killed at this call, before it leaves or after it took effect. */
  readonly kill?: { readonly call: number; readonly when: 'before' | 'after' };
  /** The same event once more at the same moment. */
  readonly twice?: boolean;
  /** The same event once more, so long after the run ended: Lambda delivers again what failed. */
  readonly againAfterMs?: number;
  /** Another function at the same moment. */
  readonly beside?: Mode;
  /** The run sleeps on the way. */
  readonly asleep?: Sleep;
  /** Another event of the same function so long after it began; its run may sleep too. */
  readonly meanwhile?: { readonly afterMs: number; readonly asleep?: Sleep };
  /** How far the function's clock is off. */
  readonly skewMs?: number;
  /** How far ahead of time the event says it is. */
  readonly eventAheadMs?: number;
}

/** What goes wrong with one hint. */
export type HintTrouble = Pick<TickTrouble, 'wire' | 'kill' | 'againAfterMs' | 'skewMs'>;

/** What is asked for, of what is possible by then: `share` says where in it, from 0 to below 1. */
export interface Asking {
  readonly of:
    | 'window'
    | 'end-of-window'
    | 'point'
    | 'after-point'
    | 'latest'
    | 'before-all'
    | 'not-yet'
    | 'future'
    | 'named';
  readonly share: number;
}

/** The machine dies at this call, before it leaves or after it took effect; of the calls of one operation, where one is named. */
export interface Kill {
  readonly call: number;
  readonly when: 'before' | 'after';
  readonly operation?: string;
}

/** What goes wrong with one session of a restore. */
export interface SessionTrouble {
  readonly wire?: Trouble;
  readonly kill?: Kill;
  readonly asleep?: Sleep;
  /** The same is typed at another terminal at the same moment. */
  readonly twice?: boolean;
  /** What goes wrong in the whole account reaches the person as well. */
  readonly shared?: boolean;
}

/** A person restores a table, in as many sessions as it takes: each with its trouble, and then some without. */
export interface RestoreEvent {
  readonly kind: 'restore';
  readonly table: string;
  readonly asking: Asking;
  /** Somebody deletes the table before. */
  readonly isLost: boolean;
  /** The name of the copy, where one is given. */
  readonly target?: string;
  readonly asReplacement: boolean;
  readonly ttl: 'on' | 'later';
  readonly sessions: readonly SessionTrouble[];
  /** Somebody makes a table under the name, if it is free, after the first session, and when. */
  readonly squatAfterMs?: number;
}

/** Somebody restores a recovery point of a vault, or of what was copied from one, counted from the newest. */
export interface VaultRestore {
  readonly kind: 'vault-restore';
  readonly table: string;
  readonly place: 'dr' | 'home';
  readonly nth: number;
  /** What goes wrong in the first session. */
  readonly trouble?: SessionTrouble;
}

/** What goes wrong with one run of drills. */
export type DrillTrouble = Pick<TickTrouble, 'kill' | 'twice' | 'wire'>;

/** A setting that no backup carries is changed, where AWS allows it. */
export interface SettingChanged {
  readonly kind: 'setting-changed';
  readonly table: string;
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** What is remembered is lost, or a person asks to keep what is left of a table, or takes that back: one write to the state table. */
export type StateEvent =
  | { readonly kind: 'memory-lost' }
  | { readonly kind: 'kept'; readonly table: string; readonly on: boolean };

export type StoryEvent = { readonly at: number } & (
  | Happening
  | RestoreEvent
  | VaultRestore
  | SettingChanged
  | StateEvent
  | { readonly kind: 'tick'; readonly mode: Mode; readonly trouble?: TickTrouble }
  | { readonly kind: 'drill'; readonly trouble?: DrillTrouble }
  /** Somebody deletes the table of a drill. */
  | { readonly kind: 'drill-table-taken'; readonly isReplaced: boolean }
  /** Events that name these tables, delivered at once. */
  | {
      readonly kind: 'hint';
      readonly tables: readonly string[];
      readonly byTrail: boolean;
      readonly trouble?: HintTrouble;
    }
  | { readonly kind: 'trouble'; readonly lastsMs: number; readonly trouble: Trouble }
);

/** Who else works in the account, with one right each. */
export interface Principals {
  /** May create backups, and nothing else: also such as carry this instance's names. */
  readonly forger: boolean;
  /** May tag, and nothing else. */
  readonly tagger: boolean;
}

/** One simulated story: everything in it comes from the seed, and each event is self-contained, so that any may be left out. */
export interface Story {
  readonly seed: number;
  /** Whether policies may keep recovery points in backup vaults. */
  readonly vaults?: true;
  /** Whether policies may have drills. */
  readonly drills?: true;
  /** The other principals in the account; none if absent. */
  readonly principals?: Principals;
  readonly startAt: number;
  readonly endAt: number;
  readonly file: FileSpec;
  readonly settings: {
    readonly latencyMs: number;
    readonly shortPages: number;
    /** Listings of backups hide those that are younger. */
    readonly backupListLagMs: number;
    /** The services that list tags learn of a change so much later. */
    readonly tagLagMs: number;
    /** Where sources disagree about AWS, this seed chooses what it does; absent as most of them say. */
    readonly disputed?: number;
  };
  readonly events: readonly StoryEvent[];
}
