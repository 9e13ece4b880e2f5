import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  advise,
  followedBy,
  isWrittenAdvice,
  readAdvice,
  stepsOf,
  withCommands,
} from '../../shared/model/advice.ts';
import { anyText } from '../support/any-text.ts';

const LOOK = advise('Look:', ['aws', 'x'], ['aws', 'y']);
const THEN = advise('Then:', ['aws', 'z']);

describe('advice', () => {
  it('of one step has no others', () => {
    expect(LOOK).toEqual({
      say: 'Look:',
      commands: [
        ['aws', 'x'],
        ['aws', 'y'],
      ],
    });
    expect(stepsOf(LOOK)).toEqual([LOOK]);
    expect(followedBy(LOOK)).toEqual(LOOK);
  });

  it('of many keeps them in order', () => {
    const advice = followedBy(followedBy(LOOK, THEN), advise('Rest.'));
    expect(advice).toEqual({ ...LOOK, next: [THEN, advise('Rest.')] });
    expect(stepsOf(advice)).toEqual([LOOK, THEN, advise('Rest.')]);
  });

  it('has each command changed, and no word', () => {
    expect(withCommands(followedBy(LOOK, THEN), (command) => [...command, '-v'])).toEqual({
      say: 'Look:',
      commands: [
        ['aws', 'x', '-v'],
        ['aws', 'y', '-v'],
      ],
      next: [{ say: 'Then:', commands: [['aws', 'z', '-v']] }],
    });
  });
});

describe('advice as it was written', () => {
  it.each([
    { name: 'a sentence', text: 'Look.', is: advise('Look.') },
    {
      name: 'a sentence and commands',
      text: 'Look:\n  aws x --a b\n  aws y',
      is: advise('Look:', ['aws x --a b'], ['aws y']),
    },
    {
      name: 'sentences and commands by turns',
      text: 'Look:\n  aws x\nThen:\n  aws y\nThe rest.',
      is: followedBy(advise('Look:', ['aws x']), advise('Then:', ['aws y']), advise('The rest.')),
    },
    { name: 'two sentences', text: 'Look.\nAll:', is: followedBy(advise('Look.'), advise('All:')) },
    { name: 'a command alone', text: '  aws x', is: advise('', ['aws x']) },
    { name: 'empty lines', text: 'Look:\n\n  aws x\n  ', is: advise('Look:', ['aws x']) },
    { name: 'nothing', text: '', is: advise('') },
  ])('by version 0.1.0 is read, a command as one line: $name', ({ text, is }) => {
    expect(isWrittenAdvice(text)).toBe(true);
    expect(readAdvice(text)).toEqual(is);
  });

  it('today is read as it is', () => {
    const anyStep = fc.record({ say: anyText(), commands: fc.array(fc.array(anyText(), { minLength: 1 })) });
    fc.assert(
      fc.property(anyStep, fc.array(anyStep), (first, next) => {
        const advice = followedBy(first, ...next);
        const written: unknown = JSON.parse(JSON.stringify(advice));
        expect(isWrittenAdvice(written)).toBe(true);
        expect(isWrittenAdvice(written) && readAdvice(written)).toEqual(advice);
      }),
    );
  });

  it.each<{ odd: unknown }>([
    { odd: undefined },
    { odd: null },
    { odd: ['Look.'] },
    { odd: {} },
    { odd: { say: 'Look.' } },
    { odd: { say: 7, commands: [] } },
    { odd: { say: 'Look.', commands: 'aws x' } },
    { odd: { say: 'Look.', commands: ['aws x'] } },
    { odd: { say: 'Look.', commands: [[]] } },
    { odd: { say: 'Look.', commands: [['aws', 7]] } },
    { odd: { say: 'Look.', commands: [], next: {} } },
    { odd: { say: 'Look.', commands: [], next: [{ say: 'Then.' }] } },
  ])('is none where it is $odd', ({ odd }) => {
    expect(isWrittenAdvice(odd)).toBe(false);
  });
});
