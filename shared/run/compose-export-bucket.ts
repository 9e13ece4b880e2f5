import type { ClientOptions } from '../adapters/aws/clients.ts';
import type { ExportBucket } from '../ports/drill-export.ts';

/** Builds what reads and removes exports. The client of S3 is loaded once a drill needs it. */
export const lazyExportBucket = (options: ClientOptions): ExportBucket => {
  let loaded: Promise<ExportBucket> | undefined;
  const bucket = async (): Promise<ExportBucket> => {
    loaded ??= import('../adapters/restore/export-bucket.ts').then(({ createExportBucket }) =>
      createExportBucket(options),
    );
    return await loaded;
  };
  return {
    sample: async (name, manifest, most) => await (await bucket()).sample(name, manifest, most),
    holds: async (place) => await (await bucket()).holds(place),
    clear: async (place) => await (await bucket()).clear(place),
  };
};
