import { describe, expect, it } from 'vitest';
import { readTableTags } from '../../../shared/adapters/aws/table-tags.ts';
import { SECOND_MS } from '../../../shared/model/instant.ts';
import { createTable, tagTable } from '../../../sim/console/tables.ts';
import { asRead } from '../../support/failures.ts';
import { onAnswers, onSim, REGION } from '../connect.ts';

const TARGET = { accountId: '111122223333', region: REGION };

describe("a table's own tags", () => {
  it('are read to the last page', async () => {
    const world = onSim();
    const tags = Object.fromEntries(Array.from({ length: 45 }, (_, index) => [`key-${index}`, `${index}`]));
    createTable(world.account, { name: 'orders', tags: { ...tags, empty: '' } });
    const reading = await world.run(readTableTags(world.dynamodb, 'orders', TARGET));
    expect(reading).toEqual({ kind: 'found', value: { ...tags, empty: '' } });
    expect(world.account.calls.of('ListTagsOfResource')).toBe(5);
  });

  it('show a change that the tagging API does not show yet', async () => {
    const world = onSim();
    createTable(world.account, { name: 'orders' });
    tagTable(world.account, 'orders', { 'backup:hold': 'true' }, 300 * SECOND_MS);
    await world.clock.advanceBy(SECOND_MS);
    const reading = await world.run(readTableTags(world.dynamodb, 'orders', TARGET));
    expect(reading).toEqual({ kind: 'found', value: { 'backup:hold': 'true' } });
  });

  it('are missing where there is no such table', async () => {
    const world = onSim();
    expect(await world.run(readTableTags(world.dynamodb, 'orders', TARGET))).toEqual({ kind: 'missing' });
  });

  it('are unreadable where the call is refused', async () => {
    const world = onSim();
    createTable(world.account, { name: 'orders' });
    world.account.faults.add({ operation: 'ListTagsOfResource', kind: 'access-denied' });
    expect(asRead(await world.run(readTableTags(world.dynamodb, 'orders', TARGET)))).toMatchObject({
      kind: 'unreadable',
      reason: expect.stringContaining('ListTagsOfResource: AccessDeniedException'),
    });
  });

  it.each([
    { name: 'without a list', answer: {} },
    { name: 'whose list is none', answer: { Tags: null } },
    { name: 'with a tag without its key', answer: { Tags: [{ Value: 'true' }] } },
    { name: 'with a tag without its value', answer: { Tags: [{ Key: 'backup:hold' }] } },
    { name: 'with a tag that is nothing', answer: { Tags: [null] } },
    { name: 'that has no end', answer: { Tags: [], NextToken: 'again' } },
  ])('are unreadable in an answer $name', async ({ answer }) => {
    const world = onAnswers(() => ({ body: answer }));
    expect(await world.run(readTableTags(world.dynamodb, 'orders', TARGET))).toMatchObject({
      kind: 'unreadable',
    });
  });
});
