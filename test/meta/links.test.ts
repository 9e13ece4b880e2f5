import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');

const LEFT_OUT = new Set(['node_modules', 'dist', '.git', '.serverless']);

const DOCUMENTS = globSync('**/*.md', { cwd: ROOT, exclude: (path) => LEFT_OUT.has(path) }).toSorted();

const textOf = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

/** Headings become anchors: lower case, spaces to hyphens, everything else gone. */
const anchorsOf = (file: string): ReadonlySet<string> =>
  new Set(
    [...textOf(file).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );

const withoutCode = (text: string): string =>
  text.replaceAll(/^```.*?^```/gms, '').replaceAll(/`[^`\n]*`/g, '');

const linksIn = (file: string): readonly string[] =>
  [...withoutCode(textOf(file)).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link = '']) => link)
    .filter((link) => !/^[a-z]+:/.test(link));

const isBroken = (file: string, link: string): boolean => {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? file : join(dirname(file), path);
  if (!existsSync(join(ROOT, target))) return true;
  return anchor !== undefined && target.endsWith('.md') && !anchorsOf(target).has(anchor);
};

describe('documents', () => {
  it.each(DOCUMENTS)('%s links to what is there', (file) => {
    expect(linksIn(file).filter((link) => isBroken(file, link))).toEqual([]);
  });

  it('link to each other at all', () => {
    expect(DOCUMENTS.flatMap(linksIn).length).toBeGreaterThan(30);
  });
});
