import { describe, expect, it } from 'vitest';
import { loadPolicies } from '../../../shared/core/policy/load.ts';
import { parsePoliciesFile, policiesFileText } from '../../../shared/core/policy/policies-file.ts';

const POLICIES = loadPolicies(
  `
timezone: Europe/Berlin
policies:
  standard: { schedule: "0 3 * * *", retention: { daily: 7, within: 48h } }
  archive: { schedule: "0 4 1 * *", retention: { monthly: 12 } }
`,
  'policies.yml',
);
const TEXT = policiesFileText(POLICIES);
const read = (text: string) => parsePoliciesFile(text, 'dist/prune/policies.json');

describe('the file of compiled policies', () => {
  it('gives back what was written', () => {
    expect(read(TEXT)).toEqual(POLICIES);
  });

  it('is read with another order of keys and other spaces', () => {
    const { digest, format, policies } = JSON.parse(TEXT);
    const others = JSON.stringify({ policies, format, digest }, undefined, 2);
    expect(read(others)).toEqual(POLICIES);
  });

  it.each([
    { name: 'nothing', text: '', says: 'the file is not whole' },
    { name: 'a part', text: TEXT.slice(0, -10), says: 'the file is not whole' },
    { name: 'a list', text: '[]', says: 'the file is not whole' },
    { name: 'nothing but an object', text: '{}', says: 'another form (undefined)' },
    { name: 'another form', text: TEXT.replace('"format":1', '"format":2'), says: 'another form (2)' },
    { name: 'another number', text: TEXT.replace('"daily":7', '"daily":6'), says: 'what their digest says' },
    { name: 'a policy less', text: TEXT.replace(/"policies":\[.*\]/, '"policies":[]'), says: 'digest' },
    { name: 'a field more', text: TEXT.replace('"tag":', '"more":0,"tag":'), says: 'digest' },
    { name: 'another digest', text: TEXT.replace(/"digest":"../, '"digest":"zz'), says: 'digest' },
    { name: 'no policies', text: '{"format":1,"digest":"x"}', says: 'digest' },
  ])('is refused when there is $name in it, with its place', ({ text, says }) => {
    expect(text).not.toBe(TEXT);
    expect(() => read(text)).toThrow(says);
    expect(() => read(text)).toThrow(/^dist\/prune\/policies\.json: The compiled policies of this function /);
  });
});
