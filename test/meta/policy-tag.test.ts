import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { policiesSource } from '../../tools/policy-tag.ts';
import { packageTemplate } from '../support/template.ts';

const resolveVariable = async (): Promise<unknown> => undefined;
const sourceIn = (serviceDir: string, given = '') => policiesSource({ serviceDir }, async () => given);

const tagOf = async (text: string | undefined, given?: string): Promise<string> => {
  const serviceDir = await mkdtemp(join(tmpdir(), 'tablekeeper-tag-'));
  try {
    if (text !== undefined) await writeFile(join(serviceDir, 'policies.yml'), text);
    return (await sourceIn(serviceDir, given).resolve({ address: 'tag', resolveVariable })).value;
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

  it('is the one that the deployment was given, which has to be one that a file could name', async () => {
    expect(await tagOf(`tag: team/backup\n${POLICY}`, 'backup:policy-dev')).toBe('backup:policy-dev');
    expect(await tagOf(POLICY, 'backup:hold')).toBe('unknown');
  });

  it('of an instance is in the template', () => {
    const { Resources, Outputs } = packageTemplate('--param=policyTag=backup:policy-dev');
    const { StateTable } = Resources;
    // What is recorded, later deployments keep: test/meta/kept-parameters.test.ts.
    expect(JSON.parse(String(Outputs.GivenParameters?.Value))).toEqual({ policyTag: 'backup:policy-dev' });
    expect(StateTable?.Properties).toMatchObject({ Tags: [{ Key: 'backup:policy-dev', Value: 'none' }] });
  }, 60_000);

  it('refuses to tell anything else', async () => {
    await expect(sourceIn('.').resolve({ address: 'tags', resolveVariable })).rejects.toThrow('only');
  });

  it('stands in the template as the policy file of this project has it', async () => {
    const { value } = await sourceIn(resolve(import.meta.dirname, '../..')).resolve({
      address: 'tag',
      resolveVariable,
    });
    const { StateTable } = packageTemplate().Resources;
    expect(StateTable?.Properties).toMatchObject({ Tags: [{ Key: value, Value: 'none' }] });
  }, 60_000);
});
