import { expect, it } from 'vitest';
import { DAY_MS } from '../../../shared/model/instant.ts';
import { describeHere, type Example, seen, textOf } from '../../support/kind-example.ts';
import { NOW } from '../../support/world.ts';

export const example = (): Example => seen({ tables: [], recoveryPoints: [] });

const seeing = (...given: Parameters<typeof seen>): string =>
  textOf('waiting-for-first-table', seen(...given));

describeHere(import.meta, 'waiting-for-first-table', () => {
  it('is not found once there were tables', () => {
    const memory = { coverage: { tables: 1_200, seenAt: NOW - DAY_MS }, pitrBaselines: [] };
    const none = { tables: [], tableNames: [], recoveryPoints: [] };
    const first = seeing(none);
    const later = seeing(none, { memory });
    expect(first + later).toMatchInlineSnapshot(`
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
