import { expect, it } from 'vitest';
import { describeHere, type Example, seen, textOf } from '../../support/kind-example.ts';

export const example = (): Example => seen({ tableNames: ['Carts', 'Orders', 'Scratch'] });

const seeing = (...given: Parameters<typeof seen>): string => textOf('untagged-tables', seen(...given));

describeHere(import.meta, 'untagged-tables', () => {
  it('reads so of one and of more, without what restores of AWS Backup are tested with', () => {
    const one = seeing({ tableNames: ['Orders', 'Users'] });
    const many = seeing({ tableNames: ['Carts', 'Orders', 'Users', 'awsbackup-restore-test-1'] });
    expect(one + many).toMatchInlineSnapshot(`
      "
      info untagged-tables
        1 table of 2 is without the tag backup:policy: Users.
        1 without a tag (every table says what it needs) since 2026-11-23T05:00:00Z
        Tag each with a policy, or with "none" if it needs no backup:
          aws dynamodb tag-resource --region eu-central-1 --resource-arn arn:aws:dynamodb:eu-central-1:111122223333:table/TABLE --tags Key=backup:policy,Value=POLICY

      info untagged-tables
        2 tables of 3 are without the tag backup:policy: Carts, Users.
        2 without a tag (every table says what it needs) since 2026-11-23T05:00:00Z
        Tag each with a policy, or with "none" if it needs no backup:
          aws dynamodb tag-resource --region eu-central-1 --resource-arn arn:aws:dynamodb:eu-central-1:111122223333:table/TABLE --tags Key=backup:policy,Value=POLICY
      "
    `);
  });
});
