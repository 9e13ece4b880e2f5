import { withEnded } from '../../core/drill/proof.ts';
import type { Drill, DrillState } from '../../model/drill.ts';
import type { Failure } from '../../model/failure.ts';
import type { Memory } from '../../model/memory.ts';
import type { DrillStates, PointDescriber, TableRemover } from '../../ports/drill.ts';
import type { ExportBucket, TableExporter } from '../../ports/drill-export.ts';
import type { Engine } from '../../ports/engine.ts';
import type {
  ItemReader,
  ManifestStore,
  Restorer,
  SettingsReader,
  SettingsWriter,
  VaultRestorer,
} from '../../ports/restore.ts';
import type { Deps } from '../deps.ts';

/** What drills reach backup vaults with. */
export interface DrillVaults {
  readonly engine: Pick<Engine, 'list'>;
  readonly restorer: VaultRestorer;
  /** What is remembered of vaults: whose those recovery points are that carry no mark. Throws when the store cannot be reached. */
  readRecords(): Promise<Pick<Memory, 'vaultRecords'>>;
  /** What jobs have: it may write into tables of drills alone. */
  readonly roleArn: string;
}

/** What drills work with. */
export interface DrillDeps
  extends Pick<
    Deps,
    | 'callCounter'
    | 'callTime'
    | 'clock'
    | 'instance'
    | 'inventory'
    | 'log'
    | 'policies'
    | 'runNotes'
    | 'tableReader'
    | 'target'
  > {
  readonly states: DrillStates;
  /** Draws letters and digits at random that nobody can guess. */
  readonly drawLot: () => string;
  readonly manifests: ManifestStore;
  readonly restorer: Restorer;
  readonly remover: TableRemover;
  readonly points: PointDescriber;
  readonly settingsReader: SettingsReader;
  readonly settingsWriter: SettingsWriter;
  readonly items: ItemReader;
  readonly exporter: TableExporter;
  readonly bucket: ExportBucket;
  /** What reaches backup vaults; absent where the stack has no role for it. */
  readonly vaults?: DrillVaults;
  /** Where exports are written; absent where the stack has no such bucket. */
  readonly bucketName?: string;
}

/** A state with a drill under way. */
export type Underway = DrillState & { readonly current: Drill };

/** Where one step left a drill: it goes on at once, or a later run looks again, and why where it should not have to. */
export interface Moved {
  readonly state: DrillState;
  readonly isOn: boolean;
  readonly waitsFor?: Failure;
}

/** Writes a drill as it is now, and goes on with it. */
export const goOn = async (
  { states }: Pick<DrillDeps, 'states'>,
  state: Underway,
  current: Drill,
): Promise<Moved> => ({
  state: await states.save({ ...state, current }),
  isOn: true,
});

/** Leaves a drill to a later run. */
export const waitFor = (state: Underway, waitsFor?: Failure): Moved => ({
  state,
  isOn: false,
  ...(waitsFor !== undefined && { waitsFor }),
});

/** Ends a drill: nothing of it is left, or nothing that is its own. */
export const end = async (
  { states, clock }: Pick<DrillDeps, 'states' | 'clock'>,
  { current: _, ...state }: Underway,
  drill: Drill,
): Promise<Moved> => {
  const ended: Drill = { ...drill, phase: 'ended', endedAt: clock.now() };
  return { state: await states.save(withEnded(state, ended)), isOn: false };
};

/** Notes that a drill failed; its table, if it has one, is deleted next. The first reason stays. */
export const failed = (drill: Drill, failure: Failure): Drill => ({
  ...drill,
  result: drill.result ?? 'failed',
  ...(drill.result === undefined && { failure }),
});
