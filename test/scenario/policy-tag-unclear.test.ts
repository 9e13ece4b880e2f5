import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../shared/model/instant.ts';
import type { SimAccount } from '../../sim/account.ts';
import { createTable, tagTable } from '../../sim/console/tables.ts';
import { DAILY, deploy } from '../support/deployment.ts';

const about = (account: SimAccount) =>
  account.inbox.messages.filter(({ message }) => message.includes('policy-tag-unclear/basket'));

const deployed = async (tags: Readonly<Record<string, string>>) => {
  const t = await deploy({ startAt: '2026-03-02T02:02:00Z', policies: DAILY });
  const createdAt = t.clock.now() - DAY_MS;
  createTable(t.account, { name: 'orders', tags: { 'backup:policy': 'standard' }, createdAt });
  createTable(t.account, { name: 'scratch', createdAt });
  createTable(t.account, { name: 'basket', tags, createdAt });
  await t.clock.advanceBy(HOUR_MS);
  await t.run('audit');
  return t;
};

describe('a table whose tag is only nearly the policy tag', () => {
  it.each(['Backup:Policy', 'backup:policy ', 'backup-policy', 'backup:Policy', 'policy'])(
    'is reported by name although nothing ever protected it: "%s"',
    async (key) => {
      const { account } = await deployed({ [key]: 'standard' });
      const [mail] = about(account);
      expect(mail?.message).toContain('basket is not backed up');
      expect(mail?.message).toContain(`"${key}" = "standard"`);
    },
  );

  it.each([
    { what: 'wants no backup anyway', tags: { 'Backup:Policy': 'none' } },
    { what: 'carries the right key beside it', tags: { 'Backup:Policy': 'x', 'backup:policy': 'none' } },
    { what: 'carries other tags', tags: { team: 'carts', 'cost:policy-number': '7' } },
  ])('is not what one is that $what', async ({ tags }) => {
    const { account } = await deployed(tags);
    expect(about(account)).toEqual([]);
  });

  it('is resolved when it carries the right key', async () => {
    const t = await deployed({ 'Backup:Policy': 'standard' });
    tagTable(t.account, 'basket', { 'backup:policy': 'standard' });
    await t.run('protect');
    await t.clock.advanceBy(6 * HOUR_MS);
    await t.run('audit');
    expect(about(t.account).at(-1)?.subject).toContain('1 resolved');
  });
});
