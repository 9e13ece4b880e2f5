import { expect, it } from 'vitest';
import { describeHere, type Example, seen, textOf } from '../../support/kind-example.ts';
import { aTable } from '../../support/world.ts';

export const example = (): Example =>
  seen({ tables: [aTable({ tags: { 'backup:policy': 'standard', 'backup:mute-until': 'next week' } })] });

describeHere(import.meta, 'mute-refused', () => {
  it('reads so', () => {
    expect(textOf('mute-refused', example())).toMatchInlineSnapshot(`
      "
      warning mute-refused/Orders table=Orders cause="next week"
        The tag backup:mute-until of Orders says "next week", which is no date: nothing is muted.
        "next week" (a date at most 90 days ahead) since 2026-11-23T05:00:00Z
        Write a date such as 2026-12-01, or a moment such as 2026-12-01T06:00:00Z, or take the tag away:
          aws dynamodb untag-resource --region eu-central-1 --resource-arn arn:aws:dynamodb:eu-central-1:111122223333:table/Orders --tag-keys backup:mute-until
      "
    `);
  });
});
