import { spentInMonth } from '../../core/drill/proof.ts';
import type { WantedDrill } from '../../core/drill/wanted.ts';
import { type DrillPlanInput, planDrill } from '../../core/restore/drill-plan.ts';
import type { DrillState } from '../../model/drill.ts';
import { DAY_MS } from '../../model/instant.ts';
import type { DrillDeps } from './deps.ts';
import { viewForDrill } from './view.ts';

const tableOf = async (
  { settingsReader, restorer }: DrillDeps,
  table: string,
): Promise<Pick<DrillPlanInput, 'table'>> => {
  const [{ settings }, looked] = await Promise.all([
    settingsReader.read(table, ['shape']),
    restorer.look(table),
  ]);
  if (settings.shape === undefined || looked.kind !== 'found') return {};
  return { table: { ...settings.shape, itemCount: looked.value.itemCount } };
};

/** A refusal that is the same is written once a day: an audit takes an old one for one that nobody repeats. */
const isNews = ({ refused: before }: DrillState, refused: NonNullable<DrillState['refused']>): boolean =>
  before === undefined || before.since !== refused.since || refused.at - before.at >= DAY_MS;

/**
 * Plans and writes the next drill of a table; calls nothing that makes or changes anything. Returns undefined where none is begun. Throws where the state
 * table cannot be reached or another run was faster.
 */
export const beginDrill = async (
  deps: DrillDeps,
  wanted: WantedDrill,
  states: readonly DrillState[],
): Promise<DrillState | undefined> => {
  const { instance, policies } = deps;
  const state = states.find(({ table }) => table === wanted.table);
  const [{ view }, table] = await Promise.all([
    viewForDrill(deps, wanted.table),
    tableOf(deps, wanted.table),
  ]);
  const plan = planDrill({
    wanted,
    view,
    ...table,
    state,
    instance,
    lot: deps.drawLot(),
    bucket: deps.bucketName,
    spentUsd: spentInMonth(states, view.now),
    capUsd: policies.drillCapUsd ?? 0,
  });
  const known: DrillState = state ?? { table: wanted.table, revision: 0, past: [] };
  if (plan.kind === 'not-seen') return undefined;
  if (plan.kind === 'refused')
    return isNews(known, plan.refusal)
      ? await deps.states.save({ ...known, refused: plan.refusal })
      : undefined;
  const { refused: _, ...rest } = known;
  return await deps.states.save({ ...rest, current: plan.drill });
};
