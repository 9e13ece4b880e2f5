import { expect, it } from 'vitest';
import { describeHere, type Example, pointsOf, seen, tables, textOf } from '../../support/kind-example.ts';
import { aTable } from '../../support/world.ts';

export const example = (): Example => seen({ tables: [aTable({ tags: { 'backup:policy': 'standrad' } })] });

const seeing = (...given: Parameters<typeof seen>): string => textOf('unknown-policy', seen(...given));

describeHere(import.meta, 'unknown-policy', () => {
  it('reads so of a slip, of none beside another name, of nothing and of two names', () => {
    const tagged = (name: string, value: string) => ({ name, tags: { 'backup:policy': value } });
    const some = tables(
      tagged('a', 'standrad'),
      tagged('b', 'none+standard'),
      tagged('c', ''),
      tagged('d', 'gold+silver'),
    );
    expect(seeing({ tables: some, recoveryPoints: pointsOf(some.slice(1, 2)) })).toMatchInlineSnapshot(`
      "
      critical unknown-policy/a table=a cause="standrad" needs=standard
        The tag backup:policy of a names "standrad" (did you mean "standard"?), and no policy is called so. No policy governs a: it is not backed up.
        "standrad" (one of standard) since 2026-11-23T05:00:00Z
        Set the tag to standard (several are joined by "+"), or to "none" to opt out:
          aws dynamodb tag-resource --region eu-central-1 --resource-arn arn:aws:dynamodb:eu-central-1:111122223333:table/a --tags Key=backup:policy,Value=standard

      warning unknown-policy/b table=b cause="none"
        The tag backup:policy of b says "none" beside other names, which contradict it. Only standard governs it.
        "none" (one of standard) since 2026-11-23T05:00:00Z
        Set the tag to standard (several are joined by "+"), or to "none" to opt out:
          aws dynamodb tag-resource --region eu-central-1 --resource-arn arn:aws:dynamodb:eu-central-1:111122223333:table/b --tags Key=backup:policy,Value=POLICY

      critical unknown-policy/c table=c cause=""
        The tag backup:policy of c names nothing. No policy governs c: it is not backed up.
        "" (one of standard) since 2026-11-23T05:00:00Z
        Set the tag to standard (several are joined by "+"), or to "none" to opt out:
          aws dynamodb tag-resource --region eu-central-1 --resource-arn arn:aws:dynamodb:eu-central-1:111122223333:table/c --tags Key=backup:policy,Value=POLICY

      critical unknown-policy/d table=d cause="gold", "silver"
        The tag backup:policy of d names "gold", and no policy is called so; it names "silver", and no policy is called so. No policy governs d: it is not backed up.
        "gold", "silver" (one of standard) since 2026-11-23T05:00:00Z
        Set the tag to standard (several are joined by "+"), or to "none" to opt out:
          aws dynamodb tag-resource --region eu-central-1 --resource-arn arn:aws:dynamodb:eu-central-1:111122223333:table/d --tags Key=backup:policy,Value=POLICY
      "
    `);
  });
});
