import { existsSync, realpathSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { digestOfFiles, digestOfText, filesIn } from './file-digest.ts';

/** What a bundle is made of, besides the packages that it turns out to read. */
const SOURCES = [
  ...['functions/**/*', 'shared/**/*', 'tools/**/*', 'demo/wire/**/*'],
  ...['package.json', 'package-lock.json', 'tsconfig.json', 'node_modules/.package-lock.json'],
  'node_modules/esbuild/package.json',
];

/** How many bundles of one function are kept: those of its sources as they were lately. */
const NEWEST = 6;

/** A project, and the state of its sources. */
export interface BundleSources {
  readonly root: string;
  readonly digest: string;
  /** Digests a file of a package, each once: functions share most of them. */
  readonly ofPackage: (file: string) => string;
}

/** Digests everything that bundles are made of. Where packages lie is part of it: what is written about a bundle names their paths. */
export const readSources = (root: string): BundleSources => {
  const packages = join(root, 'node_modules');
  const place = existsSync(packages) ? relative(root, realpathSync(packages)) : '';
  const known = new Map<string, string>();
  return {
    root,
    digest: digestOfText(`${place} ${digestOfFiles(root, filesIn(root, SOURCES))}`),
    ofPackage: (file) => {
      const digest = known.get(file) ?? digestOfFiles(root, [file]);
      known.set(file, digest);
      return digest;
    },
  };
};

/** What can be kept: plain values, and which files of packages it was made of, as paths from the project's folder. */
export interface Keepable {
  readonly read: readonly string[];
}

interface Entry<Made> {
  readonly readDigest: string;
  readonly made: Made;
}

/** The manifests of packages, which say what of them is read. */
const manifestsOf = (read: readonly string[]): readonly string[] => {
  const folders = read.flatMap((file) => /.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []);
  return [...new Set(folders)].map((folder) => `${folder}/package.json`);
};

/** Undefined where a file is gone. */
const digestOfRead = ({ ofPackage }: BundleSources, read: readonly string[]): string | undefined => {
  try {
    return digestOfText([...read, ...manifestsOf(read)].map(ofPackage).join(' '));
  } catch {
    return undefined;
  }
};

/** The entry of a file, where it is whole. */
const entryIn = async <Made>(file: string): Promise<Entry<Made> | undefined> => {
  const whole = await readFile(file, 'utf8').catch(() => '');
  const end = whole.indexOf('\n');
  const text = whole.slice(end + 1);
  return end > 0 && whole.slice(0, end) === digestOfText(text) ? JSON.parse(text) : undefined;
};

const dropOldest = async (folder: string, name: string): Promise<void> => {
  const files = (await readdir(folder)).filter((file) => file.startsWith(`${name}-`));
  const ages = await Promise.all(
    files.map(async (file) => ({ file, at: (await stat(join(folder, file))).mtimeMs })),
  );
  for (const { file } of ages.toSorted((a, b) => b.at - a.at).slice(NEWEST)) await rm(join(folder, file));
};

/** Written aside and put in place at once: another build may read it or write the same. */
const keep = async (folder: string, name: string, file: string, entry: object): Promise<void> => {
  const text = JSON.stringify(entry);
  const aside = `${file}.${process.pid}.${performance.now()}`;
  await mkdir(folder, { recursive: true });
  await writeFile(aside, `${digestOfText(text)}\n${text}`);
  await rename(aside, file);
  await dropOldest(folder, name);
};

/**
 * Returns what was made of the same sources and the same packages before, or makes it and keeps it in `node_modules/.cache`.
 *
 * SAFETY: a bundle is deployed. One that was kept is taken only where every byte that it was made of is what it was, in packages too, and where it is
 * whole itself. It is not kept where its sources changed while it was made. Whatever cannot be read or kept is made.
 */
export const keptOrMade = async <Made extends Keepable>(
  sources: BundleSources,
  name: string,
  make: () => Promise<Made>,
): Promise<Made> => {
  const folder = join(sources.root, 'node_modules/.cache/tablekeeper/bundles');
  const file = join(folder, `${name}-${sources.digest}`);
  const entry = await entryIn<Made>(file);
  if (entry !== undefined && entry.readDigest === digestOfRead(sources, entry.made.read)) return entry.made;
  const made = await make();
  const now = readSources(sources.root);
  const readDigest = digestOfRead(now, made.read);
  if (now.digest === sources.digest && readDigest !== undefined)
    await keep(folder, name, file, { readDigest, made }).catch(() => undefined);
  return made;
};
