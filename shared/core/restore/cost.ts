import type { Capacity } from '../../model/table-settings.ts';

/** Prices in US dollars. The AWS Price List API is the authority: these say what to expect, not what is billed. */
export const PRICES = {
  /** For one GB restored, by Region; other Regions are shown at the first one. */
  restoredGb: { 'us-east-1': 0.15, 'eu-central-1': 0.18, 'eu-west-1': 0.17 },
  /** For one GB restored from cold storage of AWS Backup, in us-east-1. */
  coldRestoredGb: 0.2,
  /** For one unit of provisioned capacity for an hour, in us-east-1. */
  readUnitHour: 0.000_13,
  writeUnitHour: 0.000_65,
  source: 'public price tables, not read from AWS',
  readAt: '2026-11-28',
} as const;

const GB = 1_000_000_000;
const HOURS_A_MONTH = 730;

/** What a restore costs once. `unknown`: the service does not say how large the source is. */
export type RestoreCost =
  | {
      readonly kind: 'known';
      readonly sizeBytes: number;
      readonly usd: number;
      readonly usdPerGb: number;
      /** The Region that the price is of. */
      readonly priceRegion: string;
      /** Global indexes are restored and billed as well, and are not in that size. */
      readonly isWithoutIndexes: boolean;
      /** Cold storage costs more to restore from. */
      readonly isCold?: true;
    }
  | { readonly kind: 'unknown' };

const perGb = (region: string): readonly [usd: number, region: string] => {
  const found = Object.entries(PRICES.restoredGb).find(([name]) => name === region);
  return found === undefined ? [PRICES.restoredGb['us-east-1'], 'us-east-1'] : [found[1], found[0]];
};

const COLD_PER_GB = [PRICES.coldRestoredGb, 'us-east-1'] as const;

/** Estimates what a restore costs by the size of its source. */
export const restoreCost = (
  sizeBytes: number | undefined,
  region: string,
  hasIndexes: boolean,
  isCold = false,
): RestoreCost => {
  if (sizeBytes === undefined) return { kind: 'unknown' };
  const [usdPerGb, priceRegion] = isCold ? COLD_PER_GB : perGb(region);
  return {
    kind: 'known',
    sizeBytes,
    usd: (sizeBytes / GB) * usdPerGb,
    usdPerGb,
    priceRegion,
    isWithoutIndexes: hasIndexes,
    ...(isCold && { isCold }),
  };
};

/** Estimates what provisioned capacity costs a month, at the price of us-east-1. */
export const monthlyUsd = ({ reads, writes }: Capacity): number =>
  HOURS_A_MONTH * (reads * PRICES.readUnitHour + writes * PRICES.writeUnitHour);
