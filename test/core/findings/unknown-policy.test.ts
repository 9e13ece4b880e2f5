import { expect, it } from 'vitest';
import { describeHere, type Example, seen, textOf } from '../../support/kind-example.ts';
import { aTable } from '../../support/world.ts';

export const example = (): Example => seen({ tables: [aTable({ tags: { 'backup:policy': 'standrad' } })] });

describeHere(import.meta, 'unknown-policy', () => {
  it('reads so', () => {
    expect(textOf('unknown-policy', example())).toMatchInlineSnapshot(`
      "
      critical unknown-policy/Orders table=Orders cause="standrad" needs=standard
        The tag backup:policy of Orders names "standrad" (did you mean "standard"?), and no policy is called so. No policy governs Orders: it is not backed up.
        "standrad" (one of standard) since 2026-11-23T05:00:00Z
        Set the tag to standard (several are joined by "+"), or to "none" to opt out:
          aws dynamodb tag-resource --region eu-central-1 --resource-arn arn:aws:dynamodb:eu-central-1:111122223333:table/Orders --tags Key=backup:policy,Value=standard
      "
    `);
  });
});
