import type { Instant } from '../../model/instant.ts';
import type { RestoreSource } from '../../model/restore.ts';
import type { Target } from '../../model/target.ts';
import type { Incarnation, RestorableWindow } from './incarnations.ts';
import type { PointOption } from './point-option.ts';
import type { UnseenPart } from './points-of-name.ts';

/** All that can be restored under one name, and what may be missing from it. */
export interface NameView {
  readonly table: string;
  readonly target: Target;
  readonly now: Instant;
  /** Oldest first. */
  readonly incarnations: readonly Incarnation[];
  readonly unseen: readonly UnseenPart[];
  /** Names that tables, recovery points and manifests have: what a name that none has is compared with. */
  readonly knownNames: readonly string[];
}

/** What could be restored instead: a second of a window's end, or a backup. */
export interface Neighbour {
  readonly tableId: string;
  readonly at: Instant;
  /** From the asked second: what lies between is lost before it, and is there unasked after it. */
  readonly distanceMs: number;
  /** Absent: by point-in-time recovery. */
  readonly point?: PointOption;
}

/** The nearest at or before the asked second, and after it. */
export interface Neighbours {
  readonly before?: Neighbour;
  readonly after?: Neighbour;
}

/**
 * Why this source. `in-window`: the very second · `end-of-window`: the newest second · `closest-before`: the newest recovery point at or before
 * · `newest`: the newest recovery point · `after-deletion`: what the table held last, because it was deleted before the asked second ·
 * `named`: a person named it.
 */
export type Because =
  | 'in-window'
  | 'end-of-window'
  | 'closest-before'
  | 'newest'
  | 'after-deletion'
  | 'named';

/** The source that a restore reads from, and why. */
export interface Chosen {
  readonly kind: 'chosen';
  readonly view: NameView;
  readonly source: RestoreSource;
  readonly incarnation: Incarnation;
  readonly because: Because;
  /** The second of what comes back. */
  readonly at: Instant;
  readonly asked?: Instant;
  /** What was written between `at` and `asked` is lacking; zero where nothing is. */
  readonly lackedMs: number;
  readonly neighbours: Neighbours;
  /** Others of the same second that would give the same, such as copies; absent where there are none. */
  readonly equals?: readonly PointOption[];
}

/** Why nothing was chosen. */
export type RefusalReason =
  | { readonly kind: 'unknown-name'; readonly nearest: readonly string[] }
  | { readonly kind: 'in-the-future' }
  /** The window will reach it at about `from`. */
  | { readonly kind: 'not-restorable-yet'; readonly window: RestorableWindow; readonly from: Instant }
  /** It was in the window, and is not any more. */
  | { readonly kind: 'fell-out-of-window' }
  /** The incarnation of that second has nothing at or before it. */
  | { readonly kind: 'nothing-before' }
  /** Only someone else's backups are at or before it: they are taken when they are named. */
  | { readonly kind: 'only-of-others' }
  /** No incarnation has anything that can be restored. */
  | { readonly kind: 'nothing-restorable' }
  | { readonly kind: 'unknown-point'; readonly id: string }
  | { readonly kind: 'elsewhere'; readonly id: string; readonly of: Target }
  | { readonly kind: 'point-of-another-table'; readonly id: string; readonly of: string }
  /** The vault is another account's: a copy back has to be started there. */
  | {
      readonly kind: 'in-another-account';
      readonly id: string;
      readonly of: Target;
      readonly point?: PointOption;
    }
  /** What is in a vault is restored in the Region of the vault. */
  | { readonly kind: 'in-another-region'; readonly point: PointOption }
  | {
      readonly kind: 'point-creating' | 'point-deleted' | 'point-expired' | 'point-unclear';
      readonly point: PointOption;
    };

/** Nothing was chosen, and what there is. */
export interface Refused {
  readonly kind: 'refused';
  readonly view: NameView;
  readonly reason: RefusalReason;
  readonly asked?: Instant;
  /** The one that had the name at the asked second. */
  readonly incarnation?: Incarnation;
  readonly neighbours: Neighbours;
}

/** What was decided about one table. */
export type Choice = Chosen | Refused;

/** Which facts `Refused` has besides its reason. */
export type RefusedAbout = Partial<Pick<Refused, 'asked' | 'incarnation' | 'neighbours'>>;

/** Refuses to choose. */
export const refused = (view: NameView, reason: RefusalReason, about: RefusedAbout = {}): Refused => ({
  kind: 'refused',
  view,
  reason,
  neighbours: {},
  ...about,
});
