import type { Chosen } from '../../shared/core/restore/choice.ts';
import { refusedMeanwhile } from '../../shared/core/restore/choose.ts';
import type { Reader } from '../../shared/core/restore/moment-text.ts';
import type { RestorePlan } from '../../shared/core/restore/restore-plan.ts';
import { namesCollide } from '../../shared/core/restore/target-name.ts';
import { isFromVault } from '../../shared/core/restore/vault-terms.ts';
import type { Manifest } from '../../shared/model/manifest.ts';
import type { RestoreSource } from '../../shared/model/restore.ts';
import type { RestoreParts } from '../../shared/run/compose-restore.ts';
import { withKeysAsked } from '../../shared/run/restore/check-keys.ts';
import type { VaultWish } from '../../shared/run/restore/look-in-vaults.ts';
import { planRestore, type RestoreWish, regionFor } from '../../shared/run/restore/plan-restore.ts';
import { type SeenName, settingsNow, viewName } from '../../shared/run/restore/view-name.ts';
import { refusalError } from '../view/restore-refusal-text.ts';

/** What there is under a name; `unkept`: its settings of now, because no manifest of the table that stands was ever kept. */
export interface Seen extends SeenName {
  readonly unkept?: Manifest;
}

const seenName = async (restore: RestoreParts, table: string, wish: VaultWish): Promise<Seen> => {
  const deps = { ...restore.parts, manifests: restore.manifests, settingsReader: restore.settingsReader };
  const named = await viewName(deps, table, wish);
  const seen = { ...named, view: await withKeysAsked(deps, named) };
  const standing = seen.view.incarnations.find(({ state }) => state === 'standing');
  const isKept = seen.manifests.some(({ tableId }) => tableId === standing?.tableId);
  const now = isKept ? undefined : await settingsNow(deps, seen.view);
  return now === undefined ? seen : { ...seen, manifests: [...seen.manifests, now], unkept: now };
};

/** Looks at each name in turn. Only reads. */
export const seenNames = async (
  restore: RestoreParts,
  tables: readonly string[],
  wish: VaultWish = {},
): Promise<readonly Seen[]> => {
  const seen: Seen[] = [];
  for (const table of tables) seen.push(await seenName(restore, table, wish));
  return seen;
};

/** Plans each restore. Throws a `UserError` where one cannot be made, or two would have one name. */
export const plansOf = async (
  restore: RestoreParts,
  wish: RestoreWish,
  choices: readonly Chosen[],
  seen: readonly Seen[],
): Promise<readonly RestorePlan[]> => {
  const { parts, records } = restore;
  const known = await records.list();
  const together = choices.map(({ source }) => source.table);
  const plans: RestorePlan[] = [];
  for (const choice of choices) {
    const one = seen.find(({ view }) => view.table === choice.source.table) ?? { manifests: [] };
    const deps = restore.restoreIn(regionFor(choice.source, wish), () => undefined);
    plans.push(await planRestore({ ...deps, ...parts }, choice, one, wish, known, together));
  }
  const collision = namesCollide(plans.map(({ target }) => target.name));
  if (collision !== undefined) throw collision;
  return plans;
};

/** Looks for what was chosen in its own vault, which only its ARN may have told. */
const wishFor = (source: RestoreSource): VaultWish =>
  isFromVault(source) ? { vaults: [source.vault], named: source.id } : {};

/** SAFETY: windows move while a person reads: what was agreed to is looked at again just before the call. */
export const refuseWhatMoved = async (
  restore: RestoreParts,
  plans: readonly RestorePlan[],
  reader: Reader,
): Promise<void> => {
  const deps = { ...restore.parts, manifests: restore.manifests };
  for (const { choice } of plans) {
    const { view } = await viewName(deps, choice.source.table, wishFor(choice.source));
    const refusal = refusedMeanwhile(view, choice.source);
    if (refusal !== undefined) throw refusalError(refusal, { ...reader, now: view.now });
  }
};
