import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

interface Manifest {
  readonly bin: Readonly<Record<string, string>>;
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}
const manifest = JSON.parse(read('package.json')) as Manifest;

interface Locked {
  readonly resolved?: string;
  readonly link?: boolean;
  /** Comes inside another package, under that one's checksum. */
  readonly inBundle?: boolean;
  readonly optional?: boolean;
  readonly os?: readonly string[];
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly integrity?: string;
}
const lock = JSON.parse(read('package-lock.json')) as { readonly packages: Readonly<Record<string, Locked>> };

/** Committed files and those about to be. */
const files = execFileSync('git', ['-c', 'safe.directory=*', 'ls-files', '-co', '--exclude-standard', '-z'], {
  cwd: ROOT,
  encoding: 'utf8',
})
  .split('\0')
  .filter((file) => file !== '' && existsSync(join(ROOT, file)) && statSync(join(ROOT, file)).isFile());

describe('runtime', () => {
  it('scripts run on the Node that Lambda runs, whatever the machine has', () => {
    expect(process.version).toMatch(/^v24\./);
  });

  it('the version that is installed is the one that is pinned', () => {
    expect(process.version).toBe(`v${manifest.devDependencies.node}`);
  });
});

describe('dependencies', () => {
  it.each(Object.entries({ ...manifest.dependencies, ...manifest.devDependencies }))(
    '%s is pinned to one version',
    (_name, version) => {
      expect(version).toMatch(/^(npm:[a-z-]+@)?\d+\.\d+\.\d+$/);
    },
  );

  const locked = Object.entries(lock.packages).filter(([path]) => path !== '');

  it('the lock file names no registry', () => {
    expect(locked.filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
  });

  it('the lock file holds a checksum of everything but the binaries of other platforms', () => {
    const unchecked = locked.filter(
      ([, { integrity, link, inBundle }]) => integrity === undefined && !link && !inBundle,
    );
    expect(
      unchecked.filter(([path, { optional, os }]) => !(optional && os) || existsSync(join(ROOT, path))),
    ).toEqual([]);
  });

  it('the lock file knows the binaries of every platform, without which `npm ci` refuses it', () => {
    const optional = locked.flatMap(([, { optionalDependencies = {} }]) => Object.keys(optionalDependencies));
    const unknown = optional.filter(
      (name) => !locked.some(([path]) => path.endsWith(`node_modules/${name}`)),
    );
    expect(unknown).toEqual([]);
  });
});

describe('files', () => {
  it('every command the package offers is there', () => {
    expect(Object.values(manifest.bin).filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
  });

  it('every file that a script starts is there', () => {
    const started = Object.values(manifest.scripts).flatMap((script) => script.match(/\S+\.ts/g) ?? []);
    expect(started.filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
  });

  it('the licence is the whole Apache License 2.0', () => {
    expect(read('LICENSE')).toMatch(
      /Apache License\s+Version 2\.0, January 2004[\s\S]+9\. Accepting Warranty/,
    );
  });

  it('no file names a folder of the machine it was written on', () => {
    const folder = new RegExp(
      `(?<![\\w.$})/-])/(?:${['work', 'root', 'home', 'Users', 'workspace'].join('|')})/\\w`,
    );
    expect(files).toContain('package.json');
    expect(files.filter((file) => folder.test(read(file)))).toEqual([]);
  });
});
