import { Buffer } from 'node:buffer';
import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib';

/** One file of an archive, as it lies in it: compressed already, or stored as it is. */
export interface ZipEntry {
  readonly name: string;
  readonly method: 'stored' | 'deflated';
  readonly crc: number;
  readonly size: number;
  readonly data: Uint8Array;
}

const METHODS = { stored: 0, deflated: 8 } as const;

// Names and offsets of APPNOTE.TXT 6.3.10, 4.3.7 to 4.3.16 (checked 2026-11-28). No archive here is near the 4 GB where other records begin.
const LOCAL = { signature: 0x04_03_4b_50, bytes: 30 };
const CENTRAL = { signature: 0x02_01_4b_50, bytes: 46 };
const END = { signature: 0x06_05_4b_50, bytes: 22 };
const VERSION = 20;
/** Made on Unix, so that the rights below count. */
const MADE_BY = (3 << 8) | VERSION;
/** A plain file that everybody may read: Lambda runs as another user than whoever unpacked it. */
const RIGHTS = 0o100_644 * 0x1_00_00;
const UTF_8 = 0x08_00;
/** The first day that an archive can name, so that the same files are the same bytes on any day. */
const DAY = (1 << 5) | 1;

/** Creates the entry of a file that is not compressed: its bytes are the same on every machine. */
export const stored = (name: string, content: Uint8Array): ZipEntry => ({
  ...{ name, method: 'stored', crc: crc32(content), size: content.length, data: content },
});

/** Creates the entry of a file that is compressed now. Another zlib may write other bytes. */
export const deflated = (name: string, content: Uint8Array): ZipEntry => ({
  ...stored(name, content),
  method: 'deflated',
  data: deflateRawSync(content, { level: 9 }),
});

/** The fields that both headers of an entry have, in their order. */
const commonFields = ({ name, method, crc, size, data }: ZipEntry): Buffer => {
  const fields = Buffer.alloc(24);
  fields.writeUInt16LE(UTF_8, 0);
  fields.writeUInt16LE(METHODS[method], 2);
  fields.writeUInt16LE(DAY, 6);
  fields.writeUInt32LE(crc, 8);
  fields.writeUInt32LE(data.length, 12);
  fields.writeUInt32LE(size, 16);
  fields.writeUInt16LE(Buffer.byteLength(name), 20);
  return fields;
};

const localHeader = (entry: ZipEntry): Buffer => {
  const header = Buffer.alloc(LOCAL.bytes);
  header.writeUInt32LE(LOCAL.signature, 0);
  header.writeUInt16LE(VERSION, 4);
  header.set(commonFields(entry), 6);
  return header;
};

const centralHeader = (entry: ZipEntry, offset: number): Buffer => {
  const header = Buffer.alloc(CENTRAL.bytes);
  header.writeUInt32LE(CENTRAL.signature, 0);
  header.writeUInt16LE(MADE_BY, 4);
  header.writeUInt16LE(VERSION, 6);
  header.set(commonFields(entry), 8);
  header.writeUInt32LE(RIGHTS, 38);
  header.writeUInt32LE(offset, 42);
  return header;
};

const endRecord = (count: number, centralBytes: number, offset: number): Buffer => {
  const record = Buffer.alloc(END.bytes);
  record.writeUInt32LE(END.signature, 0);
  record.writeUInt16LE(count, 8);
  record.writeUInt16LE(count, 10);
  record.writeUInt32LE(centralBytes, 12);
  record.writeUInt32LE(offset, 16);
  return record;
};

/** Writes an archive, its files in the order of their names: the same entries are the same bytes. */
export const writeZip = (entries: readonly ZipEntry[]): Buffer => {
  const locals: Uint8Array[] = [];
  const centrals: Uint8Array[] = [];
  let offset = 0;
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const local = [localHeader(entry), Buffer.from(entry.name), entry.data];
    locals.push(...local);
    centrals.push(centralHeader(entry, offset), Buffer.from(entry.name));
    offset += local.reduce((sum, { length }) => sum + length, 0);
  }
  const central = Buffer.concat(centrals);
  return Buffer.concat([...locals, central, endRecord(entries.length, central.length, offset)]);
};

const broken = (): Error => new Error('this is no archive that writeZip wrote');

const entryAt = (zip: Buffer, at: number): { readonly entry: ZipEntry; readonly next: number } => {
  if (zip.readUInt32LE(at) !== CENTRAL.signature) throw broken();
  const [packed, size, nameBytes] = [
    zip.readUInt32LE(at + 20),
    zip.readUInt32LE(at + 24),
    zip.readUInt16LE(at + 28),
  ];
  const next = at + CENTRAL.bytes + nameBytes;
  const begin = zip.readUInt32LE(at + 42) + LOCAL.bytes + nameBytes;
  const method = zip.readUInt16LE(at + 10) === METHODS.stored ? 'stored' : 'deflated';
  const name = zip.toString('utf8', at + CENTRAL.bytes, next);
  return {
    entry: { name, method, crc: zip.readUInt32LE(at + 16), size, data: zip.subarray(begin, begin + packed) },
    next,
  };
};

/** Reads an archive that `writeZip` wrote, without unpacking it. Throws for any other. */
export const readZip = (bytes: Uint8Array): readonly ZipEntry[] => {
  const zip = Buffer.from(bytes);
  const end = zip.length - END.bytes;
  if (end < 0 || zip.readUInt32LE(end) !== END.signature) throw broken();
  const entries: ZipEntry[] = [];
  let at = zip.readUInt32LE(end + 16);
  while (at < end) {
    const { entry, next } = entryAt(zip, at);
    entries.push(entry);
    at = next;
  }
  return entries;
};

/** Unpacks a file. Throws when it is not what was packed. */
export const contentOf = ({ name, method, crc, data }: ZipEntry): Uint8Array => {
  const content = method === 'stored' ? data : inflateRawSync(data);
  if (crc32(content) !== crc) throw new Error(`${name} is damaged in its archive`);
  return content;
};
