import { expect, it } from 'vitest';
import { describeHere, type Example, pointsOf, seen, tables, textOf } from '../../support/kind-example.ts';
import { anOpenFinding, aTable, PITR_OFF } from '../../support/world.ts';

export const example = (): Example =>
  seen({
    tables: [
      aTable({ tags: { 'backup:policy': 'standard', 'backup:mute-until': '2026-12-01' }, pitr: PITR_OFF }),
    ],
  });

const seeing = (...given: Parameters<typeof seen>): string => textOf('muted', seen(...given));

describeHere(import.meta, 'muted', () => {
  it('counts what is open beside what is found', () => {
    const until = (name: string, value: string) => ({
      name,
      tags: { 'backup:policy': 'standard', 'backup:mute-until': value },
    });
    const some = tables({ ...until('a', '2026-12-01'), pitr: PITR_OFF });
    const openFindings = [anOpenFinding({ id: 'backup-stuck/a/standard', kind: 'backup-stuck', table: 'a' })];
    expect(seeing({ tables: some, recoveryPoints: pointsOf(some) }, { openFindings })).toMatchInlineSnapshot(`
      "
      info muted/a table=a cause=until 2026-12-01 00:00 UTC
        Findings of a are held back until 2026-12-01 00:00 UTC, as its tag backup:mute-until says; 2 findings so far.
        2 findings held back (reported at once) since 2026-11-23T05:00:00Z
        Backups go on meanwhile. What is still open then is reported then; to be alerted now, take the tag away:
          aws dynamodb untag-resource --region eu-central-1 --resource-arn arn:aws:dynamodb:eu-central-1:111122223333:table/a --tag-keys backup:mute-until
      "
    `);
  });
});
