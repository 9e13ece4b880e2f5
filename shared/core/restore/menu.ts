import { UserError } from '../../model/errors.ts';
import { type AskedMoment, type AskedWhere, askedMoment } from './asked.ts';
import type { NameView } from './choice.ts';
import type { Incarnation, RestorableWindow } from './incarnations.ts';
import { isRestorable, type PointOption } from './point-option.ts';

/** One line that a person can choose by its number. */
export type MenuOption =
  | { readonly kind: 'latest'; readonly incarnation: Incarnation; readonly window: RestorableWindow }
  | { readonly kind: 'point'; readonly incarnation: Incarnation; readonly point: PointOption };

/** So many are offered; any other can be named by its second or its ARN. */
export const MOST_OFFERED = 15;

const latestOption = (view: NameView): readonly MenuOption[] => {
  const incarnation = view.incarnations.at(-1);
  return incarnation?.window === undefined
    ? []
    : [{ kind: 'latest', incarnation, window: incarnation.window }];
};

/** Lists what can be chosen by a number: the newest second first, then backups of every incarnation, newest first. */
export const menuOptions = (view: NameView): readonly MenuOption[] => {
  const points = view.incarnations
    .flatMap((incarnation) =>
      incarnation.points.map((point) => ({ kind: 'point', incarnation, point }) as const),
    )
    .filter(({ point }) => isRestorable(point, view.now))
    .toSorted((a, b) => b.point.createdAt - a.point.createdAt);
  return [...latestOption(view), ...points];
};

/** What a person answered. */
export type MenuAnswer =
  | { readonly kind: 'moment'; readonly moment: Exclude<AskedMoment, { kind: 'open' }> }
  | { readonly kind: 'stop' }
  /** Not understood, with why: the question is asked again. */
  | { readonly kind: 'again'; readonly error: UserError };

const NUMBER = /^\d{1,4}$/;
const STOP: readonly string[] = ['', 'q', 'quit', 'exit', 'no', 'n'];
const SPAN_START = /^\d+ ?(?:w|d|h|m|s)/;

const optionsFor = (text: string, tz: string | undefined) => {
  if (text.startsWith('arn:')) return { recoveryPoint: text, tz };
  return SPAN_START.test(text) ? { ago: text, tz } : { at: text, tz };
};

const momentOfOption = (option: MenuOption, table: string): MenuAnswer => ({
  kind: 'moment',
  moment:
    option.kind === 'latest' ? { kind: 'latest' } : { kind: 'recovery-point', id: option.point.id, table },
});

const noSuchNumber = (text: string, count: number): MenuAnswer => ({
  kind: 'again',
  error: new UserError({
    code: 'no-such-number',
    what: `${text} is not in the list.`,
    fix: `Answer 1 to ${count}, a time, a span or an ARN.`,
  }),
});

const typedMoment = (text: string, where: MenuWhere): MenuAnswer => {
  try {
    const { moment } = askedMoment(optionsFor(text, where.tz), where);
    return moment.kind === 'open' ? { kind: 'stop' } : { kind: 'moment', moment };
  } catch (error) {
    if (error instanceof UserError) return { kind: 'again', error };
    throw error;
  }
};

/** Where the question is asked. */
export interface MenuWhere extends AskedWhere {
  readonly tz?: string | undefined;
}

/**
 * Reads an answer: a number of the list, a time as `--at` takes it, `latest`, a span as `--ago` takes it, or an ARN. Nothing, or `q`, stops.
 * SAFETY: what could mean two things is asked again.
 */
export const menuAnswer = (text: string, view: NameView, where: MenuWhere): MenuAnswer => {
  const answer = text.trim();
  if (STOP.includes(answer.toLowerCase())) return { kind: 'stop' };
  if (!NUMBER.test(answer)) return typedMoment(answer, where);
  const offered = menuOptions(view).slice(0, MOST_OFFERED);
  const option = offered[Number(answer) - 1];
  return option === undefined ? noSuchNumber(answer, offered.length) : momentOfOption(option, view.table);
};

const AGREED: readonly string[] = ['y', 'yes'];

/** Whether a person agrees to a plan. SAFETY: anything but yes is no. */
export const isAgreed = (text: string): boolean => AGREED.includes(text.trim().toLowerCase());
