import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Instant } from '../../model/instant.ts';
import type { KeySpan } from '../../model/key-span.ts';
import type { Manifest, ManifestHead, SettingsHint } from '../../model/manifest.ts';
import { orderedJson } from '../../model/ordered-json.ts';
import { isFields, isNumber, isText, listOf, optional, parsedJson, shape } from '../../model/shape.ts';
import type { Target } from '../../model/target.ts';
import type { ManifestStore } from '../../ports/restore.ts';
import { changeEntries } from './changes.ts';
import { type Entry, readEntries, type StateTable } from './items.ts';
import { headsOf, hintAt } from './settings-hints.ts';

const isManifest = shape<Manifest>({
  target: shape<Target>({ accountId: isText, region: isText }),
  table: isText,
  tableId: isText,
  tableCreatedAt: isNumber,
  capturedAt: isNumber,
  confirmedAt: isNumber,
  settings: isFields,
  gaps: listOf(isFields),
});

const isKeySpan = shape<KeySpan>({ keyArn: optional(isText), from: isNumber, until: isNumber });

const isHead = shape<ManifestHead>({
  table: isText,
  tableId: isText,
  tableCreatedAt: isNumber,
  capturedAt: isNumber,
  confirmedAt: isNumber,
  digest: isText,
  goneAt: optional(isNumber),
  keys: optional(listOf(isKeySpan)),
});

const isHint = shape<SettingsHint>({ table: isText, hintedAt: isNumber });

const isHeadOrHint = (value: unknown): value is ManifestHead | SettingsHint => isHead(value) || isHint(value);

/** Packed, because hundreds of alarms on one table do not fit the 400 KB of an item otherwise. */
interface Packed {
  readonly gzip: string;
}

const isPacked = shape<Packed>({ gzip: isText });

const pack = (manifest: Manifest): Packed => ({
  gzip: gzipSync(JSON.stringify(manifest)).toString('base64'),
});

const unpack = ({ pk, sk, content }: Entry<Packed>): Manifest => {
  const manifest = parsedJson(gunzipSync(Buffer.from(content.gzip, 'base64')).toString());
  if (!isManifest(manifest)) throw new Error(`the state table's manifest ${pk} / ${sk} cannot be read`);
  return manifest;
};

/** Instants have as many digits as each other until the year 2286, so texts sort as times do. */
const skOf = ({ tableId, capturedAt }: Pick<Manifest, 'tableId' | 'capturedAt'>): string =>
  `${capturedAt}#${tableId}`;

/** Returns the same text for the same settings and gaps, in whatever order their fields stand. */
export const digestOf = ({ settings, gaps }: Pick<Manifest, 'settings' | 'gaps'>): string => {
  const facets = gaps.map(({ facet }) => facet).toSorted();
  return createHash('sha256')
    .update(orderedJson([settings, facets]))
    .digest('hex')
    .slice(0, 32);
};

const headOf = (manifest: Manifest, keys: readonly KeySpan[] | undefined): ManifestHead => {
  const { table, tableId, tableCreatedAt, capturedAt, confirmedAt } = manifest;
  return {
    ...{ table, tableId, tableCreatedAt, capturedAt, confirmedAt, digest: digestOf(manifest) },
    ...(keys !== undefined && { keys }),
  };
};

/** Creates the manifests of one target in a state table: every version in a partition of its table, and the newest of each incarnation in one list with the hints. */
export const createManifestStore = (state: StateTable, { accountId, region }: Target): ManifestStore => {
  const versionsOf = (table: string): string => `manifest#${accountId}#${region}#${table}`;
  const heads = headsOf({ accountId, region });
  const headAt = ({ table, tableId }: Pick<ManifestHead, 'table' | 'tableId'>) => ({
    pk: heads,
    sk: `${table}#${tableId}`,
  });
  const readDue = async () => {
    const contents = (await readEntries(state, heads, isHeadOrHint)).map(({ content }) => content);
    return {
      heads: contents.filter(isHead),
      hints: contents.filter((one): one is SettingsHint => !isHead(one)),
    };
  };
  return {
    readDue,
    digestOf,
    readOf: async (table) => (await readEntries(state, versionsOf(table), isPacked)).map(unpack),
    readNewest: async () => (await readDue()).heads,
    save: (manifest, keys) =>
      changeEntries(state, {
        put: [
          { pk: versionsOf(manifest.table), sk: skOf(manifest), content: pack(manifest) },
          { ...headAt(manifest), content: headOf(manifest, keys) },
        ],
      }),
    confirm: (confirmed, at: Instant) =>
      changeEntries(state, {
        put: confirmed.map(({ goneAt: _, ...head }) => ({
          ...headAt(head),
          content: { ...head, confirmedAt: at },
        })),
      }),
    noteGone: (gone, at: Instant) =>
      changeEntries(state, {
        put: gone.map((head) => ({ ...headAt(head), content: { ...head, goneAt: at } })),
      }),
    noteKeys: (filled) =>
      changeEntries(state, { put: filled.map((head) => ({ ...headAt(head), content: head })) }),
    removeHints: (hints) =>
      changeEntries(state, { remove: hints.map(({ table }) => hintAt({ accountId, region }, table)) }),
    forget: ({ versions, heads: gone }) =>
      changeEntries(state, {
        remove: [
          ...versions.map((one) => ({ pk: versionsOf(one.table), sk: skOf(one) })),
          ...gone.map(headAt),
        ],
      }),
  };
};
