import { expect, it } from 'vitest';
import { describeHere, type Example, seen, textOf } from '../../support/kind-example.ts';

export const example = (): Example => seen({ tableNames: ['Carts', 'Orders', 'Scratch'] });

describeHere(import.meta, 'untagged-tables', () => {
  it('reads so', () => {
    expect(textOf('untagged-tables', example())).toMatchInlineSnapshot(`
      "
      info untagged-tables
        2 tables of 3 are without the tag backup:policy: Carts, Scratch.
        2 without a tag (every table says what it needs) since 2026-11-23T05:00:00Z
        Tag each with a policy, or with "none" if it needs no backup:
          aws dynamodb tag-resource --region eu-central-1 --resource-arn arn:aws:dynamodb:eu-central-1:111122223333:table/TABLE --tags Key=backup:policy,Value=POLICY
      "
    `);
  });
});
