import { gunzipSync } from 'node:zlib';
import type { SimAccount } from '../../sim/account.ts';
import { settingsOf } from '../../sim/console/settings-of.ts';
import { tablesOf } from '../../sim/console/tables.ts';
import type { Item } from '../../sim/dynamodb/items/item-engine.ts';

/** All settings of a table as they truly are. */
export type TrueSettings = ReturnType<typeof settingsOf>;

/** A manifest in the state table, and what the settings truly were when it was written. */
export interface KeptManifest {
  readonly table: string;
  readonly tableId: string;
  readonly capturedAt: number;
  /** Absent where another table has the name, or none; and so is when that table was made. */
  readonly truth?: TrueSettings;
  readonly madeAt?: number;
  /** Facets that could not be read: they may be older ones. */
  readonly gaps: readonly string[];
}

const textOf = (item: Item, name: string): string =>
  (item[name] as { readonly S?: string } | undefined)?.S ?? '';

/** The facets that the manifest itself says could not be read. */
const gapsIn = (item: Item): readonly string[] => {
  const { gzip } = JSON.parse(textOf(item, 'content')) as { readonly gzip: string };
  const { gaps } = JSON.parse(gunzipSync(Buffer.from(gzip, 'base64')).toString()) as {
    readonly gaps: readonly { readonly facet: string }[];
  };
  return gaps.map(({ facet }) => facet);
};

/** What the state table holds of a restore. */
export interface KeptRestore {
  readonly id: string;
  readonly targetTable: string;
  readonly phase: string;
  readonly result?: string;
  readonly steps: readonly { readonly outcome?: { readonly kind: string } }[];
}

/** Watches the state table for manifests that are written and forgotten, and for the records of restores. */
export interface StateWatch {
  /** By the name of the table that is made. */
  readonly restores: Map<string, KeptRestore>;
  readonly kept: Map<string, KeptManifest>;
  /** Those that are gone again, in their order. */
  readonly forgotten: { readonly at: number; readonly manifest: KeptManifest }[];
  onWrite(key: Item, item: Item | undefined): void;
}

/** `manifest#ACCOUNT#REGION#TABLE` holds the versions of all tables of the name, each at `INSTANT#ID`. */
const VERSIONS = /^manifest#\d+#[^#]+#(.+)$/;

/** Creates a watch; `account` is asked once something is written. */
export const watchState = (account: () => SimAccount): StateWatch => {
  const kept = new Map<string, KeptManifest>();
  const forgotten: { at: number; manifest: KeptManifest }[] = [];
  const restores = new Map<string, KeptRestore>();
  const truthOf = (table: string, tableId: string): Pick<KeptManifest, 'truth' | 'madeAt'> => {
    const there = tablesOf(account()).find(({ name, id }) => name === table && id === tableId);
    return there === undefined ? {} : { truth: settingsOf(account(), table), madeAt: there.createdAt };
  };
  return {
    restores,
    kept,
    forgotten,
    onWrite(key, item) {
      const [pk, sk] = [textOf(key, 'pk'), textOf(key, 'sk')];
      if (pk.startsWith('restore#') && item !== undefined) {
        const restore = JSON.parse(textOf(item, 'content')) as KeptRestore;
        restores.set(restore.targetTable, restore);
      }
      const [, table] = VERSIONS.exec(pk) ?? [];
      if (table === undefined) return;
      const place = `${pk} ${sk}`;
      const former = kept.get(place);
      if (item === undefined) {
        if (former !== undefined) forgotten.push({ at: account().clock.now(), manifest: former });
        kept.delete(place);
        return;
      }
      const [at = '', tableId = ''] = sk.split('#');
      if (former === undefined)
        kept.set(place, {
          table,
          tableId,
          capturedAt: Number(at),
          ...truthOf(table, tableId),
          gaps: gapsIn(item),
        });
    },
  };
};
