import { restoresOfDrills } from '../../core/explain/if-lost.ts';
import { isClientSideEncrypted, settingsAfterRestore } from '../../core/restore/after-restore.ts';
import type { Chosen } from '../../core/restore/choice.ts';
import { companionsOf, companionTag } from '../../core/restore/companions.ts';
import { compareSettings } from '../../core/restore/compare.ts';
import type { RestoreContext } from '../../core/restore/context.ts';
import { pastRestores } from '../../core/restore/expected-time.ts';
import { type ManifestUse, manifestFor } from '../../core/restore/manifest-for.ts';
import { type RestorePlan, restorePlan } from '../../core/restore/restore-plan.ts';
import { stepsFor } from '../../core/restore/steps.ts';
import { type NameState, targetName, targetRefused } from '../../core/restore/target-name.ts';
import { homeOf, isFromVault } from '../../core/restore/vault-terms.ts';
import type { KnownCompanions } from '../../core/restore/warnings.ts';
import type { FormerReplica } from '../../model/former-replica.ts';
import { isoInstant } from '../../model/instant.ts';
import type { SettingsReading } from '../../model/manifest.ts';
import type {
  RestoreChoices,
  RestoreOverrides,
  RestoreRecord,
  RestoreSource,
  SettingStep,
} from '../../model/restore.ts';
import type { TableTags } from '../../model/table.ts';
import type { ItemReader, Restorer } from '../../ports/restore.ts';
import type { Deps } from '../deps.ts';
import { readDrills } from '../past-restores.ts';
import { checkKeys } from './check-keys.ts';
import { checkRole } from './check-role.ts';
import type { RestoreDeps } from './deps.ts';
import { formerReplicaOf, lookElsewhere } from './look-elsewhere.ts';
import type { RestoreKnowledge } from './restore.ts';
import { termsFor } from './terms-for.ts';
import type { SeenName } from './view-name.ts';

/** What a person wants of one restore. */
export interface RestoreWish {
  readonly overrides: RestoreOverrides;
  readonly choices: RestoreChoices;
  readonly targetRegion: string;
  readonly targetTable?: string | undefined;
  /** The role that a job of AWS Backup is given, by ARN. */
  readonly restoreRoleArn: string;
}

/** Says in which Region a table is made: what is in a vault is restored in the vault's, whatever was wished. */
export const regionFor = (
  source: RestoreSource,
  { targetRegion }: Pick<RestoreWish, 'targetRegion'>,
): string => (isFromVault(source) ? source.vault.target.region : targetRegion);

const nameState = async (restorer: Restorer, table: string): Promise<NameState> => {
  const looked = await restorer.look(table);
  if (looked.kind === 'missing') return { kind: 'free' };
  return looked.kind === 'found' ? { kind: 'taken', status: looked.value.status } : { kind: 'unread' };
};

/** SAFETY: a table restored under the name of a replica keeps the replica from being added again. */
const ownName = async (
  { restorer }: Pick<RestoreDeps, 'restorer'>,
  { table }: RestoreSource,
  former: FormerReplica | undefined,
): Promise<NameState> => {
  const own = await nameState(restorer, table);
  return own.kind === 'free' && former !== undefined ? { kind: 'for-replica' } : own;
};

/** What decides which settings the restored table should have, as its record says it. */
export const contextOf = (
  { target, policies }: Pick<Deps, 'target' | 'policies'>,
  record: Pick<RestoreRecord, 'choices' | 'overrides' | 'source' | 'targetTable' | 'targetRegion'>,
  sourceExists: boolean,
  takenIn: readonly string[] = [],
): RestoreContext => ({
  names: {
    from: { ...homeOf(record.source, target), table: record.source.table },
    to: { accountId: target.accountId, region: record.targetRegion, table: record.targetTable },
    policyTag: policies.tag,
    sourceExists,
  },
  choices: record.choices,
  overrides: record.overrides,
  takenIn,
  leavesPolicyTag: true,
});

const NOTHING: SettingsReading = { settings: {}, gaps: [] };

/** What was seen around a restore. */
interface KnownPlace {
  readonly sourceExists: boolean;
  /** Regions of replicas in which another table has the name of the one that is made. */
  readonly takenIn: readonly string[];
}

/** Knows what a restore needs beside its record. */
export const knowledgeOf = (
  deps: Pick<Deps, 'target' | 'policies'>,
  manifest: ManifestUse | undefined,
  { sourceExists, takenIn }: KnownPlace,
  sample: number,
): RestoreKnowledge => {
  const wanted: SettingsReading = manifest?.manifest ?? NOTHING;
  const context = (record: RestoreRecord) => contextOf(deps, record, sourceExists, takenIn);
  return {
    ...(manifest !== undefined && { wanted }),
    isSourceThere: sourceExists,
    sample,
    isAsWanted: (record, live): boolean =>
      compareSettings(wanted, live, context(record)).every(
        ({ verdict }) => verdict.kind !== 'differs' || verdict.why !== 'not-set',
      ),
    stepsFor: (record, live): readonly SettingStep[] =>
      stepsFor(wanted.settings, live.settings, context(record)),
  };
};

const plannedSteps = (
  deps: Pick<Deps, 'target' | 'policies'>,
  manifest: ManifestUse | undefined,
  record: Pick<RestoreRecord, 'choices' | 'overrides' | 'source' | 'targetTable' | 'targetRegion'>,
  { sourceExists, takenIn }: KnownPlace,
): readonly SettingStep[] => {
  const settings = manifest?.manifest.settings ?? {};
  const after = settings.shape === undefined ? {} : settingsAfterRestore(settings.shape, record.overrides);
  return stepsFor(settings, after, contextOf(deps, record, sourceExists, takenIn));
};

/**
 * Says whether the table that a restore reads from stands under its name. SAFETY: one that could not be looked at may: its Kinesis stream is not
 * shared unasked.
 */
export const sourceStands = ({ view, source }: Pick<Chosen, 'source' | 'view'>): boolean =>
  view.unseen.some(({ part }) => part === 'table') ||
  view.incarnations.some(({ state, tableId }) => state === 'standing' && tableId === source.tableId);

/** Few: each is a call of its own, and one is enough. */
const LOOKED_AT = 5;

/** What cannot be read warns of nothing: a person may be allowed to restore and not to read. */
const hasBoundItems = async (items: ItemReader, choice: Chosen): Promise<boolean> => {
  if (!sourceStands(choice)) return false;
  const read = await items.sample(choice.source.table, LOOKED_AT);
  return read.kind === 'found' && read.value.some(isClientSideEncrypted);
};

/** Finds the tables that belong with one by their tags; undefined where no tag says which. Reads nothing then. */
const companionsFor = async (
  { inventory }: Pick<Deps, 'inventory'>,
  { source, at, view }: Chosen,
  tags: TableTags,
  together: readonly string[],
  records: readonly RestoreRecord[],
): Promise<KnownCompanions | undefined> => {
  const tag = companionTag(tags);
  if (tag === undefined) return undefined;
  const { items, gap } = await inventory.listTaggedTables(tag.key);
  const input = { tag, tagged: items, together: [source.table, ...together], records, at, now: view.now };
  return { tag: `${tag.key}=${tag.value}`, tables: companionsOf(input), gap };
};

/**
 * Plans one restore: names the table that is made and decides what is put back. Looks at the name, at the keys of the source and at the role of a job of AWS Backup, and
 * changes nothing. Throws a `UserError` for a name that cannot be taken, a key that cannot be used and a role that cannot restore.
 */
export const planRestore = async (
  deps: Pick<Deps, 'drillStates' | 'inventory' | 'keyFacts' | 'target' | 'policies'> &
    Pick<RestoreDeps, 'lookIn' | 'restorer' | 'restoreRoles' | 'sourceItems' | 'vaultRestorer'>,
  choice: Chosen,
  { manifests }: Pick<SeenName, 'manifests'>,
  wish: RestoreWish,
  records: readonly RestoreRecord[],
  together: readonly string[] = [],
): Promise<RestorePlan> => {
  const { source, at, asked = at } = choice;
  const { choices, targetTable: given } = wish;
  const targetRegion = regionFor(source, wish);
  const manifest = manifestFor(manifests, source);
  const overrides = await termsFor(deps, source, wish, manifest);
  const former = await formerReplicaOf(deps, choice, manifest, targetRegion);
  const own = given === undefined ? await ownName(deps, source, former) : { kind: 'unread' as const };
  const target = targetName({ table: source.table, second: asked, own, given });
  const state = target.by === 'own' ? own : await nameState(deps.restorer, target.name);
  const refusal = targetRefused(
    target.name,
    state,
    records.filter((one) => one.targetRegion === targetRegion),
  );
  if (refusal !== undefined) throw refusal;
  const keys = await checkKeys(deps, choice, manifests);
  const roleArn = wish.restoreRoleArn;
  const roleUnknowns = await checkRole(deps, { source, roleArn, targetTable: target.name });
  const record = { source, overrides, choices, targetRegion, targetTable: target.name };
  const { tags = {}, replicas } = manifest?.manifest.settings ?? {};
  const namesakes = await lookElsewhere(deps, target.name, replicas, targetRegion);
  const takenIn = namesakes.map(({ region }) => region);
  return restorePlan({
    choice,
    target,
    targetRegion,
    overrides,
    choices,
    manifest,
    steps: plannedSteps(deps, manifest, record, { sourceExists: sourceStands(choice), takenIn }),
    takenIn,
    formerReplica: former,
    keys,
    past: [...restoresOfDrills(await readDrills(deps)), ...pastRestores(records)],
    records,
    companions: await companionsFor(deps, choice, tags, together, records),
    clientSideEncrypted: target.by !== 'own' && (await hasBoundItems(deps.sourceItems, choice)),
    ...(isFromVault(source) && { roleArn, roleUnknowns }),
  });
};

/** What a record takes over from a plan. */
interface Planned
  extends Pick<RestorePlan, 'targetRegion' | 'overrides' | 'choices' | 'plannedAt' | 'roleArn'> {
  readonly choice: Pick<Chosen, 'source'>;
  readonly target: Pick<RestorePlan['target'], 'name'>;
}

/** Makes the record that a plan begins with. */
export const recordOf = ({
  choice,
  target,
  targetRegion,
  overrides,
  choices,
  plannedAt,
  roleArn,
}: Planned): RestoreRecord => ({
  id: `${target.name}/${isoInstant(plannedAt)}`,
  source: choice.source,
  targetTable: target.name,
  targetRegion,
  overrides,
  choices,
  phase: 'planned',
  revision: 0,
  plannedAt,
  ...(roleArn !== undefined && { roleArn }),
  steps: [],
});
