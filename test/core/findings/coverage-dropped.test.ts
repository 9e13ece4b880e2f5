import { expect, it } from 'vitest';
import { DAY_MS } from '../../../shared/model/instant.ts';
import { describeHere, type Example, seen, textOf } from '../../support/kind-example.ts';
import { NOW } from '../../support/world.ts';

export const example = (): Example =>
  seen({}, { memory: { coverage: { tables: 42, seenAt: NOW - DAY_MS }, pitrBaselines: [] } });

const seeing = (...given: Parameters<typeof seen>): string => textOf('coverage-dropped', seen(...given));

describeHere(import.meta, 'coverage-dropped', () => {
  it('reads so where all tables lost the tag, and where most did', () => {
    const memory = { coverage: { tables: 1_200, seenAt: NOW - DAY_MS }, pitrBaselines: [] };
    const none = { tables: [], tableNames: [], recoveryPoints: [] };
    const all = seeing(none, { memory });
    const most = seeing({ tableNames: ['Orders'] }, { memory });
    expect(all + most).toMatchInlineSnapshot(`
      "
      critical coverage-dropped
        No table opts in by the tag backup:policy, so nothing is backed up.
        0 tagged tables (1,200) since 2026-11-23T05:00:00Z
        Find out what took the tag backup:policy away, or tag the tables that need backups. Each of them is reported by name; one that needs no backup says "none":
          aws dynamodb tag-resource --region eu-central-1 --resource-arn arn:aws:dynamodb:eu-central-1:111122223333:table/TABLE --tags Key=backup:policy,Value=POLICY

      warning coverage-dropped
        Only 1 table of 1,200 still carries the tag backup:policy.
        1 tagged table (1,200) since 2026-11-23T05:00:00Z
        Find out what took the tag backup:policy away, or tag the tables that need backups. Each of them is reported by name; one that needs no backup says "none":
          aws dynamodb tag-resource --region eu-central-1 --resource-arn arn:aws:dynamodb:eu-central-1:111122223333:table/TABLE --tags Key=backup:policy,Value=POLICY
      "
    `);
  });
});
