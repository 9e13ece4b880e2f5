import { describe, expect, it } from 'vitest';
import { loadPolicies } from '../../shared/core/policy/load.ts';
import { DAY_MS, HOUR_MS } from '../../shared/model/instant.ts';
import type { Deps } from '../../shared/run/deps.ts';
import { noteRun } from '../../shared/run/run-notes.ts';
import { backupsOf } from '../../sim/console/backups.ts';
import { createTable, tagTable } from '../../sim/console/tables.ts';
import { confirmChanges } from '../../tools/confirm-changes.ts';
import { aDeployment, addTable, STANDARD } from '../cli/world.ts';
import { DAILY, type Deployment } from '../support/deployment.ts';

// What a deployment says that it would change, and whether that is what then happens.

const SHORTER = DAILY.replace('daily: 7', 'daily: 3');
const LONGER = DAILY.replace('daily: 7', 'daily: 30');

const withFile = (deployment: Deployment, text: string): Deps => ({
  ...deployment.asPerson,
  policies: loadPolicies(text, 'policies.yml'),
});

interface Wishes {
  readonly isFirst?: boolean;
  readonly yes?: boolean;
  readonly answer?: string;
}

const confirm = async (
  deployment: Deployment,
  text: string,
  { isFirst = false, yes = false, answer }: Wishes = {},
) => {
  const written: string[] = [];
  const asked: string[] = [];
  const ask = (question: string) => {
    asked.push(question);
    return Promise.resolve(answer);
  };
  const going = confirmChanges(withFile(deployment, text), {
    ...{ isFirst, yes },
    write: (line) => written.push(line),
    ...(answer !== undefined && { ask }),
  }).then(
    () => 'deployed',
    (error: Error) => error.message,
  );
  return { end: await deployment.clock.run(going), text: written.join(''), asked: asked.length };
};

/** Functions that ran with that file, and did what it says. */
const running = async (text = DAILY): Promise<Deployment> => {
  const deployment = await aDeployment({ policies: text });
  for (const [mode, name] of [
    ['protect', 'backup'],
    ['expire', 'prune'],
    ['audit', 'audit'],
  ] as const) {
    await deployment.run(mode);
    await deployment.clock.run(noteRun(deployment.asPerson, name, true));
  }
  return deployment;
};

describe('a deployment shows what it will change', () => {
  it('which is nothing by the same file, and it looks at no table for that', async () => {
    const deployment = await running();
    deployment.account.calls.reset();
    const { end, text } = await confirm(deployment, DAILY);
    expect(text).toBe('The policies are those that are deployed: nothing changes for any table.\n');
    expect(end).toBe('deployed');
    expect([...deployment.account.calls.byOperation.keys()]).toEqual(['Query']);
  });

  it('the recovery points that would expire, which nobody agreed to', async () => {
    const deployment = await running();
    const { end, text } = await confirm(deployment, SHORTER);
    expect(text).toMatchInlineSnapshot(`
      "This deployment: 7 recovery points would expire over the next 7 days (8.4 GB), sooner than by the deployed policies.
        orders: 7 recovery points of 2026-03-04 03:02Z to 2026-03-10 03:02Z
        The guardrail would hold back what may go at once, until someone approves it.
      Once all rules are full it costs $0.60 a month, $1.08 by the deployed policies (public price tables, not read from AWS, 2026-11-29). What it costs month by month:
        npx tablekeeper cost --region us-east-1
      "
    `);
    expect(end).toMatchInlineSnapshot(
      `"nobody is there to agree to that, and nothing was deployed. Change policies.yml, or add --yes to the options that you deploy with."`,
    );
  });

  it.each([
    { name: 'an answer', wishes: { answer: 'y' }, end: 'deployed', asked: 1 },
    { name: 'another answer', wishes: { answer: '' }, end: 'nothing was deployed', asked: 1 },
    { name: '--yes', wishes: { yes: true }, end: 'deployed', asked: 0 },
    { name: '--yes at a terminal', wishes: { yes: true, answer: 'n' }, end: 'deployed', asked: 0 },
  ])('and $name decides', async ({ wishes, end, asked }) => {
    const went = await confirm(await running(), SHORTER, wishes);
    expect(went.end).toContain(end);
    expect(went.asked).toBe(asked);
  });

  it('the tables that begin and cease to be governed, without asking where nothing expires', async () => {
    const both = DAILY.replace(
      'policies:',
      'policies:\n  gone: { schedule: "0 5 * * *", retention: { daily: 30 } }',
    );
    const deployment = await aDeployment({ policies: both });
    createTable(deployment.account, { name: 'waits', tags: { 'backup:policy': 'soon' } });
    createTable(deployment.account, { name: 'leaves', tags: { 'backup:policy': 'gone' } });
    await deployment.clock.run(noteRun(deployment.asPerson, 'prune', true));
    const { end, text, asked } = await confirm(deployment, both.replace('gone:', 'soon:'), { answer: 'n' });
    expect(text).toMatchInlineSnapshot(`
      "This deployment: 1 table newly governed, 1 table no longer governed, 0 recovery points would expire over the next 7 days, and 10 more as before.
        newly governed: waits
        no longer governed: leaves
      Once all rules are full it costs at least $1.08 a month, at least $1.08 by the deployed policies (public price tables, not read from AWS, 2026-11-29). Not known, and in no sum: the size of leaves, the size of waits. What it costs month by month:
        npx tablekeeper cost --region us-east-1
      "
    `);
    expect({ end, asked }).toEqual({ end: 'deployed', asked: 0 });
  });

  it('for a longer retention nothing, though some expire by the deployed one', async () => {
    const { end, text } = await confirm(await running(), LONGER);
    expect(text).toContain('This deployment: 0 recovery points would expire over the next 7 days.\n');
    expect(text).toContain('it costs $3.84 a month, $1.08 by the deployed policies');
    expect(end).toBe('deployed');
  });

  it('nothing for what a hold keeps', async () => {
    const deployment = await running();
    tagTable(deployment.account, 'orders', { ...STANDARD, 'backup:hold': 'true' });
    const { end, text } = await confirm(deployment, SHORTER);
    expect(text).toContain(' 0 recovery points would expire');
    expect(end).toBe('deployed');
  });
});

describe('what is announced is what goes', () => {
  it.each([
    { name: 'fewer days', text: SHORTER },
    { name: 'weeks in place of days', text: DAILY.replace('daily: 7', 'last: 2, weekly: 4') },
    { name: 'a schedule twice a day', text: DAILY.replace('0 3 * * *', '0 3,15 * * *') },
  ])('$name', async ({ text }) => {
    const deployment = await running();
    const present = backupsOf(deployment.account, 'orders').map(({ arn }) => arn);
    expect(present).toHaveLength(7);
    const { text: said } = await confirm(deployment, text, { yes: true });
    const [, shown = ''] = /(\d+) recovery points? .*would expire/.exec(said) ?? [];
    const [, anyway = '0'] = /and (\d+) more as before/.exec(said) ?? [];
    const policies = `guardrail: { maxShare: 1 }${text}`;
    for (let half = 0; half < 14; half += 1) {
      await deployment.run('protect', { policies });
      await deployment.clock.advanceBy(HOUR_MS);
      await deployment.run('expire', { policies });
      await deployment.clock.advanceBy(DAY_MS / 2 - HOUR_MS);
    }
    await deployment.run('expire', { policies });
    const left = new Set(backupsOf(deployment.account, 'orders').map(({ arn }) => arn));
    const gone = present.filter((arn) => !left.has(arn)).length;
    expect(Number(shown) + Number(anyway)).toBe(gone);
  });
});

describe('what cannot be looked at is no agreement', () => {
  it.each(['GetResources', 'ListBackups', 'Query'])('%s', async (operation) => {
    const deployment = await running();
    deployment.account.faults.add({ operation, kind: 'access-denied' });
    const { end, text } = await confirm(deployment, SHORTER);
    expect(text).toMatch(/^What this deployment would change for tables could not be looked at: /);
    expect(end).toContain('nothing was deployed');
  });

  it('but the first deployment has no state table, and that is no fault', async () => {
    const deployment = await aDeployment();
    const { account } = deployment;
    account.faults.add({ operation: 'Query', kind: 'access-denied' });
    addTable(deployment, 'fresh', 0);
    const other = { ...deployment, asPerson: { ...deployment.asPerson, instance: 'other' } };
    const { end, text } = await confirm(other, DAILY, { isFirst: true });
    expect(text).toMatchInlineSnapshot(`
      "This deployment: 2 tables newly governed, 0 recovery points would expire over the next 7 days.
        newly governed: fresh, orders
      What it costs once all rules are full is not known (public price tables, not read from AWS, 2026-11-29). Not known, and in no sum: the size of fresh, the size of orders. What it costs month by month:
        npx tablekeeper cost --region us-east-1 --instance other
      "
    `);
    expect(end).toBe('deployed');
  });

  it('where the deployed version wrote no policies down, all that expires is asked about', async () => {
    const deployment = await aDeployment();
    const { end, text } = await confirm(deployment, DAILY);
    expect(text).toContain('1 table newly governed');
    expect(text).toMatch(/\d+ recovery points would expire/);
    expect(end).toContain('nothing was deployed');
  });
});
