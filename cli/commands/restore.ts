import { Argument } from 'commander';
import type { AskedMoment } from '../../shared/core/restore/asked.ts';
import type { Chosen } from '../../shared/core/restore/choice.ts';
import { refusedMeanwhile } from '../../shared/core/restore/choose.ts';
import { isAgreed } from '../../shared/core/restore/menu.ts';
import type { Reader } from '../../shared/core/restore/moment-text.ts';
import type { RestorePlan } from '../../shared/core/restore/restore-plan.ts';
import { namesCollide } from '../../shared/core/restore/target-name.ts';
import { UserError } from '../../shared/model/errors.ts';
import type { RestoreParts } from '../../shared/run/compose-restore.ts';
import { planRestore, recordOf } from '../../shared/run/restore/plan-restore.ts';
import { type SeenName, settingsNow, viewName } from '../../shared/run/restore/view-name.ts';
import { type Answer, FINDINGS, FINE } from '../answer.ts';
import type { CliCommand } from '../command.ts';
import { restorePlanDocument } from '../documents/restore-plan-document.ts';
import { reportFields } from '../documents/restore-report-document.ts';
import { seatOf } from '../open.ts';
import { endProgress } from '../progress.ts';
import { carryOut } from '../restore/carry-out.ts';
import { ask, canAsk, chooseMoment, chooseSources, showNow } from '../restore/choose.ts';
import { momentOf, RESTORE_OPTIONS, type RestoreOptions, wishOf } from '../restore/options.ts';
import { buildIndexes, giveUp, listRestores, resumeAll } from '../restore/other-ways.ts';
import type { Session } from '../session.ts';
import { AGREE_QUESTION } from '../view/restore-menu-text.ts';
import { restorePlanLines } from '../view/restore-plan-text.ts';
import { refusalError } from '../view/restore-refusal-text.ts';
import { type RestoreReport, restoreReportLines } from '../view/restore-report-text.ts';

const isRight = ({ end }: RestoreReport): boolean => end.kind === 'ended' && end.record.result === 'restored';

const reportAnswer = (reports: readonly RestoreReport[], { screen }: Session): Answer => ({
  exitCode: reports.every(isRight) ? FINE : FINDINGS,
  lines:
    reports.length === 0
      ? ['No restore is under way.']
      : reports.flatMap((report, at) => [...(at > 0 ? [''] : []), ...restoreReportLines(report, screen)]),
  document: { command: 'restore', restores: reports.map(reportFields) },
  notes: [],
});

const stopped = (): Answer => ({
  exitCode: FINE,
  lines: ['Nothing was restored.'],
  document: { command: 'restore', restores: [] },
  notes: [],
});

/** Manifests of a name, or where none was ever kept the settings that the table has now. */
const seenNames = async (restore: RestoreParts, tables: readonly string[]): Promise<readonly SeenName[]> => {
  const deps = { ...restore.parts, manifests: restore.manifests, settingsReader: restore.settingsReader };
  const seen: SeenName[] = [];
  for (const table of tables) {
    const one = await viewName(deps, table);
    const standing = one.view.incarnations.find(({ state }) => state === 'standing');
    const isKept = one.manifests.some(({ tableId }) => tableId === standing?.tableId);
    const now = standing === undefined || isKept ? undefined : await settingsNow(deps, one.view);
    seen.push(now === undefined ? one : { ...one, manifests: [...one.manifests, now] });
  }
  return seen;
};

const plansOf = async (
  restore: RestoreParts,
  options: RestoreOptions,
  choices: readonly Chosen[],
  seen: readonly SeenName[],
): Promise<readonly RestorePlan[]> => {
  const { parts, records } = restore;
  const wish = wishOf(options, parts.target);
  const known = await records.list();
  const { restorer } = restore.restoreIn(wish.targetRegion, () => undefined);
  const plans: RestorePlan[] = [];
  for (const choice of choices) {
    const one = seen.find(({ view }) => view.table === choice.source.table) ?? { manifests: [] };
    plans.push(await planRestore({ ...parts, restorer }, choice, one, wish, known));
  }
  const collision = namesCollide(plans.map(({ target }) => target.name));
  if (collision !== undefined) throw collision;
  return plans;
};

/** SAFETY: windows move while a person reads: what was agreed to is looked at again just before the call. */
const refuseWhatMoved = async (
  restore: RestoreParts,
  plans: readonly RestorePlan[],
  reader: Reader,
): Promise<void> => {
  const deps = { ...restore.parts, manifests: restore.manifests };
  for (const { choice } of plans) {
    const { view } = await viewName(deps, choice.source.table);
    const refusal = refusedMeanwhile(view, choice.source);
    if (refusal !== undefined) throw refusalError(refusal, { ...reader, now: view.now });
  }
};

const underWayAlready = (table: string): UserError =>
  new UserError({
    code: 'restore-under-way',
    what: `A restore to ${table} is under way.`,
    fix: 'Go on with it: tablekeeper restore --resume. Or give another name with --target.',
  });

const carryOutAll = async (
  session: Session,
  restore: RestoreParts,
  plans: readonly RestorePlan[],
  { sample }: RestoreOptions,
): Promise<Answer> => {
  const records = plans.map(recordOf);
  for (const record of records)
    if (!(await restore.records.begin(record))) throw underWayAlready(record.targetTable);
  const reports = await Promise.all(records.map((record) => carryOut(session, restore, record, sample)));
  endProgress(session.terminal.stderr);
  return reportAnswer(reports, session);
};

const planAnswer = (plans: readonly RestorePlan[], reader: Reader, { screen, options }: Session): Answer => {
  const [first, ...rest] = plans;
  return {
    exitCode: FINE,
    lines: plans.flatMap((plan, at) => [...(at > 0 ? [''] : []), ...restorePlanLines(plan, reader, screen)]),
    ...(first !== undefined && { document: restorePlanDocument([first, ...rest], options.instance) }),
    notes: [],
  };
};

type Named = Exclude<AskedMoment, { readonly kind: 'open' }>;

const namedMoment = async (
  session: Session,
  options: RestoreOptions,
  moment: AskedMoment,
  [first]: readonly SeenName[],
  reader: Reader,
): Promise<Named | undefined> => {
  if (moment.kind !== 'open') return moment;
  return first === undefined ? undefined : await chooseMoment(session, options, first.view, reader);
};

const restoreTables = async (
  session: Session,
  restore: RestoreParts,
  options: RestoreOptions,
): Promise<Answer> => {
  const now = restore.parts.clock.now();
  const { moment, zone } = momentOf(session, options, now);
  const reader: Reader = { zone, now };
  const own = moment.kind === 'recovery-point' ? [moment.table] : [];
  const tables = options.tables?.length ? options.tables : own;
  const seen = await seenNames(restore, tables);
  const named = await namedMoment(session, options, moment, seen, reader);
  if (named === undefined) return stopped();
  const views = seen.map(({ view }) => view);
  const choices = await chooseSources(session, options, views, named, reader);
  if (choices === undefined) return stopped();
  const plans = await plansOf(restore, options, choices, seen);
  const shown = planAnswer(plans, reader, session);
  if (options.plan === true) return shown;
  if (session.options.json !== true) showNow(session, [...shown.lines, '']);
  if (options.yes !== true) {
    if (!canAsk(session, options)) throw nobodyAgreed();
    if (!isAgreed(await ask(session, AGREE_QUESTION))) return stopped();
  }
  await refuseWhatMoved(restore, plans, reader);
  return await carryOutAll(session, restore, plans, options);
};

const nobodyAgreed = (): UserError =>
  new UserError({
    code: 'not-agreed',
    what: 'Nobody is there to agree to the plan.',
    fix: 'Add --yes to carry it out, or --plan to see it only.',
  });

const restore = async (session: Session, options: RestoreOptions): Promise<Answer> => {
  const seat = await seatOf(session);
  const { composeRestore } = await import('../../shared/run/compose-restore.ts');
  const parts = await composeRestore(seat);
  if (options.list === true) return await listRestores(session, parts);
  if (options.giveUp !== undefined) return await giveUp(parts, options.giveUp);
  if (options.resume === true) return reportAnswer(await resumeAll(session, parts, options.sample), session);
  if (options.indexes !== undefined)
    return reportAnswer([await buildIndexes(session, parts, options.indexes, options.sample)], session);
  return await restoreTables(session, parts, options);
};

const OTHER_WAYS = ['resume', 'list', 'indexes', 'giveUp'] as const;

const mistakeIn = (typed: RestoreOptions): string | undefined => {
  const others = OTHER_WAYS.filter((way) => typed[way] !== undefined);
  const tables = typed.tables ?? [];
  if (others.length > 1 || (others.length === 1 && tables.length > 0))
    return '--resume, --list, --indexes and --give-up stand alone, without tables';
  if (others.length === 0 && tables.length === 0 && typed.recoveryPoint === undefined)
    return 'name the tables to restore, or --resume or --list';
  if (typed.target !== undefined && tables.length > 1)
    return '--target is the name of one table, and several are named';
  if (!Number.isSafeInteger(typed.sample) || typed.sample < 0) return '--sample takes a whole number from 0';
  return undefined;
};

export const restoreCommand: CliCommand<RestoreOptions> = {
  name: 'restore',
  summary: 'bring tables back as of a second or from a recovery point, with their settings',
  argument: new Argument('[tables...]', 'their names, or those of tables that are gone'),
  options: RESTORE_OPTIONS,
  mistakeIn,
  run: restore,
};
