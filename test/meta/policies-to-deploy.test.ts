import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { nameAndValue } from '../../shared/core/deployment/stack-tags.ts';
import { policyDifferences } from '../../shared/core/policy/differences.ts';
import { policiesToDeploy } from '../../tools/policies-to-deploy.ts';

const TEXT = 'policies: { standard: { schedule: "0 3 * * *", retention: { daily: 7 } } }\n';

const aService = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'tablekeeper-service-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'policies.yml'), TEXT);
  return folder;
};

describe('the policies that a deployment compares with the deployed ones', () => {
  it.each([
    { given: '', tag: 'backup:policy' },
    { given: 'team:backup', tag: 'team:backup' },
  ])('are by the key $tag where policyTag is "$given"', async ({ given, tag }) => {
    expect((await policiesToDeploy(aService(), given)).tag).toBe(tag);
  });

  it('differ in nothing from those that were deployed with the same key', async () => {
    const folder = aService();
    const [deployed, next] = [
      await policiesToDeploy(folder, 'team:backup'),
      await policiesToDeploy(folder, 'team:backup'),
    ];
    expect(policyDifferences(deployed, next)).toEqual([]);
    expect(policyDifferences(deployed, await policiesToDeploy(folder, ''))).not.toEqual([]);
  });
});

it.each([
  ['a=b', ['a', 'b']],
  ['a=b=c', ['a', 'b=c']],
  ['a=', ['a', '']],
  ['=b', ['', 'b']],
  ['a', ['a', '']],
  ['a=b\nc', ['a', 'b\nc']],
])('%j is split at its first equals sign', (text, expected) => {
  expect(nameAndValue(text)).toEqual(expected);
});
