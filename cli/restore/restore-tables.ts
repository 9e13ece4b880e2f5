import type { AskedMoment } from '../../shared/core/restore/asked.ts';
import { choose } from '../../shared/core/restore/choose.ts';
import { maybeNearer, withinReach } from '../../shared/core/restore/choose-together.ts';
import { isAgreed } from '../../shared/core/restore/menu.ts';
import type { Reader } from '../../shared/core/restore/moment-text.ts';
import type { RestorePlan } from '../../shared/core/restore/restore-plan.ts';
import { restoreCommand } from '../../shared/core/text/commands.ts';
import { advise } from '../../shared/model/advice.ts';
import { UserError } from '../../shared/model/errors.ts';
import type { RestoreParts } from '../../shared/run/compose-restore.ts';
import { type Answer, FINE, USAGE } from '../answer.ts';
import { ask, canAsk, showNow } from '../conversation.ts';
import { possibleDocument, restorePlanDocument } from '../documents/restore-plan-document.ts';
import type { Session } from '../session.ts';
import { AGREE_QUESTION } from '../view/restore-menu-text.ts';
import { restorePlanLines } from '../view/restore-plan-text.ts';
import { possibleLines } from '../view/restore-possible-text.ts';
import { notAllReadError, refusalError } from '../view/restore-refusal-text.ts';
import { beginAll } from './begin.ts';
import { carryOutAll } from './carry-out.ts';
import { chooseMoment, chooseSources } from './choose.ts';
import { plansOf, refuseWhatMoved, type Seen, seenNames } from './make-plans.ts';
import { namedPoint } from './named-point.ts';
import { momentOf, type RestoreOptions, wishOf } from './options.ts';
import { nothingDone } from './report.ts';
import { waitUntilRestorable } from './wait-until.ts';
import { reportWithCode } from './with-code.ts';

type Named = Exclude<AskedMoment, { readonly kind: 'open' }>;

const planAnswer = (plans: readonly RestorePlan[], reader: Reader, { screen, options }: Session): Answer => {
  const [first, ...rest] = plans;
  return {
    exitCode: FINE,
    lines: plans.flatMap((plan, at) => [...(at > 0 ? [''] : []), ...restorePlanLines(plan, reader, screen)]),
    ...(first !== undefined && { document: restorePlanDocument([first, ...rest], options.instance) }),
    notes: [],
  };
};

const NOTHING_NAMED =
  'No second is named. Add --at 2026-11-20T10:00Z, --at latest, --ago 2h or --recovery-point ARN.';

/** Shows what is possible where nobody is there to choose. Of an unknown name nothing is. */
const possibleAnswer = ([first]: readonly Seen[], reader: Reader, { screen, options }: Session): Answer => {
  if (first === undefined) throw new Error('no table is named');
  const choice = choose(first.view, { kind: 'latest' });
  if (choice.kind === 'refused' && first.view.incarnations.length === 0) throw refusalError(choice, reader);
  return {
    exitCode: USAGE,
    lines: possibleLines(first.view, reader, screen),
    document: {
      ...possibleDocument(first.view, options.instance),
      errors: [{ code: 'no-moment', message: NOTHING_NAMED }],
    },
    notes: [`error: ${NOTHING_NAMED}`],
  };
};

const nobodyAgreed = (): UserError =>
  new UserError({
    code: 'not-agreed',
    what: 'Nobody is there to agree to the plan.',
    fix: 'Add --yes to carry it out, or --plan to see it only.',
  });

/** SAFETY: nothing is called before somebody agreed. */
const isAgreedTo = async (session: Session, options: RestoreOptions): Promise<boolean> => {
  if (options.yes === true) return true;
  if (!canAsk(session, options)) throw nobodyAgreed();
  return isAgreed(await ask(session, AGREE_QUESTION));
};

/** SAFETY: with `--yes` nobody reads that something nearer may exist: nothing farther is taken then, unless it is named. */
const refuseMaybeFarther = (plans: readonly RestorePlan[]): void => {
  const unsure = plans.find(({ choice }) => maybeNearer(choice).length > 0);
  if (unsure !== undefined) throw notAllReadError(unsure.choice, maybeNearer(unsure.choice));
};

const begunAndCarriedOut = async (
  session: Session,
  restore: RestoreParts,
  plans: readonly RestorePlan[],
  seen: readonly Seen[],
  options: RestoreOptions,
): Promise<Answer> => {
  const { sample } = options;
  const records = await beginAll(restore, plans, seen);
  const reports = await carryOutAll(session, restore, records, sample);
  return await reportWithCode(session, restore, reports, options);
};

const planned = async (
  session: Session,
  restore: RestoreParts,
  options: RestoreOptions,
  seen: readonly Seen[],
  moment: Named,
  reader: Reader,
): Promise<Answer> => {
  const views = seen.map(({ view }) => view);
  const choices = await chooseSources(session, options, views, moment, reader, restore);
  if (choices === undefined) return nothingDone();
  const plans = await plansOf(restore, wishOf(session, options, restore), choices, seen);
  const shown = planAnswer(plans, reader, session);
  if (options.plan === true) return shown;
  if (options.yes === true) refuseMaybeFarther(plans);
  showNow(session, [...shown.lines, '']);
  if (!(await isAgreedTo(session, options))) return nothingDone();
  await refuseWhatMoved(restore, plans, reader);
  return await begunAndCarriedOut(session, restore, plans, seen, options);
};

const inAnotherAccount = (id: string): UserError =>
  new UserError({
    code: 'table-needed',
    what: `${id} is in another account, and its ARN does not say of which table it is.`,
    fix: advise('Name the table as well:', restoreCommand('TABLE', '--recovery-point', id)),
    facts: { id },
  });

/** Looks at the tables that are named, or at that of the recovery point that is. */
const seenAsked = async (
  restore: RestoreParts,
  options: RestoreOptions,
  moment: AskedMoment,
): Promise<readonly Seen[]> => {
  const { tables = [], toRegion } = options;
  const named = await namedPoint(restore, moment, tables);
  const own = named.table === undefined ? [] : [named.table];
  if (tables.length === 0 && own.length === 0 && moment.kind === 'recovery-point')
    throw inAnotherAccount(moment.id);
  const seen = await seenNames(restore, tables.length > 0 ? tables : own, named.wish);
  return seen.map((one) => ({ ...one, view: withinReach(one.view, toRegion) }));
};

/** Restores tables: what is possible, a choice, a plan, an agreement, and then the restore itself. */
export const restoreTables = async (
  session: Session,
  restore: RestoreParts,
  options: RestoreOptions,
): Promise<Answer> => {
  const { clock } = restore.parts;
  const { moment, zone } = momentOf(session, options, clock.now());
  const look = () => seenAsked(restore, options, moment);
  const seen = await look();
  const reader: Reader = { zone, now: clock.now() };
  if (moment.kind !== 'open') {
    const then =
      options.wait === true ? await waitUntilRestorable(session, restore, seen, moment, look) : seen;
    return await planned(session, restore, options, then, moment, { zone, now: clock.now() });
  }
  const [first] = seen;
  if (first === undefined || first.view.incarnations.length === 0 || !canAsk(session, options))
    return possibleAnswer(seen, reader, session);
  const chosen = await chooseMoment(session, options, first.view, reader);
  if (chosen === undefined) return nothingDone();
  return await planned(session, restore, options, seen, chosen, reader);
};
