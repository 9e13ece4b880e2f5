import type { Failure } from './failure.ts';
import type { Instant } from './instant.ts';
import type { SettingFacet, TableSettings } from './table-settings.ts';
import type { Target } from './target.ts';

/** A group of settings that could not be read, and why. */
export interface SettingGap {
  readonly facet: SettingFacet;
  readonly failure: Failure;
}

/**
 * Settings as far as they could be read: a facet is in `settings` or in `gaps`. Only `attachments` may be in both: three services are asked for
 * them, and what one does not say hides nothing of the others.
 */
export interface SettingsReading {
  readonly settings: Partial<TableSettings>;
  readonly gaps: readonly SettingGap[];
}

/**
 * The settings of one incarnation of a table that no backup carries, as they stood at one instant. A table made again under its
 * name has other manifests. A new one is kept when the settings differ from the newest.
 */
export interface Manifest extends SettingsReading {
  readonly target: Target;
  readonly table: string;
  readonly tableId: string;
  readonly tableCreatedAt: Instant;
  /** Since when the settings are known to stand so. */
  readonly capturedAt: Instant;
  /** When they were last found unchanged; at or after `capturedAt`. */
  readonly confirmedAt: Instant;
}
