import { expect, it } from 'vitest';
import { describeHere, type Example, seen, textOf } from '../../support/kind-example.ts';

export const example = (): Example =>
  seen({
    tableNames: ['Carts', 'Orders'],
    strayTags: [{ table: 'Carts', key: 'Backup:Policy', value: 'standard' }],
  });

describeHere(import.meta, 'policy-tag-unclear', () => {
  it('reads so', () => {
    expect(textOf('policy-tag-unclear', example())).toMatchInlineSnapshot(`
      "
      warning policy-tag-unclear/Carts table=Carts cause="Backup:Policy" needs=standard
        Carts is not backed up: it carries the tag "Backup:Policy" = "standard", which looks like backup:policy and is not.
        "Backup:Policy" = "standard" (backup:policy = a policy, or none) since 2026-11-23T05:00:00Z
        Set the tag backup:policy, or take away what only looks like it:
          aws dynamodb tag-resource --region eu-central-1 --resource-arn arn:aws:dynamodb:eu-central-1:111122223333:table/Carts --tags Key=backup:policy,Value=standard
      "
    `);
  });
});
