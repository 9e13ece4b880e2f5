import type { Drill } from '../../model/drill.ts';
import type { SettingsReading } from '../../model/manifest.ts';
import type { RestoreChoices, SettingStep } from '../../model/restore.ts';
import type { SettingComparison } from '../../model/setting-comparison.ts';
import type { SettingFacet } from '../../model/table-settings.ts';
import type { Target } from '../../model/target.ts';
import { compareSettings } from './compare.ts';
import type { RestoreContext } from './context.ts';
import { stepsFor } from './steps.ts';

/**
 * What a drill puts back, because it shows that manifests are right and does nothing beyond the table: no capacity that is paid by the hour, no items
 * sent anywhere, nobody let in, no insights that are paid, no protection that would keep the table, no replica, and no point-in-time recovery, whose
 * SYSTEM backup would outlive it. TTL deletes within days, and the table stands for hours.
 */
const STEPS: readonly SettingStep['kind'][] = ['tags', 'stream', 'table-class', 'ttl'];

/** What is read of the table of a drill. */
export const DRILLED_FACETS: readonly SettingFacet[] = ['shape', 'tags', 'ttl'];

const COMPARED: readonly SettingComparison['setting'][] = ['tags', 'stream', 'table-class', 'ttl'];

const CHOICES: RestoreChoices = {
  settings: 'all',
  ttl: 'on',
  warm: 'leave',
  role: 'look-only',
  kinesis: 'leave',
};

const contextOf = (drill: Drill, target: Target, policyTag: string): RestoreContext => ({
  names: {
    from: { ...target, table: drill.table },
    to: { ...target, table: drill.drillTable ?? drill.table },
    policyTag,
    sourceExists: true,
  },
  choices: CHOICES,
  overrides: drill.overrides,
});

/** What settings of a drill's table are compared with. */
export interface DrillSettings {
  readonly drill: Drill;
  readonly wanted: SettingsReading;
  readonly live: SettingsReading;
  readonly target: Target;
  readonly policyTag: string;
}

/** Lists the settings that a drill puts back on its table, as a restore would, but for those that reach beyond it. */
export const drillSteps = ({
  drill,
  wanted,
  live,
  target,
  policyTag,
}: DrillSettings): readonly SettingStep[] =>
  stepsFor(wanted.settings, live.settings, contextOf(drill, target, policyTag)).filter(
    (step) => STEPS.includes(step.kind) && !('region' in step && step.region !== undefined),
  );

/** Lists the settings of a drill's table that differ from the manifest although a step was to set them. */
export const drillDifferences = ({
  drill,
  wanted,
  live,
  target,
  policyTag,
}: DrillSettings): readonly SettingComparison[] =>
  compareSettings(wanted, live, contextOf(drill, target, policyTag)).filter(
    ({ setting, verdict }) =>
      COMPARED.includes(setting) && verdict.kind === 'differs' && verdict.why === 'not-set',
  );
