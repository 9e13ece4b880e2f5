import { expect, it } from 'vitest';
import { describeHere, type Example, seen, textOf } from '../../support/kind-example.ts';
import { aTable } from '../../support/world.ts';

export const example = (): Example =>
  seen({ tables: [aTable({ tags: { 'backup:policy': 'standard', 'backup:hold': 'please' } })] });

describeHere(import.meta, 'hold-unclear', () => {
  it('reads so', () => {
    expect(textOf('hold-unclear', example())).toMatchInlineSnapshot(`
      "
      warning hold-unclear/Orders table=Orders cause="backup:hold" = "please"
        The tag backup:hold of Orders says "please", which is neither true nor false: nothing of it expires.
        "backup:hold" = "please" (backup:hold = true or false) since 2026-11-23T05:00:00Z
        Set backup:hold to true to go on so, or to false to let it expire, and take away what only looks like it:
          aws dynamodb tag-resource --region eu-central-1 --resource-arn arn:aws:dynamodb:eu-central-1:111122223333:table/Orders --tags Key=backup:hold,Value=true
      "
    `);
  });
});
