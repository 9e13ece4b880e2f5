import type { IfLost } from '../../../../shared/core/explain/if-lost.ts';
import type { Digest } from '../../../../shared/core/messages/digest/digest.ts';
import type { TableLine } from '../../../../shared/core/messages/digest/table-line.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../../shared/model/instant.ts';
import { NOW } from '../../../support/world.ts';

const A_LOSS: IfLost = {
  back: { to: NOW - 5 * MINUTE_MS, from: 'point-in-time' },
  expected: { kind: 'unknown' },
  cost: {
    kind: 'known',
    sizeBytes: 1_200_000_000,
    usd: 0.18,
    usdPerGb: 0.15,
    priceRegion: 'us-east-1',
    isWithoutIndexes: true,
  },
};

/** How a healthy table stands: 24 recovery points, the whole window. */
export const aLine = (overrides: Partial<TableLine> = {}): TableLine => ({
  table: 'Orders',
  status: 'protected',
  policies: ['standard'],
  window: { kind: 'open', earliestAt: NOW - 35 * DAY_MS, latestAt: NOW - 5 * MINUTE_MS },
  recoveryPoints: 24,
  lockedPoints: 0,
  recoveryPointBytes: 28_800_000_000,
  oldestAt: NOW - 300 * DAY_MS,
  newestAt: NOW - 2 * HOUR_MS,
  tableBytes: 1_200_000_000,
  ifLost: A_LOSS,
  ...overrides,
});

/** The first digest of one healthy table. */
export const aDigest = (overrides: Partial<Digest> = {}): Digest => ({
  tables: [aLine()],
  optedOut: [],
  untagged: [],
  failures: [],
  openFindings: [],
  tableBytes: 1_200_000_000,
  recoveryPointBytes: 28_800_000_000,
  ...overrides,
});

/** When the last digest was sent, and that it knew no sizes of tables. */
export const LAST_WEEK = {
  digestedSlot: NOW - 7 * DAY_MS,
  sentAt: NOW - 7 * DAY_MS,
  recoveryPointBytes: 30_000_000_000,
};
