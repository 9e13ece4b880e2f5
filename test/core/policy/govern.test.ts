import { describe, expect, it } from 'vitest';
import { govern } from '../../../shared/core/policy/govern.ts';
import { aPolicy, somePolicies } from '../../support/world.ts';

const policies = somePolicies({ policies: [aPolicy(), aPolicy({ name: 'offsite' })] });

describe('a tag value asks for policies', () => {
  it.each([
    { name: 'one name governs', value: 'standard', governing: ['standard'] },
    {
      name: 'two names joined by + both govern',
      value: 'standard+offsite',
      governing: ['offsite', 'standard'],
    },
    {
      name: 'spaces around names are nothing',
      value: '  standard +\toffsite ',
      governing: ['offsite', 'standard'],
    },
    { name: 'a name said twice governs once', value: 'standard+standard', governing: ['standard'] },
    { name: 'a stray + is nothing', value: '+standard++', governing: ['standard'] },
    { name: 'a mistyped name governs nothing', value: 'standrad', governing: [], unknown: ['standrad'] },
    {
      name: 'a mistyped name beside a right one leaves the right one',
      value: 'ofsite+standard',
      governing: ['standard'],
      unknown: ['ofsite'],
    },
    {
      name: 'a name in another case is not the policy',
      value: 'Standard',
      governing: [],
      unknown: ['Standard'],
    },
    { name: 'an empty value names nothing', value: '', governing: [], unknown: [''] },
    { name: 'a value of spaces names nothing', value: '   ', governing: [], unknown: [''] },
    { name: 'a value of + alone names nothing', value: '+', governing: [], unknown: [''] },
    {
      name: 'none beside a policy is a contradiction, and the policy governs',
      value: 'none+standard',
      governing: ['standard'],
      unknown: ['none'],
    },
    {
      name: 'None is not none: nothing is opted out by a guess',
      value: 'None',
      governing: [],
      unknown: ['None'],
    },
    {
      name: 'a comma joins nothing',
      value: 'standard,offsite',
      governing: [],
      unknown: ['standard,offsite'],
    },
    {
      name: 'names that every object has are no policies',
      value: '__proto__+constructor',
      governing: [],
      unknown: ['__proto__', 'constructor'],
    },
  ])('$name: "$value"', ({ value, governing, unknown = [] }) => {
    const asked = govern(policies, value);
    expect(asked.policies.map(({ name }) => name)).toEqual(governing);
    expect(asked.unknownNames).toEqual(unknown);
    expect(asked.optedOut).toBe(false);
  });

  it.each(['none', ' none ', 'none+none', 'none+'])('"%s" opts out aloud', (value) => {
    expect(govern(policies, value)).toEqual({
      policies: [],
      unknownNames: [],
      optedOut: true,
      reasons: ['its tag backup:policy opts out: none'],
    });
  });
});

describe('a tag value is answered with a reason for every name', () => {
  it.each([
    { value: 'standard', reasons: ['its tag backup:policy names the policy standard'] },
    { value: '', reasons: ['its tag backup:policy is empty and so names no policy'] },
    { value: 'weekly', reasons: ['its tag backup:policy names "weekly", which is no policy'] },
    {
      value: 'standard=none',
      reasons: [
        'its tag backup:policy gives up standard and names no policy beside; none alone would opt out of all',
      ],
    },
    {
      value: 'STANDARD',
      reasons: [
        'its tag backup:policy names "STANDARD", which is no policy: standard is written in lower case',
      ],
    },
    {
      value: 'none+standard',
      reasons: [
        'its tag backup:policy says none beside a policy, so none counts for nothing',
        'its tag backup:policy names the policy standard',
      ],
    },
  ])('"$value"', ({ value, reasons }) => {
    expect(govern(policies, value).reasons).toEqual(reasons);
  });
});
