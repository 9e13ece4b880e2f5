import { gunzipSync, gzipSync } from 'node:zlib';
import { DAY_MS, type Instant, isoInstant } from '../../model/instant.ts';
import type { Gap } from '../../model/observation.ts';
import type { Glimpse, LegalHoldSummary, Picture, SeenTable } from '../../model/picture.ts';
import {
  isFields,
  isFlag,
  isNumber,
  isText,
  listOf,
  oneOf,
  optional,
  parsedJson,
  shape,
} from '../../model/shape.ts';
import type { Target } from '../../model/target.ts';
import type { StoredPicture } from '../../ports/state-store.ts';
import { changeEntries } from './changes.ts';
import { type Entry, placeOf, readEntries, type StateTable } from './items.ts';
import { type LandedSeenTable, withWithheld } from './landed.ts';

/** The head, with the tables where they fit, and what hints saw. More tables lie in a partition of their own for each audit, so that no reader sees half of one and half of another. */
const PICTURE = 'picture';
const HEAD = 'head';

const glimpseKey = (table: string): string => `glimpse#${table}`;

/** What a run that was cut off left there goes by itself. */
const KEPT_MS = 3 * DAY_MS;

/** In bytes: an item holds 400 kB. A thousand tables take about 100 kB. */
const PART = 300_000;

const isGap = shape<Gap>({
  facet: isText,
  table: optional(isText),
  vault: optional(isText),
  failure: isFields,
});

const isSeen = shape<LandedSeenTable>({
  name: isText,
  policies: listOf(
    shape<SeenTable['policies'][number]>({ name: isText, rpoMs: isNumber, promisesPitr: isFlag }),
  ),
  tableId: optional(isText),
  sizeBytes: optional(isNumber),
  pitr: optional(shape<NonNullable<SeenTable['pitr']>>({ enabled: isFlag })),
  statuses: listOf(
    shape<SeenTable['statuses'][number]>({
      kind: oneOf<SeenTable['statuses'][number]['kind']>('kept', 'late', 'missing', 'none', 'unseen'),
      text: isText,
      policy: isText,
    }),
  ),
  hasPoint: isFlag,
  points: optional(
    shape<NonNullable<SeenTable['points']>>({ count: isNumber, oldest: isNumber, newest: isNumber }),
  ),
  newest: optional(
    shape<NonNullable<SeenTable['newest']>>({ createdAt: isNumber, sizeBytes: optional(isNumber) }),
  ),
  copies: optional(
    shape<NonNullable<SeenTable['copies']>>({
      count: isNumber,
      createdAt: isNumber,
      sizeBytes: optional(isNumber),
      vault: isText,
      region: isText,
    }),
  ),
  locked: optional(shape<NonNullable<SeenTable['locked']>>({ count: isNumber, inVaults: isNumber })),
  gaps: listOf(isGap),
});

interface Head extends Omit<Picture, 'tables'> {
  readonly tables: number;
  /** The tables, where they are not in parts. */
  readonly packed?: string;
  /** How many parts there are; zero where they are in the head. */
  readonly parts: number;
}

const isHead = shape<Head>({
  target: shape<Target>({ accountId: isText, region: isText, partition: optional(isText) }),
  at: isNumber,
  policiesDigest: isText,
  gaps: listOf(isGap),
  legalHolds: listOf(
    shape<LegalHoldSummary>({ title: isText, recoveryPoints: isNumber, tables: listOf(isText) }),
  ),
  tables: isNumber,
  packed: optional(isText),
  parts: isNumber,
});

const isGlimpse = shape<Glimpse>({ table: isText, at: isNumber, seen: optional(isSeen) });

const isHeadOrGlimpse = (content: unknown): content is Head | Glimpse =>
  isHead(content) || isGlimpse(content);

interface Part {
  readonly packed: string;
}

const isPart = shape<Part>({ packed: isText });

const pack = (tables: readonly SeenTable[]): Part => ({
  packed: gzipSync(JSON.stringify(tables)).toString('base64'),
});

/** Packs tables into as many parts as they need, in order. */
const packAll = (tables: readonly SeenTable[]): readonly Part[] => {
  const whole = pack(tables);
  if (whole.packed.length <= PART || tables.length <= 1) return [whole];
  const half = Math.ceil(tables.length / 2);
  return [...packAll(tables.slice(0, half)), ...packAll(tables.slice(half))];
};

const unpack = ({ packed }: Part): readonly SeenTable[] => {
  const tables = parsedJson(gunzipSync(Buffer.from(packed, 'base64')).toString('utf8'));
  if (!listOf(isSeen)(tables)) throw new Error('what an audit saw of tables cannot be read');
  return tables.map(withWithheld);
};

const partsAt = (state: StateTable, at: Instant): string => placeOf(state, `${PICTURE}#${isoInstant(at)}`);

const partEntry = (state: StateTable, { at }: Pick<Picture, 'at'>, index: number) => ({
  pk: partsAt(state, at),
  sk: String(index).padStart(4, '0'),
});

const partEntries = (
  state: StateTable,
  { at }: Pick<Picture, 'at'>,
  parts: readonly Part[],
): readonly Entry<Part>[] =>
  parts.map((content, index) => ({ ...partEntry(state, { at }, index), content, expiresAt: at + KEPT_MS }));

const readHead = async (
  state: StateTable,
): Promise<{ readonly head?: Head; readonly glimpses: readonly Glimpse[] }> => {
  const entries = await readEntries(state, placeOf(state, PICTURE), isHeadOrGlimpse);
  const contents = entries.map(({ content }) => content);
  const head = contents.find(isHead);
  const glimpses = contents.filter((one) => isGlimpse(one));
  return {
    ...(head !== undefined && { head }),
    glimpses: glimpses.map(({ seen, ...rest }) => ({ ...rest, ...(seen && { seen: withWithheld(seen) }) })),
  };
};

const tablesOf = async (state: StateTable, head: Head): Promise<readonly SeenTable[] | undefined> => {
  if (head.packed !== undefined) return unpack({ packed: head.packed });
  const parts = await readEntries(state, partsAt(state, head.at), isPart);
  const tables = parts.flatMap(({ content }) => unpack(content));
  return tables.length === head.tables ? tables : undefined;
};

/** An audit that replaced the picture between two queries took its parts away: the next try finds the new one. */
const TRIES = 3;

/** Reads what the last audit saw, and what hints saw since. Throws where it cannot be read whole. */
export const readPicture = async (state: StateTable): Promise<StoredPicture> => {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const { head, glimpses } = await readHead(state);
    if (head === undefined) return { glimpses };
    const tables = await tablesOf(state, head);
    const { packed: _, parts: _parts, ...rest } = head;
    if (tables !== undefined) return { picture: { ...rest, tables }, glimpses };
  }
  throw new Error('what the last audit saw of tables is not whole in the state table');
};

/** Writes what an audit saw in place of what the one before saw. Whoever reads in between reads the former. */
export const savePicture = async (state: StateTable, picture: Picture): Promise<void> => {
  const pk = placeOf(state, PICTURE);
  const { glimpses, head: former } = await readHead(state);
  const { tables, ...rest } = picture;
  const packs = packAll(tables);
  const [only] = packs;
  const parts = packs.length > 1 ? packs : [];
  const head: Head = {
    ...{ ...rest, tables: tables.length, parts: parts.length },
    ...(parts.length === 0 && only),
  };
  await changeEntries(state, { put: partEntries(state, picture, parts) });
  await changeEntries(state, { put: [{ pk, sk: HEAD, content: head }] });
  const outdated = former === undefined || former.at === picture.at ? 0 : former.parts;
  await changeEntries(state, {
    remove: [
      ...Array.from({ length: outdated }, (_, index) => partEntry(state, former ?? picture, index)),
      ...glimpses.filter(({ at }) => at <= picture.at).map(({ table }) => ({ pk, sk: glimpseKey(table) })),
    ],
  });
};

/** Writes what a hint saw of tables beside it. */
export const saveGlimpses = (state: StateTable, glimpses: readonly Glimpse[]): Promise<void> =>
  changeEntries(state, {
    put: glimpses.map((glimpse) => ({
      pk: placeOf(state, PICTURE),
      sk: glimpseKey(glimpse.table),
      content: glimpse,
      expiresAt: glimpse.at + KEPT_MS,
    })),
  });
