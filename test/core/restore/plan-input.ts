import type { Chosen } from '../../../shared/core/restore/choice.ts';
import { choose } from '../../../shared/core/restore/choose.ts';
import type { ManifestUse } from '../../../shared/core/restore/manifest-for.ts';
import type { RestorePlanInput } from '../../../shared/core/restore/restore-plan.ts';
import type { Manifest } from '../../../shared/model/manifest.ts';
import type { RestoreChoices, RestoreRecord, RestoreSource } from '../../../shared/model/restore.ts';
import type { TableSettings, TableShape } from '../../../shared/model/table-settings.ts';
import { at, type Life, pitrFrom, TARGET, viewOf } from './history.ts';

export const NOW = at('2026-11-20T10:58');

export const STANDING: Life = {
  id: 'a1',
  from: at('2026-11-01T00:00'),
  pitr: pitrFrom(at('2026-11-10T00:00'), at('2026-11-20T10:52:57Z')),
  points: [{ at: at('2026-11-05T03:00'), sizeBytes: 12_000_000_000 }, { at: at('2026-11-19T03:00') }],
};

export const GONE: Life = {
  id: '77',
  from: at('2026-11-01T00:00'),
  until: at('2026-11-20T10:00'),
  hasSystemBackup: true,
  points: [{ at: at('2026-11-20T03:00'), sizeBytes: 12_000_000_000 }],
};

/** The choice for a second; fails where it is refused. */
export const chosenAt = (text: string, lives: readonly Life[] = [STANDING]): Chosen => {
  const choice = choose(viewOf(lives, NOW), { kind: 'second', at: at(text) });
  if (choice.kind === 'refused') throw new Error(choice.reason.kind);
  return choice;
};

export const SHAPE: TableShape = {
  keys: [{ name: 'pk', role: 'HASH' }],
  attributes: [{ name: 'pk', type: 'S' }],
  globalIndexes: [
    {
      name: 'by-day',
      keys: [{ name: 'day', role: 'HASH' }],
      projection: { type: 'ALL' },
      capacity: { reads: 20, writes: 10 },
    },
  ],
  localIndexes: [
    { name: 'by-size', keys: [{ name: 'pk', role: 'HASH' }], projection: { type: 'KEYS_ONLY' } },
  ],
  billingMode: 'PAY_PER_REQUEST',
  capacity: { reads: 100, writes: 50 },
  warmThroughput: { reads: 31_000, writes: 4_000 },
  tableClass: 'STANDARD',
  deletionProtection: true,
  encryption: { kind: 'aws-owned' },
};

export const SETTINGS: Partial<TableSettings> = {
  shape: SHAPE,
  tags: { app: 'shop' },
  ttl: { attribute: 'expires' },
  attachments: [
    { kind: 'alarm', id: 'orders-throttled', content: {} },
    { kind: 'event-source-mapping', id: '14e0db71', content: {} },
    { kind: 'pipe', id: 'orders-to-search', content: {} },
  ],
};

export const manifestAt = (
  capturedAt: string,
  settings: Partial<TableSettings> = SETTINGS,
  tableId = 'a1',
): Manifest => ({
  target: TARGET,
  table: 'orders',
  tableId,
  tableCreatedAt: at('2026-11-01T00:00'),
  capturedAt: at(capturedAt),
  confirmedAt: at(capturedAt),
  settings,
  gaps: [],
});

export const useOf = (settings: Partial<TableSettings> = SETTINGS): ManifestUse => ({
  manifest: manifestAt('2026-11-12T00:00', settings),
  of: 'that-second',
});

export const CHOICES: RestoreChoices = { settings: 'all', ttl: 'later', warm: 'leave', role: 'replacement' };

/** An input that plans without anything to say; with what a test wants otherwise. */
export const planInput = (over: Partial<RestorePlanInput> = {}): RestorePlanInput => ({
  choice: chosenAt('2026-11-15T12:00'),
  target: { name: 'orders-restored-20261115-1200', by: 'second' },
  targetRegion: TARGET.region,
  overrides: {},
  choices: CHOICES,
  manifest: useOf(),
  steps: [],
  past: [],
  records: [],
  ...over,
});

/** A restore that the service works on. */
export const recordOf = (
  source: RestoreSource,
  targetTable: string,
  over: Partial<RestoreRecord> = {},
): RestoreRecord => ({
  id: `${targetTable}@1`,
  source,
  targetTable,
  targetRegion: TARGET.region,
  overrides: {},
  phase: 'started',
  revision: 0,
  plannedAt: NOW,
  askedAt: NOW,
  acceptedAt: NOW,
  steps: [],
  choices: CHOICES,
  ...over,
});
