import type { Action } from '../../model/action.ts';
import type { Finding, FindingKind } from '../../model/finding.ts';
import type { Instant } from '../../model/instant.ts';
import type { OpenFinding } from '../../model/memory.ts';
import type { Facet } from '../../model/observation.ts';
import type { NotDone, Outcome } from '../../model/outcome.ts';
import type { Mode } from '../../model/plan.ts';
import type { Policies } from '../../model/policy.ts';
import type { GovernedTable } from '../scene/governed.ts';
import type { Series } from '../scene/series.ts';
import type { CheckContext } from './context.ts';
import type { Footing, FootingScene } from './footing-scene.ts';

/**
 * What a finding of a table is about, which decides what becomes of it when the table leaves its policy. `promise`: a
 * policy required it · `pitr`: a policy promised point-in-time recovery · `tag`: what the tags say · `recovery-points`:
 * these, whether or not a policy governs the table.
 */
export type About = 'promise' | 'pitr' | 'tag' | 'recovery-points';

/** The facts of the run from which a kind chooses recovery points to keep, never whether an earlier run found it. */
export interface KeepSight
  extends Pick<CheckContext, 'governed' | 'now' | 'observation' | 'openFindings' | 'own'> {
  readonly allSeries: readonly Pick<Series, 'confirmed' | 'points' | 'table'>[];
}

/** A recovery point that does not expire until a given time, whatever the rules of its policy say. */
export interface Kept {
  /** The recovery point's id. */
  readonly id: string;
  readonly until: Instant;
  /** Afterwards it stays as long as one of these stays in the same plan. */
  readonly whileAnyOf?: readonly string[];
  readonly reason: string;
}

/** What the program knows of one kind of finding, however it is found. */
export interface KindTraits<Kind extends FindingKind = FindingKind> {
  readonly kind: Kind;
  /** A few words for the subject of a mail. */
  readonly title: string;
  /** Set when the title describes the table itself: `table deleted: Orders`, where others have `PITR off on Orders`. */
  readonly titleNamesTable?: true;
  /** Defaults to `promise`. */
  readonly about?: About;
  /** What must have been observed completely before the absence of such a finding means that nothing is wrong. */
  readonly facets: readonly Facet[];
  /** False when recovery still meets the promise; true by default, unless the finding is only information. */
  readonly breaksPromise?: false;
  /** SAFETY: while such a finding is open, nothing of its table expires. */
  readonly stopsExpiry?: true;
  /** SAFETY: reported whatever a tag says: nobody can mute that a table is no longer protected. */
  readonly neverMuted?: true;
  /**
   * The action that repairs it: once that is done on its table it is resolved, and a later occurrence is a new finding.
   */
  readonly repairedBy?: Action['kind'];
  /** Kinds that it causes on the same table, which are not reported beside it. */
  readonly bringsAbout?: readonly FindingKind[];
  /**
   * Determines how it stands when `about` does not decide; see `footing.ts`. Returns undefined when `about` decides.
   */
  readonly footingOf?: (finding: OpenFinding, scene: FootingScene) => Footing | undefined;
}

/** What a kind may need before it can find anything new: see `occasions.ts`. */
export type Occasion =
  | 'anything-ahead'
  | 'drill-names'
  | 'fewer-tables'
  | 'gaps'
  | 'gone-tables'
  | 'guardrail-refusal'
  | 'inactive-tables'
  | 'keys-in-doubt'
  | 'late-windows'
  | 'less-promised'
  | 'lifted-holds'
  | 'losses'
  | 'lost-tables'
  | 'mute-tags'
  | 'no-subscription'
  | 'points-of-lost-tables'
  | 'points-without-policy'
  | 'replaced-tables'
  | 'restarted-windows'
  | 'short-periods'
  | 'shrunk-tables'
  | 'stray-tags'
  | 'unasked-points'
  | 'unavailable-points'
  | 'unclear-holds'
  | 'vanished-points';

/** How a kind is found in an observation. It stands apart from what is known of the kind, so that a function ships only what it can find. */
export interface Finder<Kind extends FindingKind = FindingKind> {
  readonly kind: Kind;
  /** Without one of these it finds and keeps nothing, so a run that does not look at them does not ask it. None by default. */
  readonly findsFrom?: readonly Facet[];
  /** Without this in what was seen, and without an open finding of the kind, it finds nothing and is not asked. Asked always by default. */
  readonly occasion?: Occasion;
  /** SAFETY: never concludes anything from what was not seen. A list with a gap proves only what it contains. */
  find(context: CheckContext): readonly Finding[];
  /**
   * SAFETY: returns the recovery points that do not expire while the problem lasts, and those since reported as free to
   * expire.
   */
  keeps?(sight: KeepSight): readonly Kept[];
}

/** What a run did, and what was open before it. */
export interface Attempt {
  readonly outcomes: readonly Outcome[];
  readonly openFindings: readonly OpenFinding[];
  readonly policies: Policies;
  readonly now: Instant;
}

/** A kind that shows only in the outcomes of a run's actions. */
export interface AttemptedKind<Kind extends FindingKind = FindingKind> extends KindTraits<Kind> {
  /** The mode that attempts such actions; no other can see that they work again. */
  readonly attemptedIn: Mode;
  /** Whether a table needs such an action, whatever its state; absent when this cannot be determined from the table. */
  readonly isNeeded?: (governed: GovernedTable) => boolean;
  /** The id of the finding that an action's failure would be; undefined for actions of another kind. */
  idOf(action: Action): string | undefined;
  find(attempt: Attempt): readonly Finding[];
}

/** One action that failed or was refused. */
export type FailedAction<Kind extends Action = Action> = NotDone & { readonly action: Kind };

/** Selects the failed and refused actions of a kind, which must be reported. Deferred ones are retried anyway. */
export const failedActions = <Kind extends Action['kind']>(
  outcomes: readonly Outcome[],
  kind: Kind,
): readonly FailedAction<Extract<Action, { readonly kind: Kind }>>[] =>
  outcomes.filter(
    (outcome): outcome is FailedAction<Extract<Action, { readonly kind: Kind }>> =>
      outcome.action.kind === kind && (outcome.status === 'failed' || outcome.status === 'refused'),
  );
