import { expect, it } from 'vitest';
import { describeHere, type Example, pointsOf, seen, tables, textOf } from '../../support/kind-example.ts';
import { aTable } from '../../support/world.ts';

export const example = (): Example =>
  seen({ tables: [aTable({ tags: { 'backup:policy': 'standard', 'backup:mute-until': 'next week' } })] });

const seeing = (...given: Parameters<typeof seen>): string => textOf('mute-refused', seen(...given));

describeHere(import.meta, 'mute-refused', () => {
  it('reads so of what is no date, and of one too far ahead', () => {
    const until = (name: string, value: string) => ({
      name,
      tags: { 'backup:policy': 'standard', 'backup:mute-until': value },
    });
    const some = tables(until('b', 'tomorrow'), until('c', '2027-12-01'));
    expect(seeing({ tables: some, recoveryPoints: pointsOf(some) })).toMatchInlineSnapshot(`
      "
      warning mute-refused/b table=b cause="tomorrow"
        The tag backup:mute-until of b says "tomorrow", which is no date: nothing is muted.
        "tomorrow" (a date at most 90 days ahead) since 2026-11-23T05:00:00Z
        Write a date such as 2026-12-01, or a moment such as 2026-12-01T06:00:00Z, or take the tag away:
          aws dynamodb untag-resource --region eu-central-1 --resource-arn arn:aws:dynamodb:eu-central-1:111122223333:table/b --tag-keys backup:mute-until

      warning mute-refused/c table=c cause="2027-12-01"
        The tag backup:mute-until of c says "2027-12-01", which is more than 90 days ahead: nothing is muted.
        "2027-12-01" (a date at most 90 days ahead) since 2026-11-23T05:00:00Z
        Write a date such as 2026-12-01, or a moment such as 2026-12-01T06:00:00Z, or take the tag away:
          aws dynamodb untag-resource --region eu-central-1 --resource-arn arn:aws:dynamodb:eu-central-1:111122223333:table/c --tag-keys backup:mute-until
      "
    `);
  });
});
