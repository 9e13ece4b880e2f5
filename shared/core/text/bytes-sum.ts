import { bytesText } from './bytes.ts';

/** What recovery points hold together, as far as it is known. */
export interface BytesSum {
  readonly bytes: number;
  /** Of how many nothing says the size. */
  readonly unsized: number;
}

/** Sums sizes. SAFETY: one that nothing says is unknown, never nothing. */
export const bytesSumOf = (points: readonly { readonly sizeBytes?: number | undefined }[]): BytesSum => ({
  bytes: points.reduce((sum, { sizeBytes = 0 }) => sum + sizeBytes, 0),
  unsized: points.filter(({ sizeBytes }) => sizeBytes === undefined).length,
});

/** Writes a sum of sizes: `size not known` where nothing of it is, `at least` where it lacks some. */
export const bytesSumText = ({ bytes, unsized }: BytesSum): string => {
  if (unsized === 0) return bytesText(bytes);
  return bytes === 0 ? 'size not known' : `at least ${bytesText(bytes)}`;
};

/** Writes what recovery points hold together. */
export const bytesOfPointsText = (points: readonly { readonly sizeBytes?: number | undefined }[]): string =>
  bytesSumText(bytesSumOf(points));
