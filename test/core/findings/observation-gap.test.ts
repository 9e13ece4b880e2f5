import { expect, it } from 'vitest';
import { aCallFailure } from '../../support/failures.ts';
import { describeHere, type Example, seen, textOf } from '../../support/kind-example.ts';

export const example = (): Example =>
  seen({
    gaps: [{ facet: 'tags', failure: aCallFailure('GetResources', 'ThrottledException', 'Rate exceeded') }],
  });

describeHere(import.meta, 'observation-gap', () => {
  it('reads so', () => {
    expect(textOf('observation-gap', example())).toMatchInlineSnapshot(`
      "
      warning observation-gap/tags facet=tags cause=GetResources: ThrottledException errorName=ThrottledException
        The list of tagged tables could not be read: GetResources: ThrottledException: Rate exceeded.
        unknown (read whole) since 2026-11-23T05:00:00Z
        AWS asked for patience: too many calls were made at once. Nothing has to be done unless it lasts; then see in CloudTrail who else calls it so often. Until it can be read, backups go on as far as they can, and nothing that depends on it is deleted.
      "
    `);
  });
});
