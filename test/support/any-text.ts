import fc from 'fast-check';

/** Any code point, halves of pairs among them. fast-check's own unit for that, `binary`, takes seconds to build and leaves the halves out. */
const anyUnit = fc.integer({ min: 0, max: 0x10ffff }).map(
  (point) => String.fromCodePoint(point),
  (unit) => (unit as string).codePointAt(0) ?? 0,
);

type Lengths = Pick<fc.StringConstraints, 'minLength' | 'maxLength'>;

/** Text as a stranger may write it: any characters, control characters and halves of pairs among them. */
export const anyText = (lengths: Lengths = {}): fc.Arbitrary<string> =>
  fc.string({ unit: anyUnit, ...lengths });
