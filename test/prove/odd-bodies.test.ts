import { describe, expect, it } from 'vitest';
import { membersOf, rewritten } from '../../prove/answers/body.ts';
import { pathsIn, pathText } from '../../prove/answers/fields.ts';
import { type FieldOddity, odd, type Where } from '../../prove/answers/oddity.ts';

const BODY = JSON.stringify({ List: [{ Name: 'a', At: 1 }, { Name: 'b' }], Note: '{"kind":"x"}' });
const XML =
  '<PResponse><PResult><Attributes><entry><key>Owner</key><value>1 &lt; 2</value></entry></Attributes></PResult></PResponse>';

const struck = (path: readonly string[], how: FieldOddity, where: Where = 'all'): unknown =>
  JSON.parse(odd(BODY, { kind: 'field', path, how, where }));

describe('an odd answer', () => {
  it('may be odd at every field that a right one has, in lists and in JSON that stands as text', () => {
    expect(pathsIn([membersOf(BODY)]).map(pathText)).toEqual([
      'List',
      'List[]',
      'List[].At',
      'List[].Name',
      'Note',
      'Note{}.kind',
    ]);
  });

  it.each<{ path: string[]; how: FieldOddity; where?: Where; came: object }>([
    { path: ['List'], how: 'left out', came: { Note: '{"kind":"x"}' } },
    {
      path: ['List', '[]', 'Name'],
      how: 'null',
      where: 'last',
      came: { List: [{ Name: 'a', At: 1 }, { Name: null }], Note: '{"kind":"x"}' },
    },
    {
      path: ['List', '[]'],
      how: 'left out',
      where: 'first',
      came: { List: [{ Name: 'b' }], Note: '{"kind":"x"}' },
    },
    {
      path: ['List', '[]', 'At'],
      how: 'of another type',
      came: { List: [{ Name: 'a', At: 'twelve' }, { Name: 'b' }], Note: '{"kind":"x"}' },
    },
    {
      path: ['Note', '{}', 'kind'],
      how: 'never heard of',
      came: { List: [{ Name: 'a', At: 1 }, { Name: 'b' }], Note: '{"kind":"SOMETHING_NEW"}' },
    },
  ])('has $path $how and everything else as it was', ({ path, how, where, came }) => {
    expect(struck(path, how, where)).toEqual(came);
  });

  it('is put together again in the words it came in', () => {
    expect(rewritten(XML, (members) => members)).toBe(XML);
    expect(rewritten(BODY, (members) => members)).toBe(BODY);
  });
});
