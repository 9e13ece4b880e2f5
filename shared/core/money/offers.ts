import * as z from 'zod';
import { FIGURES, type Figure, type Prices, type RegionPrices } from './prices.ts';

const dimension = z.object({ beginRange: z.string(), pricePerUnit: z.record(z.string(), z.string()) });

/**
 * An offer file of AWS's price list, as far as it is read.
 * @see https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/reading-service-price-list-file-for-services.html (checked 2026-11-29)
 */
const offer = z.object({
  offerCode: z.string(),
  publicationDate: z.string(),
  products: z.record(
    z.string(),
    z.object({ attributes: z.object({ regionCode: z.string().optional(), usagetype: z.string() }) }),
  ),
  terms: z.object({
    OnDemand: z.record(
      z.string(),
      z.record(z.string(), z.object({ priceDimensions: z.record(z.string(), dimension) })),
    ),
  }),
});

type Offer = z.infer<typeof offer>;

/** What usage is called where it has no prefix of its Region: `EUC1-TimedBackupStorage-ByteHrs` is the first. */
const USAGE: ReadonlyMap<string, Figure> = new Map([
  ['TimedBackupStorage-ByteHrs', 'backupGbMonth'],
  ['TimedPITRStorage-ByteHrs', 'pitrGbMonth'],
  ['RestoreDataSize-Bytes', 'restoredGb'],
  ['ExportDataSize-Bytes', 'exportedGb'],
  ['ReadCapacityUnit-Hrs', 'readUnitHour'],
  ['WriteCapacityUnit-Hrs', 'writeUnitHour'],
  ['WarmStorage-ByteHrs-DynamoDB', 'vaultGbMonth'],
  ['ColdStorage-ByteHrs-DynamoDB', 'vaultColdGbMonth'],
  ['Restore-ColdBytes-DynamoDB', 'coldRestoredGb'],
  ['CrossRegion-WarmBytes-DynamoDB', 'copiedGb'],
]);

/** `USE1-`, `EU-`; `IA-` is the infrequent-access class of a table. */
const PREFIX = /^(?!IA-)[A-Z]{2,4}\d?-(?=.)/;

const figureOf = (usage: string): Figure | undefined =>
  USAGE.get(usage) ?? USAGE.get(usage.replace(PREFIX, ''));

/** The price beyond any free allowance: that of the dimension which begins last. */
const priceOf = ({ terms }: Offer, sku: string): number | undefined => {
  const dimensions = Object.values(terms.OnDemand[sku] ?? {}).flatMap(({ priceDimensions }) =>
    Object.values(priceDimensions),
  );
  const last = dimensions.toSorted((a, b) => Number(a.beginRange) - Number(b.beginRange)).at(-1);
  const usd = Number(last?.pricePerUnit.USD);
  return Number.isFinite(usd) ? usd : undefined;
};

type Found = readonly [region: string, figure: Figure, usd: number];

const foundIn = (one: Offer): readonly Found[] =>
  Object.entries(one.products).flatMap(([sku, { attributes }]): readonly Found[] => {
    const { regionCode, usagetype } = attributes;
    const figure = figureOf(usagetype);
    const usd = priceOf(one, sku);
    return regionCode === undefined || figure === undefined || usd === undefined
      ? []
      : [[regionCode, figure, usd]];
  });

/** Of two prices for one figure the dearer is taken: what is shown is never less than what is billed. */
const pricesFrom = (found: readonly Found[]): RegionPrices => {
  const prices = new Map<Figure, number>();
  for (const [, figure, usd] of found) prices.set(figure, Math.max(usd, prices.get(figure) ?? 0));
  return Object.fromEntries(
    FIGURES.flatMap((figure) => (prices.has(figure) ? [[figure, prices.get(figure)]] : [])),
  );
};

/** An offer file, and where it was read. */
export interface OfferFile {
  readonly from: string;
  readonly content: unknown;
}

const sourceOf = ({ from }: OfferFile, one: Offer) => ({
  from,
  readAt: one.publicationDate.slice(0, 10),
  figures: FIGURES.filter((figure) => foundIn(one).some(([, found]) => found === figure)),
  isVerified: true,
});

/** Makes a list of prices out of AWS's offer files. Throws where one is no offer file, or has no figure that is known here. */
export const pricesFromOffers = (files: readonly OfferFile[], readAt: string): Prices => {
  const offers = files.map((file) => ({ file, one: offer.parse(file.content) }));
  const found = offers.flatMap(({ one }) => foundIn(one));
  const empty = offers.find(({ one }) => foundIn(one).length === 0);
  if (empty !== undefined)
    throw new Error(`${empty.file.from} has no price of backups: ${empty.one.offerCode}`);
  const byRegion = [...Map.groupBy(found, ([region]) => region)].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return {
    readAt,
    origin: "AWS's price list",
    sources: offers.map(({ file, one }) => sourceOf(file, one)),
    regions: Object.fromEntries(byRegion.map(([region, some]) => [region, pricesFrom(some)])),
  };
};
