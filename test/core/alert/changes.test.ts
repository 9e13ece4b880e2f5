import { describe, expect, it } from 'vitest';
import { isSameFinding } from '../../../shared/core/alert/sent.ts';
import { advise, followedBy } from '../../../shared/model/advice.ts';
import type { OpenFinding } from '../../../shared/model/memory.ts';
import { anOpenFinding } from '../../support/world.ts';

const returned = (...returns: readonly number[]): OpenFinding => anOpenFinding({ returns });

describe('a finding is written anew', () => {
  it.each<{ name: string; is: OpenFinding; was: OpenFinding | undefined; isSame: boolean }>([
    { name: 'when there was none', is: anOpenFinding(), was: undefined, isSame: false },
    { name: 'not when it is as it was', is: anOpenFinding(), was: anOpenFinding(), isSame: true },
    {
      name: 'when its fact is another',
      is: anOpenFinding({ fact: 'new' }),
      was: anOpenFinding(),
      isSame: false,
    },
    {
      name: 'when something came to it',
      is: anOpenFinding({ cause: 'c' }),
      was: anOpenFinding(),
      isSame: false,
    },
    {
      name: 'when something went from it',
      is: anOpenFinding(),
      was: anOpenFinding({ cause: 'c' }),
      isSame: false,
    },
    { name: 'not when it came back as often', is: returned(1, 2), was: returned(1, 2), isSame: true },
    { name: 'when it came back once more', is: returned(1, 2), was: returned(1), isSame: false },
    { name: 'when it came back once less', is: returned(1), was: returned(1, 2), isSame: false },
    { name: 'when it came back at another time', is: returned(1, 3), was: returned(1, 2), isSame: false },
    {
      name: 'when one word of a command is another',
      is: anOpenFinding({ advice: advise('Look:', ['aws', 'x']) }),
      was: anOpenFinding({ advice: advise('Look:', ['aws', 'y']) }),
      isSame: false,
    },
    {
      name: 'not when its advice is the same to the last word',
      is: anOpenFinding({ advice: followedBy(advise('Look:', ['aws', 'x']), advise('Rest.')) }),
      was: anOpenFinding({ advice: followedBy(advise('Look:', ['aws', 'x']), advise('Rest.')) }),
      isSame: true,
    },
    { name: 'when it came back for the first time', is: returned(1), was: anOpenFinding(), isSame: false },
  ])('$name', ({ is, was, isSame }) => {
    expect(isSameFinding(is, was)).toBe(isSame);
  });

  it('not when only its parts stand in another order', () => {
    const turned = Object.fromEntries(Object.entries(anOpenFinding()).toReversed()) as unknown as OpenFinding;
    expect(isSameFinding(turned, anOpenFinding())).toBe(true);
  });

  it('when a list became one word', () => {
    const garbled = { ...anOpenFinding(), returns: '1' } as unknown as OpenFinding;
    expect(isSameFinding(garbled, returned(1))).toBe(false);
    expect(isSameFinding(returned(1), garbled)).toBe(false);
  });
});
