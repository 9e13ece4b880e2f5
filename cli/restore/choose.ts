import type { AskedMoment } from '../../shared/core/restore/asked.ts';
import type { Chosen, NameView, Refused } from '../../shared/core/restore/choice.ts';
import { choose } from '../../shared/core/restore/choose.ts';
import { chooseTogether } from '../../shared/core/restore/choose-together.ts';
import { isAgreed, menuAnswer } from '../../shared/core/restore/menu.ts';
import type { Reader } from '../../shared/core/restore/moment-text.ts';
import { sourceUnderWay } from '../../shared/core/restore/target-name.ts';
import { UserError } from '../../shared/model/errors.ts';
import type { RestoreRecord } from '../../shared/model/restore.ts';
import type { RestoreParts } from '../../shared/run/compose-restore.ts';
import { ask, canAsk, showNow } from '../conversation.ts';
import { sourceFields } from '../documents/restore-fields.ts';
import type { Session } from '../session.ts';
import { MENU_QUESTION, menuLines } from '../view/restore-menu-text.ts';
import { possibleLines } from '../view/restore-possible-text.ts';
import { refusalError } from '../view/restore-refusal-text.ts';
import { APART_QUESTION, apartLines } from '../view/restore-together-text.ts';
import type { RestoreOptions } from './options.ts';

type Named = Exclude<AskedMoment, { readonly kind: 'open' }>;

/** Lets a person choose out of what there is; undefined when they stop. */
export const chooseMoment = async (
  session: Session,
  options: RestoreOptions,
  view: NameView,
  reader: Reader,
): Promise<Named | undefined> => {
  showNow(session, [...possibleLines(view, reader, session.screen), '']);
  showNow(session, menuLines(view, reader, session.screen));
  for (;;) {
    const typed = await ask(session, MENU_QUESTION);
    const answer = menuAnswer(typed, view, { now: reader.now, machineZone: reader.zone, tz: options.tz });
    if (answer.kind === 'stop') return undefined;
    if (answer.kind === 'moment') return answer.moment;
    showNow(session, [answer.error.message]);
  }
};

/** Finds the restore under way that makes the table of which nothing can be restored yet. */
const madeBy = async (
  { reason, incarnation, view: { table, target } }: Refused,
  { records }: Pick<RestoreParts, 'records'>,
): Promise<RestoreRecord | undefined> =>
  reason.kind === 'nothing-before' && incarnation?.state === 'standing'
    ? (await records.list()).find(
        (one) => one.phase !== 'ended' && one.targetTable === table && one.targetRegion === target.region,
      )
    : undefined;

/** Where a restore to the name is under way, the table that stands there is the one that it makes. */
const refuse = async (
  [first]: readonly [Refused, ...Refused[]],
  reader: Reader,
  restore: Pick<RestoreParts, 'records'>,
): Promise<never> => {
  const underWay = await madeBy(first, restore);
  throw underWay === undefined ? refusalError(first, reader) : sourceUnderWay(underWay);
};

const apart = async (
  session: Session,
  options: RestoreOptions,
  choice: { readonly choices: readonly Chosen[]; readonly largestGapMs: number },
): Promise<readonly Chosen[] | undefined> => {
  showNow(session, [...apartLines(choice, session.screen), '']);
  if (canAsk(session, options))
    return isAgreed(await ask(session, APART_QUESTION)) ? choice.choices : undefined;
  if (options.plan === true) return choice.choices;
  throw new UserError({
    code: 'not-one-second',
    what: 'These tables cannot come back as of one second.',
    fix: 'Restore them one by one, each with its own --at or --recovery-point.',
    facts: {
      apartSeconds: choice.largestGapMs / 1_000,
      tables: choice.choices.map(({ source }) => sourceFields(source)),
    },
  });
};

/** Chooses the source of each table; undefined when a person stops. Throws a `UserError` for what cannot be restored. */
export const chooseSources = async (
  session: Session,
  options: RestoreOptions,
  views: readonly NameView[],
  moment: Named,
  reader: Reader,
  restore: Pick<RestoreParts, 'records'>,
): Promise<readonly Chosen[] | undefined> => {
  const [only] = views;
  if (views.length === 1 && only !== undefined) {
    const choice = choose(only, moment);
    return choice.kind === 'chosen' ? [choice] : await refuse([choice], reader, restore);
  }
  if (moment.kind === 'recovery-point')
    throw new UserError({
      code: 'one-table',
      what: 'A recovery point is of one table, and several are named.',
      fix: 'Name one table with --recovery-point.',
    });
  const together = chooseTogether(views, moment);
  if (together.kind === 'together') return together.choices;
  if (together.kind === 'apart') return await apart(session, options, together);
  const [first, ...rest] = together.refusals;
  return first === undefined ? [] : await refuse([first, ...rest], reader, restore);
};
