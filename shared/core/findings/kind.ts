import type { Action } from '../../model/action.ts';
import type { Finding, FindingKind } from '../../model/finding.ts';
import type { Instant } from '../../model/instant.ts';
import type { OpenFinding } from '../../model/memory.ts';
import type { Facet } from '../../model/observation.ts';
import type { NotDone, Outcome } from '../../model/outcome.ts';
import type { Mode } from '../../model/plan.ts';
import type { Policies } from '../../model/policy.ts';
import type { GovernedTable } from '../scene/governed.ts';
import type { Stream } from '../scene/stream.ts';
import type { CheckContext } from './context.ts';
import type { Footing, FootingScene } from './footing-scene.ts';

/**
 * What a finding of a table speaks of, which decides what becomes of it when the table leaves its policy. `promise`: a policy asked for it ·
 * `pitr`: a policy promised point-in-time recovery · `tag`: what the tags say · `recovery-points`: these, whether or not a policy governs the table.
 */
export type About = 'promise' | 'pitr' | 'tag' | 'recovery-points';

/** What the recovery points that a kind keeps are chosen from: facts of the run, and never whether an earlier one found it. */
export interface KeepSight extends Pick<CheckContext, 'governed' | 'now' | 'openFindings'> {
  readonly streams: readonly Pick<Stream, 'confirmed' | 'points' | 'table'>[];
}

/** One that does not expire until a moment, whatever the rules of its policy say. */
export interface Kept {
  /** The recovery point's id. */
  readonly id: string;
  readonly until: Instant;
  readonly reason: string;
}

/** What the program knows of one kind of finding, however it is found. */
export interface KindTraits<Kind extends FindingKind = FindingKind> {
  readonly kind: Kind;
  /** In a few words, as it stands in the subject of a mail. */
  readonly title: string;
  /** Set where the title speaks of the table itself: `table deleted: Orders`, where others have `PITR off on Orders`. */
  readonly titleNamesTable?: true;
  /** `promise` where it is absent. */
  readonly about?: About;
  /** What must have been observed whole before the absence of such a finding means that nothing is wrong. */
  readonly facets: readonly Facet[];
  /** False where recovery is as good as promised all the same; true where it is absent, unless the finding is only information. */
  readonly breaksPromise?: false;
  /** SAFETY: set where nothing of its table expires while it is open. */
  readonly stopsExpiry?: true;
  /** SAFETY: set where it is reported whatever a tag says: nobody mutes that a table is not protected any more. */
  readonly neverMuted?: true;
  /** The action that repairs it: once that is done on its table it is over, and what is found later is another. */
  readonly repairedBy?: Action['kind'];
  /** Kinds that it brings about on the same table, and that are no news of their own beside it. */
  readonly bringsAbout?: readonly FindingKind[];
  /** How it stands where `about` does not tell: see `footing.ts`. Undefined where that tells. */
  readonly footingOf?: (finding: OpenFinding, scene: FootingScene) => Footing | undefined;
}

/** A kind that an observation shows. */
export interface ObservedKind<Kind extends FindingKind = FindingKind> extends KindTraits<Kind> {
  /** Never concludes from what was not seen: a list with a gap proves what it holds and nothing else. */
  find(context: CheckContext): readonly Finding[];
  /** SAFETY: returns the recovery points that do not expire while it is so, and those of which people know that they may go since. */
  keeps?(sight: KeepSight): readonly Kept[];
}

/** What a run did, and what was open before it. */
export interface Attempt {
  readonly outcomes: readonly Outcome[];
  readonly openFindings: readonly OpenFinding[];
  readonly policies: Policies;
  readonly now: Instant;
}

/** A kind that only what became of a run's actions shows. */
export interface AttemptedKind<Kind extends FindingKind = FindingKind> extends KindTraits<Kind> {
  /** The mode that attempts such actions; no other can see that they work again. */
  readonly attemptedIn: Mode;
  /** Whether a table needs such an action, whatever state it is in; where this cannot be seen of it, it is not given. */
  readonly isNeeded?: (governed: GovernedTable) => boolean;
  /** The id of the finding that an action's failure would be; undefined for actions of another kind. */
  idOf(action: Action): string | undefined;
  find(attempt: Attempt): readonly Finding[];
}

/** One action that went wrong. */
export type FailedAction<Kind extends Action = Action> = NotDone & { readonly action: Kind };

/** Returns those outcomes of actions of a kind of which somebody must be alerted. What was deferred is due again by itself. */
export const failedActions = <Kind extends Action['kind']>(
  outcomes: readonly Outcome[],
  kind: Kind,
): readonly FailedAction<Extract<Action, { readonly kind: Kind }>>[] =>
  outcomes.filter(
    (outcome): outcome is FailedAction<Extract<Action, { readonly kind: Kind }>> =>
      outcome.action.kind === kind && (outcome.status === 'failed' || outcome.status === 'refused'),
  );
