import type { Instant } from '../../model/instant.ts';
import type { SettingGap } from '../../model/manifest.ts';
import type {
  RestoreChoices,
  RestoreOverrides,
  RestoreRecord,
  RestoreSource,
  SettingStep,
} from '../../model/restore.ts';
import type { Chosen } from './choice.ts';
import { type RestoreCost, restoreCost } from './cost.ts';
import { type ExpectedTime, expectedTime, type PastRestore } from './expected-time.ts';
import { type NearLimit, nearLimits } from './limits.ts';
import type { ManifestUse } from './manifest-for.ts';
import { type NotReapplied, notReapplied, type ReapplyInput } from './not-reapplied.ts';
import type { TargetName } from './target-name.ts';
import { isFromVault } from './vault-terms.ts';
import { type PlanWarning, planWarnings, type WarningInput } from './warnings.ts';

/** What one restore is planned from. */
export interface RestorePlanInput
  extends Pick<
      WarningInput,
      'clientSideEncrypted' | 'companions' | 'formerReplica' | 'keys' | 'roleUnknowns'
    >,
    Pick<ReapplyInput, 'takenIn'> {
  readonly choice: Chosen;
  readonly target: TargetName;
  readonly targetRegion: string;
  readonly overrides: RestoreOverrides;
  readonly choices: RestoreChoices;
  readonly manifest?: ManifestUse | undefined;
  /** In the order in which they are made; none with `--without-settings`. */
  readonly steps: readonly SettingStep[];
  readonly past: readonly PastRestore[];
  readonly records: readonly RestoreRecord[];
  /** The role that a job of AWS Backup is given; only of what comes from a vault. */
  readonly roleArn?: string;
}

/** Everything that a restore will do and what it will not, before anything is called. */
export interface RestorePlan {
  readonly choice: Chosen;
  readonly plannedAt: Instant;
  readonly target: TargetName;
  readonly targetRegion: string;
  readonly overrides: RestoreOverrides;
  readonly choices: RestoreChoices;
  readonly manifest?: ManifestUse;
  readonly steps: readonly SettingStep[];
  readonly notReapplied: readonly NotReapplied[];
  /** Settings that are not known, because they could not be read. */
  readonly gaps: readonly SettingGap[];
  readonly expected: ExpectedTime;
  readonly cost: RestoreCost;
  readonly limits: readonly NearLimit[];
  readonly warnings: readonly PlanWarning[];
  readonly roleArn?: string;
}

/** Of a standing table the service counts about every six hours; a backup's size is exact. */
const sizeOf = ({ source, incarnation }: Chosen): number | undefined =>
  source.kind === 'recovery-point'
    ? incarnation.points.find(({ id }) => id === source.id)?.sizeBytes
    : incarnation.sizeBytes;

const isCold = (source: RestoreSource): boolean => isFromVault(source) && source.vault.isCold === true;

/** Billed as well, and in no size that the service states. Unknown settings may have some. */
const hasIndexes = ({ manifest, overrides }: RestorePlanInput): boolean => {
  const kept = overrides.globalIndexes ?? manifest?.manifest.settings.shape?.globalIndexes;
  return kept === undefined || kept.length > 0;
};

/** Plans one restore. Calls nothing: a person reads it first. */
export const restorePlan = (input: RestorePlanInput): RestorePlan => {
  const { choice, target, targetRegion, overrides, choices, manifest, steps, past, records, roleArn } = input;
  const { view, source } = choice;
  const sizeBytes = sizeOf(choice);
  const keepsName = target.name === source.table && targetRegion === view.target.region;
  const settings = manifest?.manifest.settings ?? {};
  return {
    choice,
    plannedAt: view.now,
    target,
    targetRegion,
    overrides,
    choices,
    ...(manifest !== undefined && { manifest }),
    ...(roleArn !== undefined && { roleArn }),
    steps: choices.settings === 'none' ? [] : steps,
    notReapplied: notReapplied({
      settings,
      overrides,
      choices,
      steps,
      to: { ...view.target, region: targetRegion },
      keepsName,
      ...(input.takenIn !== undefined && { takenIn: input.takenIn }),
    }),
    gaps: manifest?.manifest.gaps ?? [],
    expected: expectedTime({ table: source.table, sizeBytes, isCold: isCold(source) }, past),
    cost: restoreCost(sizeBytes, targetRegion, hasIndexes(input), isCold(source)),
    limits: nearLimits([source], records),
    warnings: planWarnings({ ...input, keepsName }),
  };
};
