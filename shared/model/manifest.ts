import type { Failure } from './failure.ts';
import type { Instant } from './instant.ts';
import type { KeySpan } from './key-span.ts';
import type { SettingFacet, TableSettings } from './table-settings.ts';
import type { Target } from './target.ts';

/** A group of settings that could not be read, and why. */
export interface SettingGap {
  readonly facet: SettingFacet;
  readonly failure: Failure;
}

/**
 * Settings as far as they could be read: a facet is in `settings`, in `gaps`, or in both. `attachments` are in both where only some of the three
 * services that are asked for them answered; in a manifest, any facet is that was read before and could not be read again: it is kept as it was.
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

/** What tells manifests apart, and whether settings changed: the newest of one incarnation, without its settings. */
export interface ManifestHead
  extends Pick<Manifest, 'table' | 'tableId' | 'tableCreatedAt' | 'capturedAt' | 'confirmedAt'> {
  /** Same settings and gaps: same digest. */
  readonly digest: string;
  /** When a run first saw that the incarnation is gone; absent while it exists, as far as is known. */
  readonly goneAt?: Instant;
  /**
   * Under which keys it stood, oldest first; empty where none was a customer's. The last one holds until `confirmedAt`. Absent in what older versions
   * wrote, until an audit fills it in.
   */
  readonly keys?: readonly KeySpan[];
}

/** Something said that settings of a table may have changed. */
export interface SettingsHint {
  readonly table: string;
  readonly hintedAt: Instant;
}
