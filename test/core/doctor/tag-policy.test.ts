import { describe, expect, it } from 'vitest';
import { tagPolicyDiagnosis } from '../../../shared/core/doctor/tag-policy.ts';
import { allowsValue, tagRuleOf } from '../../../shared/core/doctor/tag-policy-document.ts';
import { loadPolicies } from '../../../shared/core/policy/load.ts';
import { type Advice, advise } from '../../../shared/model/advice.ts';
import type { TagPolicy } from '../../../shared/model/tag-policy.ts';
import { commandOf } from '../../support/advice-text.ts';
import { aCallFailure } from '../../support/failures.ts';

const policyText = (name: string) => `  ${name}: { schedule: "0 3 * * *", retention: { daily: 7 } }\n`;
const policiesOf = (...names: readonly string[]) =>
  loadPolicies(`timezone: UTC\npolicies:\n${names.map(policyText).join('')}`, 'policies.yml');

const documentOf = (statement: object, key = 'backup:policy'): string =>
  JSON.stringify({ tags: { costcenter: { tag_key: 'CostCenter' }, [key]: statement } });

const TABLES = { enforced_for: ['dynamodb:table'] };
const KEY = { tag_key: 'backup:policy' };

describe('a tag policy', () => {
  it.each([
    { name: 'is silent of a key it does not name', document: '{"tags":{"stage":{}}}', is: 'silent' },
    { name: 'is silent where it is empty', document: '{}', is: 'silent' },
    { name: 'is unclear where it is no document', document: 'tags: no', is: 'unclear' },
    { name: 'is unclear where values are null', document: documentOf({ tag_value: null }), is: 'unclear' },
    {
      name: 'is unclear where a key is a list',
      document: documentOf({ tag_key: { '@@assign': [] } }),
      is: 'unclear',
    },
    { name: 'is unclear where a rule is a list', document: '{"tags":{"backup:policy":[]}}', is: 'unclear' },
    { name: 'is silent where it has no tags', document: '{"rules":1}', is: 'silent' },
    { name: 'is unclear where its tags are null', document: '{"tags":null}', is: 'unclear' },
    { name: 'is unclear where it is a list', document: '[]', is: 'unclear' },
    { name: 'is unclear where it is nothing', document: 'null', is: 'unclear' },
    { name: 'is unclear where its tags are a list', document: '{"tags":[]}', is: 'unclear' },
    { name: 'is unclear where a key is a number', document: documentOf({ tag_key: 1 }), is: 'unclear' },
    { name: 'is unclear where types are a text', document: documentOf({ enforced_for: 'x' }), is: 'unclear' },
    { name: 'is unclear where a rule is a text', document: '{"tags":{"backup:policy":"x"}}', is: 'unclear' },
    { name: 'is unclear where values are none', document: documentOf({ tag_value: [1] }), is: 'unclear' },
    {
      name: 'has a rule for a key whatever its case',
      document: documentOf({ tag_key: 'Backup:Policy', tag_value: ['a'] }, 'Backup:policy'),
      is: { key: 'Backup:Policy', values: ['a'], isEnforced: false },
    },
    {
      name: 'wants a key in lower case unless it says how',
      document: documentOf({}, 'Backup:Policy'),
      is: { key: 'backup:policy', isEnforced: false },
    },
    {
      name: 'takes null for a key and for types as if they were not there',
      document: documentOf({ tag_key: null, enforced_for: null, tag_value: ['a'] }),
      is: { key: 'backup:policy', values: ['a'], isEnforced: false },
    },
    {
      name: 'takes any value where it lists none',
      document: documentOf({ ...KEY, tag_value: [] }),
      is: { key: 'backup:policy', isEnforced: false },
    },
    {
      name: 'that was not merged says the same',
      document: documentOf({
        tag_key: { '@@assign': 'backup:policy' },
        tag_value: { '@@assign': ['a'] },
        enforced_for: { '@@assign': ['dynamodb:*'] },
      }),
      is: { key: 'backup:policy', values: ['a'], isEnforced: true },
    },
  ])('$name', ({ document, is }) => {
    expect(tagRuleOf(document, 'backup:policy')).toEqual(is);
  });

  it.each([
    { types: ['dynamodb:table'], is: true },
    { types: ['s3:bucket', 'dynamodb:*'], is: true },
    { types: ['dynamodb:ALL_SUPPORTED'], is: true },
    { types: ['s3:bucket'], is: false },
    { types: [], is: false },
  ])('is enforced on tables or not by $types', ({ types, is }) => {
    expect(tagRuleOf(documentOf({ enforced_for: types }), 'backup:policy')).toMatchObject({ isEnforced: is });
  });

  it.each([
    { pattern: 'standard', value: 'standard', is: true },
    { pattern: 'standard', value: 'Standard', is: false },
    { pattern: 'standard', value: 'standard+offsite', is: false },
    { pattern: 'standard*', value: 'standard+offsite', is: true },
    { pattern: 'standard*', value: 'standard', is: true },
    { pattern: '*site', value: 'standard+offsite', is: true },
    { pattern: 'a+b', value: 'a+b', is: true },
    { pattern: 'a+b', value: 'aab', is: false },
    { pattern: '*', value: '', is: true },
    { pattern: '*', value: 'of two\nlines', is: true },
  ])('that lists $pattern lets a tag be "$value": $is', ({ pattern, value, is }) => {
    expect(allowsValue({ key: 'k', values: [pattern], isEnforced: true }, value)).toBe(is);
  });
});

describe('whether tables may be tagged', () => {
  const found = (statement: object): TagPolicy => ({ kind: 'found', document: documentOf(statement) });

  it.each<{ name: string; seen: TagPolicy; names?: readonly string[]; is: string; says: RegExp }>([
    {
      name: 'no organization',
      seen: { kind: 'no-organization' },
      is: 'fine',
      says: /belongs to no organization/,
    },
    { name: 'no tag policy', seen: { kind: 'none' }, is: 'fine', says: /none is in force/ },
    {
      name: 'an organization that may not be asked',
      seen: { kind: 'unreadable', failure: aCallFailure('DescribeEffectivePolicy', 'AccessDeniedException') },
      is: 'unknown',
      says: /could not be seen: organizations:DescribeEffectivePolicy is not allowed to you$/,
    },
    {
      name: 'a policy of another tag',
      seen: { kind: 'found', document: '{"tags":{"stage":{}}}' },
      is: 'fine',
      says: /says nothing of backup:policy$/,
    },
    { name: 'a policy of another form', seen: { kind: 'found', document: '1' }, is: 'unknown', says: /form/ },
    {
      name: 'any value',
      seen: found({ ...KEY, ...TABLES }),
      is: 'fine',
      says: /every value of the policy file$/,
    },
    {
      name: 'another key',
      seen: found({ tag_key: 'Backup:Policy', ...TABLES }),
      is: 'missing',
      says: /wants the key written "Backup:Policy", not backup:policy; such tags are refused on tables$/,
    },
    {
      name: 'another key, which is only reported',
      seen: found({ tag_key: 'Backup:Policy' }),
      is: 'advised',
      says: /not backup:policy; such tags are only reported as noncompliant$/,
    },
    {
      name: 'no way to opt out, which the state table does',
      seen: found({ ...KEY, ...TABLES, tag_value: ['standard'] }),
      is: 'missing',
      says: /does not know none as backup:policy; such tags are refused/,
    },
    {
      name: 'one of two policies',
      seen: found({ ...KEY, ...TABLES, tag_value: ['standard*', 'none'] }),
      names: ['offsite', 'standard'],
      is: 'missing',
      says: /does not know offsite as/,
    },
    {
      name: 'each policy and not two at once',
      seen: found({ ...KEY, ...TABLES, tag_value: ['standard', 'offsite', 'none'] }),
      names: ['offsite', 'standard'],
      is: 'advised',
      says: /does not know several policies at once, such as offsite\+standard, as backup:policy/,
    },
    {
      name: 'two at once and not three',
      seen: found({
        ...KEY,
        ...TABLES,
        tag_value: ['a', 'b', 'c', 'none', 'a+b', 'b+a', 'a+c', 'c+a', 'b+c', 'c+b'],
      }),
      names: ['a', 'b', 'c'],
      is: 'advised',
      says: /such as a\+b\+c,/,
    },
    {
      name: 'every way to write two',
      seen: found({ ...KEY, ...TABLES, tag_value: ['standard*', 'offsite*', 'none'] }),
      names: ['offsite', 'standard'],
      is: 'fine',
      says: /every value/,
    },
    {
      name: 'other values, which are only reported',
      seen: found({ ...KEY, tag_value: ['gold'], enforced_for: ['s3:bucket'] }),
      is: 'advised',
      says: /does not know none, standard as backup:policy; such tags are only reported as noncompliant/,
    },
  ])('is $is with $name', ({ seen, names = ['standard'], is, says }) => {
    const { item, status, says: said } = tagPolicyDiagnosis(seen, policiesOf(...names));
    expect(said).toMatch(says);
    expect({ item, status }).toEqual({ item: 'tag policy', status: is });
  });

  const SHOW = commandOf('aws organizations describe-effective-policy --policy-type TAG_POLICY');

  it.each<{ name: string; seen: TagPolicy; fix: Advice; details?: readonly string[] }>([
    {
      name: 'one that may not be asked for',
      seen: { kind: 'unreadable', failure: aCallFailure('DescribeEffectivePolicy', 'AccessDeniedException') },
      fix: advise(
        'Allow yourself organizations:DescribeEffectivePolicy, or ask those who manage it for:',
        SHOW,
      ),
    },
    {
      name: 'one of another form',
      seen: { kind: 'found', document: '1' },
      fix: advise('Read it:', SHOW),
    },
    {
      name: 'one of another key',
      seen: found({ tag_key: 'Backup:Policy' }),
      fix: advise(
        'Ask those who manage the organization to write the key as backup:policy; the command shows the policy in force:',
        SHOW,
      ),
    },
    {
      name: 'one of other values',
      seen: found({ ...KEY, tag_value: ['gold'] }),
      fix: advise(
        'Ask those who manage the organization to let backup:policy have these values; the command shows the policy in force:',
        SHOW,
      ),
      details: ['["gold","standard","none"]'],
    },
  ])('is mended by a request to those who can: $name', ({ seen, fix, details }) => {
    const diagnosis = tagPolicyDiagnosis(seen, policiesOf('standard'));
    expect(diagnosis.fix).toEqual(fix);
    expect(diagnosis.details).toEqual(details);
  });

  it('is mended by the values that are asked for', () => {
    const policies = policiesOf('a', 'b', 'c');
    const statement = { ...KEY, ...TABLES, tag_value: ['gold'] };
    const { details } = tagPolicyDiagnosis(found(statement), policies);
    const tag_value: unknown = JSON.parse(details?.join() ?? '');
    expect(tag_value).toEqual(['gold', 'a', 'b', 'c', 'none', 'a+*', 'b+*', 'c+*']);
    expect(tagPolicyDiagnosis(found({ ...statement, tag_value }), policies).status).toBe('fine');
  });
});
