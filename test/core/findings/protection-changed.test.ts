import { expect, it } from 'vitest';
import { HOUR_MS } from '../../../shared/model/instant.ts';
import { describeHere, type Example, seen, textOf } from '../../support/kind-example.ts';
import { aTable, NOW } from '../../support/world.ts';

export const example = (): Example =>
  seen(
    { tables: [aTable({ tags: { 'backup:policy': 'none' } })] },
    {
      memory: {
        coverage: { tables: 2, seenAt: NOW - HOUR_MS },
        pitrBaselines: [],
        protections: [{ table: 'Orders', promises: [{ name: 'standard', rpoMs: 26 * HOUR_MS }] }],
      },
    },
  );

describeHere(import.meta, 'protection-changed', () => {
  it('reads so', () => {
    expect(textOf('protection-changed', example())).toMatchInlineSnapshot(`
      "
      info protection-changed/Orders table=Orders cause=opted out needs=standard
        Orders opted out of standard: its tag backup:policy named standard until 2026-11-23 04:00 UTC. It is not backed up any more, and its recovery points are kept.
        none (standard) since 2026-11-23T04:00:00Z
        Nothing has to be done if this is meant. Otherwise set the tag to what it named before:
          aws dynamodb tag-resource --region eu-central-1 --resource-arn arn:aws:dynamodb:eu-central-1:111122223333:table/Orders --tags Key=backup:policy,Value=standard
      "
    `);
  });
});
