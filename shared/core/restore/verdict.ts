import type {
  ComparedSetting,
  DecisionReason,
  DifferenceReason,
  SettingComparison,
  SettingVerdict,
} from '../../model/setting-comparison.ts';
import { asJson } from './same.ts';

export const SAME: SettingVerdict = { kind: 'same' };

/** Makes the verdict on a setting that is not as it was. */
export const differs = (wanted: unknown, live: unknown, why: DifferenceReason): SettingVerdict => ({
  kind: 'differs',
  wanted: asJson(wanted),
  live: asJson(live),
  why,
});

/** What neither a person chose nor every restored table has. */
const NOT_BACK: readonly DifferenceReason[] = ['not-set', 'needs-empty-table', 'name-taken'];

/** Says whether a setting should have come back and did not. */
export const isNotBack = (verdict: SettingVerdict): boolean =>
  verdict.kind === 'differs' && NOT_BACK.includes(verdict.why);

/** Makes the verdict on a setting that a person has to decide about. */
export const inHand = (wanted: unknown, live: unknown, why: DecisionReason): SettingVerdict => ({
  kind: 'in-hand',
  wanted: asJson(wanted),
  live: asJson(live),
  why,
});

/** Makes the verdict on a setting that is more than was asked. */
export const better = (wanted: unknown, live: unknown): SettingVerdict => ({
  kind: 'better',
  wanted: asJson(wanted),
  live: asJson(live),
});

/** Puts a verdict on a setting, or on a part of one. */
export const on = (setting: ComparedSetting, verdict: SettingVerdict, part?: string): SettingComparison => ({
  setting,
  ...(part !== undefined && { part }),
  verdict,
});

/** Makes the verdict where two either are the same or could be. */
export const sameOr = (isSame: boolean, wanted: unknown, live: unknown): SettingVerdict =>
  isSame ? SAME : differs(wanted, live, 'not-set');
