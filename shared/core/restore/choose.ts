import { assertNever } from '../../model/errors.ts';
import type { Instant } from '../../model/instant.ts';
import type { RestoreSource } from '../../model/restore.ts';
import { nearestFew } from '../text/nearest.ts';
import type { AskedMoment } from './asked.ts';
import { type Because, type Choice, type Chosen, type NameView, type Refused, refused } from './choice.ts';
import { choosePoint, pointSource } from './choose-point.ts';
import { type Incarnation, incarnationAt } from './incarnations.ts';
import { nearestPoint, neighboursOf, othersOfSecond } from './neighbours.ts';
import { isRestorable, type PointOption, secondOf } from './point-option.ts';

/** SAFETY: someone else's backup is taken only when a person names it. */
const isTakenUnnamed = (point: PointOption, now: Instant): boolean =>
  isRestorable(point, now) && point.madeBy !== 'someone-else';

const secondSource = (incarnation: Incarnation, second: Instant): RestoreSource => ({
  kind: 'point-in-time',
  table: incarnation.table,
  tableId: incarnation.tableId,
  tableArn: incarnation.arn ?? '',
  second,
});

interface Asking {
  readonly view: NameView;
  readonly incarnation: Incarnation;
  /** Absent: the latest was asked for. */
  readonly asked?: Instant;
}

/** What lies around; without a second around the one that is taken. */
const around = ({ view, incarnation, asked }: Asking, at: Instant) => {
  // Whoever asks for a second that no table had the name at sees the next one that had it, too.
  const next = view.incarnations[view.incarnations.indexOf(incarnation) + 1];
  const isOver = asked !== undefined && (incarnation.deletedAt ?? asked) < asked;
  const incarnations = isOver && next !== undefined ? [incarnation, next] : [incarnation];
  return neighboursOf(incarnations, asked ?? at, view);
};

const chosen = (asking: Asking, source: RestoreSource, because: Because): Chosen => {
  const { view, incarnation, asked } = asking;
  const at = source.kind === 'point-in-time' ? source.second : secondOf(source.createdAt);
  const isLacking = because !== 'after-deletion' && asked !== undefined;
  return {
    kind: 'chosen',
    view,
    source,
    incarnation,
    because,
    at,
    ...(asked !== undefined && { asked }),
    lackedMs: isLacking ? asked - at : 0,
    neighbours: around(asking, at),
  };
};

const refusedThere = (asking: Asking, reason: Refused['reason']): Refused => {
  const { view, incarnation, asked } = asking;
  return refused(view, reason, {
    incarnation,
    ...(asked !== undefined && { asked }),
    neighbours: around(asking, view.now),
  });
};

/** The SYSTEM backup holds the last second of a deleted table: all that was written before it was deleted. */
const becauseOf = (point: PointOption, { asked }: Asking): Because => {
  if (asked === undefined) return 'newest';
  return point.madeBy === 'system' ? 'after-deletion' : 'closest-before';
};

const closestPoint = (asking: Asking): Choice => {
  const { view, incarnation, asked } = asking;
  const second = asked ?? view.now;
  const restorable = incarnation.points.filter((point) => isRestorable(point, view.now));
  const taken = restorable.filter((one) => isTakenUnnamed(one, view.now));
  const point = nearestPoint(taken, second, view.target);
  if (point !== undefined) {
    const equals = othersOfSecond(taken, point);
    const choice = chosen(asking, pointSource(point, incarnation.table), becauseOf(point, asking));
    return equals.length === 0 ? choice : { ...choice, equals };
  }
  const isOnlyOfOthers = nearestPoint(restorable, second, view.target) !== undefined;
  return refusedThere(asking, { kind: isOnlyOfOthers ? 'only-of-others' : 'nothing-before' });
};

/** A second of an incarnation: by point-in-time recovery where it reaches it, else from the closest recovery point at or before. */
const chooseWithin = (asking: Asking & { readonly asked: Instant }): Choice => {
  const { view, incarnation, asked } = asking;
  const { window } = incarnation;
  if (window === undefined || asked < window.from) return closestPoint(asking);
  if (asked <= window.to) return chosen(asking, secondSource(incarnation, asked), 'in-window');
  const from = asked + (view.now - window.to);
  return refusedThere(asking, { kind: 'not-restorable-yet', window, from });
};

const chooseSecond = (view: NameView, asked: Instant): Choice => {
  if (asked > view.now) {
    const incarnation = view.incarnations.at(-1);
    return refused(view, { kind: 'in-the-future' }, { asked, ...(incarnation && { incarnation }) });
  }
  const then = incarnationAt(view.incarnations, asked);
  if (then.kind === 'none')
    return refused(
      view,
      { kind: 'nothing-before' },
      { asked, neighbours: neighboursOf(view.incarnations.slice(0, 1), asked, view) },
    );
  return chooseWithin({ view, incarnation: then.incarnation, asked });
};

/** The newest incarnation is meant, and none before it: what is older is another table. */
const chooseLatest = (view: NameView): Choice => {
  const incarnation = view.incarnations.at(-1);
  if (incarnation === undefined) return refused(view, { kind: 'nothing-restorable' });
  const asking = { view, incarnation };
  return incarnation.window === undefined
    ? closestPoint(asking)
    : chosen(asking, secondSource(incarnation, incarnation.window.to), 'end-of-window');
};

/** Nothing was read of the name: it may be a slip. What could not be read is no reason to say so. */
const unknownName = (view: NameView): Refused => {
  const nearest = nearestFew(
    view.table,
    view.knownNames.filter((name) => name !== view.table),
  );
  return refused(
    view,
    view.unseen.length > 0 ? { kind: 'nothing-restorable' } : { kind: 'unknown-name', nearest },
  );
};

/**
 * Chooses what a table is restored from: the closest at or before the asked second, by point-in-time recovery where its window holds it.
 * SAFETY: only what belongs to the incarnation that had the name at that second is ever chosen, no later second than the asked one, and an
 * earlier one only with what it lacks. `open` is never chosen here: a person chooses.
 */
export const choose = (view: NameView, moment: Exclude<AskedMoment, { kind: 'open' }>): Choice => {
  if (view.incarnations.length === 0 && moment.kind !== 'recovery-point') return unknownName(view);
  switch (moment.kind) {
    case 'second':
      return chooseSecond(view, moment.at);
    case 'latest':
      return chooseLatest(view);
    case 'recovery-point':
      return choosePoint(view, moment);
    default:
      return assertNever(moment);
  }
};

/**
 * Checks against what was read just before the call whether a source can still be restored: windows move at both ends while a person reads the
 * plan. Undefined while it can.
 */
export const refusedMeanwhile = (view: NameView, source: RestoreSource): Refused | undefined => {
  if (source.kind === 'recovery-point') {
    const choice = choosePoint(view, source);
    return choice.kind === 'refused' ? choice : undefined;
  }
  const again = choose(view, { kind: 'second', at: source.second });
  if (again.kind === 'refused') return again;
  const isSame = again.source.kind === 'point-in-time' && again.source.tableId === source.tableId;
  if (isSame) return undefined;
  const { incarnation, neighbours } = again;
  return refused(view, { kind: 'fell-out-of-window' }, { asked: source.second, incarnation, neighbours });
};
