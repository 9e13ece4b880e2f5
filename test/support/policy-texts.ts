import fc from 'fast-check';
import { anyText } from './any-text.ts';

/** Right in every line, with most of what a file may hold. */
export const RIGHT = `tag: backup:policy
timezone: Europe/Berlin
guardrail: { maxShare: 0.5, floor: 5 }
digest: { schedule: "0 8 * * 1" }
policies:
  standard:
    engine: dynamodb
    schedule: "0 3 * * *"
    rpo: 26h
    retention: { last: 3, within: 48h, daily: 7 }
    pitr: { required: true, recoveryPeriodDays: 35, onDrift: alert }
  archive:
    schedule: "30 4 1 * *"
    retention: { yearly: 7 }
`;

/** What YAML, JavaScript, terminals and calendars have traps for. */
const PIECES = [
  ...[
    '&a ',
    '*a',
    '<<: *a',
    '!!js/function ',
    '!!binary ',
    '!a ',
    '? ',
    '- ',
    ': ',
    '| ',
    '>-\n',
    '---\n',
    '...\n',
    '%YAML 1.1\n',
  ],
  ...[
    '{',
    '}',
    '[',
    ']',
    ',',
    '#',
    '"',
    "'",
    '\\',
    '\t',
    '\n',
    '\r',
    '\r\n',
    '\n\n',
    '  ',
    '\ufeff',
    '\u0000',
  ],
  ...[
    '__proto__: ',
    'constructor: ',
    'prototype: ',
    'toString',
    'hasOwnProperty',
    '__proto__: { polluted: true }\n',
  ],
  ...[
    '1e999',
    '-0',
    '0x7fffffffffffffff',
    '99999999999999999999',
    '.nan',
    '.inf',
    '-.inf',
    '0o17',
    '1_000',
    '12:30:45',
  ],
  ...['2026-02-30', '2026-11-23T05:00:00Z', 'null', '~', 'true', 'yes', 'on', 'NO', 'none'],
  ...[
    '\u202e',
    '\u200b',
    '\u2028',
    '\u0085',
    '\u001b[2J',
    '\u009b31m',
    '\ud800',
    'é',
    'e\u0301',
    '😀',
    'ﬀ',
    '\uffff',
  ],
  ...[
    '0 3 * * *',
    '* * * * *',
    '*/1',
    '60',
    'L',
    '?',
    '@daily',
    'MON-SUN',
    '99999h',
    '0h',
    '1y1y',
    'UTC',
    'Etc/GMT+0',
  ],
];

const piece = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...PIECES) },
  { weight: 1, arbitrary: anyText({ maxLength: 8 }) },
);

const cut = (text: string, at: number, length: number, instead: string): string => {
  const from = at % (text.length + 1);
  return text.slice(0, from) + instead + text.slice(from + length);
};

/** The right file with a few places cut out, and something else put there. */
const torn = fc
  .array(fc.tuple(fc.nat(2_000), fc.nat(30), piece), { minLength: 1, maxLength: 6 })
  .map((cuts) => cuts.reduce((text, [at, length, instead]) => cut(text, at, length, instead), RIGHT));

const soup = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''));

const bytes = fc.uint8Array({ maxLength: 400 }).map((some) => Buffer.from(some).toString('utf8'));

const anything = fc
  .record(
    {
      tag: fc.anything(),
      timezone: fc.anything(),
      guardrail: fc.anything(),
      policies: fc.oneof(fc.anything(), fc.dictionary(anyText(), fc.anything())),
    },
    { requiredKeys: [] },
  )
  .map((file) =>
    JSON.stringify(file, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value)),
  );

/** Whatever may stand where a policy file should. */
export const policyText: fc.Arbitrary<string> = fc.oneof(
  { weight: 5, arbitrary: torn },
  { weight: 2, arbitrary: soup },
  { weight: 1, arbitrary: bytes },
  { weight: 2, arbitrary: anything },
);
