import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { failedNeed, hasOpenSteps, isSettled, stepsInTurn } from '../../../shared/core/restore/turns.ts';
import { ownFailure } from '../../../shared/model/failure.ts';
import type { SettingStep, StepOutcome, StepRecord } from '../../../shared/model/restore.ts';

const NOW = Date.UTC(2026, 10, 28, 12);
const BUSY: StepOutcome = { kind: 'deferred', failure: ownFailure('still-made', 'the table is UPDATING') };
const FAILED: StepOutcome = { kind: 'failed', failure: ownFailure('not-as-asked', 'no') };

const PROTECT: SettingStep = { kind: 'deletion-protection', on: true };
const TAGS: SettingStep = { kind: 'tags', tags: { team: 'shop' } };
const PITR: SettingStep = { kind: 'pitr', recoveryPeriodDays: 35 };
const STREAM: SettingStep = { kind: 'stream', viewType: 'NEW_AND_OLD_IMAGES' };
const CLASS: SettingStep = { kind: 'table-class', tableClass: 'STANDARD_INFREQUENT_ACCESS' };
const STREAM_POLICY: SettingStep = { kind: 'resource-policy', of: 'stream', policy: '{}' };
const TARGET: SettingStep = {
  kind: 'scalable-target',
  target: { resourceId: 'table/T', dimension: 'dynamodb:table:ReadCapacityUnits', min: 1, max: 9 },
};
const RULE: SettingStep = {
  kind: 'scaling-rule',
  rule: { kind: 'policy', name: 'p', resourceId: 'table/T', dimension: 'd', content: {} },
};
const REPLICA: SettingStep = { kind: 'replica', region: 'eu-west-1' };
const TTL: SettingStep = { kind: 'ttl', attribute: 'expires' };
const ALL = [PROTECT, TAGS, PITR, STREAM, CLASS, STREAM_POLICY, TARGET, RULE, REPLICA, TTL];

const steps = (
  ...list: readonly (SettingStep | readonly [SettingStep, StepOutcome])[]
): readonly StepRecord[] =>
  list.map((one) => ('kind' in one ? { step: one } : { step: one[0], outcome: one[1] }));

const kindsInTurn = (records: readonly StepRecord[]): readonly string[] =>
  stepsInTurn(records, NOW).map((at) => records[at]?.step.kind ?? '');

describe('the turn of a step', () => {
  it.each([
    ['protection, tags and recovery come first', steps(...ALL), ['deletion-protection', 'tags', 'pitr']],
    [
      'what needs no UpdateTable goes on while the table is UPDATING',
      steps([STREAM, BUSY], CLASS, STREAM_POLICY, { kind: 'insights' }),
      ['stream', 'insights'],
    ],
    ['one change of the table at a time', steps([STREAM, { kind: 'done' }], CLASS, REPLICA), ['table-class']],
    [
      'a stream has to be there before its policy',
      steps([STREAM, { kind: 'done' }], STREAM_POLICY),
      ['resource-policy'],
    ],
    ['a failed step stops no later one', steps([STREAM, FAILED], CLASS), ['table-class']],
    [
      'capacity scales once the table is as it was',
      steps([CLASS, { kind: 'as-it-was' }], TARGET, RULE),
      ['scalable-target'],
    ],
    [
      'writes have to scale before a replica',
      steps([TARGET, { kind: 'done' }], [RULE, BUSY], REPLICA),
      ['scaling-rule'],
    ],
    ['TTL is last', steps([PITR, BUSY], TTL), ['pitr']],
  ])('%s', (_, records, expected) => {
    expect(kindsInTurn(records)).toEqual(expected);
  });

  it('waits for what may only come later, and tries it then', () => {
    const later: StepOutcome = {
      kind: 'not-before',
      at: NOW + 1,
      failure: ownFailure('out-of-time', 'an hour'),
    };
    const records = steps([TTL, later]);
    expect(stepsInTurn(records, NOW)).toEqual([]);
    expect(stepsInTurn(records, NOW + 1)).toEqual([0]);
    expect(hasOpenSteps(records)).toBe(true);
  });

  it('settles every step in the end, whatever each takes and in whatever order they stand', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(ALL), fc.array(fc.boolean(), { maxLength: 40 }), (list, busy) => {
        let records = steps(...list);
        const answers = [...busy];
        for (let round = 0; round < 80; round += 1) {
          const [at] = stepsInTurn(records, NOW);
          if (at === undefined) break;
          const outcome: StepOutcome = answers.pop() === true ? BUSY : { kind: 'done' };
          records = records.map((one, place) => (place === at ? { ...one, outcome } : one));
        }
        expect(records.every(({ outcome }) => isSettled(outcome, NOW))).toBe(true);
        expect(hasOpenSteps(records)).toBe(false);
      }),
    );
  });
});

describe('what a step needs', () => {
  const RULE_OF_TARGET: SettingStep = {
    kind: 'scaling-rule',
    rule: {
      kind: 'policy',
      name: 'p',
      resourceId: 'table/T',
      dimension: 'dynamodb:table:ReadCapacityUnits',
      content: {},
    },
  };
  const TAGS_THERE: SettingStep = { kind: 'tags', tags: {}, region: 'eu-west-1' };
  const TAGS_ELSEWHERE: SettingStep = { kind: 'tags', tags: {}, region: 'eu-west-2' };
  const TABLE_POLICY: SettingStep = { kind: 'resource-policy', of: 'table', policy: '{}' };

  it.each([
    { name: 'a rule and its target', step: RULE_OF_TARGET, other: TARGET, fails: true },
    { name: 'a rule and a target of another dimension', step: RULE, other: TARGET, fails: false },
    { name: 'the policy of a stream and the stream', step: STREAM_POLICY, other: STREAM, fails: true },
    { name: 'the policy of the table and the stream', step: TABLE_POLICY, other: STREAM, fails: false },
    { name: 'tags of a replica and the replica', step: TAGS_THERE, other: REPLICA, fails: true },
    { name: 'tags of another replica', step: TAGS_ELSEWHERE, other: REPLICA, fails: false },
    { name: 'tags of the table and a replica', step: TAGS, other: REPLICA, fails: false },
    { name: 'a replica and itself', step: REPLICA, other: REPLICA, fails: false },
    { name: 'TTL and anything', step: TTL, other: STREAM, fails: false },
  ])('$name: fails with it $fails', ({ step, other, fails }) => {
    expect(failedNeed(steps([other, FAILED], step), step)?.code).toBe(fails ? 'not-as-asked' : undefined);
    for (const outcome of [BUSY, { kind: 'done' } as const])
      expect(failedNeed(steps([other, outcome], step), step)).toBeUndefined();
  });

  it('is an index for its insights alone', () => {
    const INDEX: SettingStep = {
      kind: 'global-index',
      index: { name: 'i', keys: [], projection: { type: 'ALL' } },
      attributes: [],
    };
    const records = steps(INDEX, { kind: 'insights', index: 'i' }, { kind: 'insights' });
    expect(stepsInTurn(records, NOW)).toEqual([0, 2]);
  });
});
