import { expect, it } from 'vitest';
import { describeHere, type Example, seen, textOf } from '../../support/kind-example.ts';

export const example = (): Example => seen({ tables: [], recoveryPoints: [] });

describeHere(import.meta, 'waiting-for-first-table', () => {
  it('reads so', () => {
    expect(textOf('waiting-for-first-table', example())).toMatchInlineSnapshot(`
      "
      info waiting-for-first-table
        No table carries the tag backup:policy yet, so nothing is backed up: Tablekeeper waits for its first table.
        0 tagged tables (at least one) since 2026-11-23T05:00:00Z
        Tag each table with a policy (standard), or with "none" if it needs no backup; where no table needs one, remove the deployment:
          aws dynamodb tag-resource --region eu-central-1 --resource-arn arn:aws:dynamodb:eu-central-1:111122223333:table/TABLE --tags Key=backup:policy,Value=standard
      "
    `);
  });
});
