import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { policiesSource } from '../../tools/policy-tag.ts';
import { packageTemplate } from '../support/template.ts';

const tagOf = async (text: string | undefined): Promise<string> => {
  const serviceDir = await mkdtemp(join(tmpdir(), 'tablekeeper-tag-'));
  try {
    if (text !== undefined) await writeFile(join(serviceDir, 'policies.yml'), text);
    return (await policiesSource({ serviceDir }).resolve({ address: 'tag' })).value;
  } finally {
    await rm(serviceDir, { recursive: true });
  }
};

const POLICY = 'policies: { standard: { schedule: "0 3 * * *", retention: { daily: 7 } } }';

describe('the tag by which the state table opts out', () => {
  it.each([
    {
      name: 'is the one that the policy file names',
      text: `tag: team/backup\n${POLICY}`,
      tag: 'team/backup',
    },
    { name: 'is the usual one where it names none', text: POLICY, tag: 'backup:policy' },
    { name: 'does not speak before the build of a wrong file', text: 'policies: 7', tag: 'unknown' },
    { name: 'nor of what is no YAML', text: 'policies: {', tag: 'unknown' },
    { name: 'nor of a file that is not there', text: undefined, tag: 'unknown' },
  ])('$name', async ({ text, tag }) => {
    expect(await tagOf(text)).toBe(tag);
  });

  it('refuses to tell anything else', async () => {
    await expect(policiesSource({ serviceDir: '.' }).resolve({ address: 'tags' })).rejects.toThrow('only');
  });

  it('stands in the template as the policy file of this project has it', async () => {
    const { value } = await policiesSource({ serviceDir: resolve(import.meta.dirname, '../..') }).resolve({
      address: 'tag',
    });
    const { StateTable } = packageTemplate().Resources;
    expect(StateTable?.Properties).toMatchObject({ Tags: [{ Key: value, Value: 'none' }] });
  }, 60_000);
});
