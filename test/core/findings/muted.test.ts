import { expect, it } from 'vitest';
import { describeHere, type Example, seen, textOf } from '../../support/kind-example.ts';
import { aTable, PITR_OFF } from '../../support/world.ts';

export const example = (): Example =>
  seen({
    tables: [
      aTable({ tags: { 'backup:policy': 'standard', 'backup:mute-until': '2026-12-01' }, pitr: PITR_OFF }),
    ],
  });

describeHere(import.meta, 'muted', () => {
  it('reads so', () => {
    expect(textOf('muted', example())).toMatchInlineSnapshot(`
      "
      info muted/Orders table=Orders cause=until 2026-12-01 00:00 UTC
        Findings of Orders are held back until 2026-12-01 00:00 UTC, as its tag backup:mute-until says; 1 finding so far.
        1 finding held back (reported at once) since 2026-11-23T05:00:00Z
        Backups go on meanwhile. What is still open then is reported then; to be alerted now, take the tag away:
          aws dynamodb untag-resource --region eu-central-1 --resource-arn arn:aws:dynamodb:eu-central-1:111122223333:table/Orders --tag-keys backup:mute-until
      "
    `);
  });
});
