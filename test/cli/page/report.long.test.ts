import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import '../../../shared/run/compose-page.ts';
import { readStatus } from '../../../shared/run/status.ts';
import { createTable, deleteTable } from '../../../sim/console/tables.ts';
import { ATTACKS } from '../../support/attacks.ts';
import { DAILY, type Deployment } from '../../support/deployment.ts';
import { PAGE_POLICIES, pageEstate } from '../../support/page-estate.ts';
import { pageOfDeployment } from '../../support/page-of.ts';
import { aFile, typedIn } from '../typed.ts';
import { aDeployment, addTable, STANDARD } from '../world.ts';

const textIn = (page: string): string =>
  page.replaceAll(/<(?:style|script)>[\s\S]*?<\/(?:style|script)>/g, '');

const reported = async (deployment: Deployment, ...argv: readonly string[]) => {
  const out = join(aFile('', 'x'), '..', 'page.html');
  const { exitCode, stdout, stderr } = await typedIn(deployment, ['report', '--out', out, ...argv]);
  const page = existsSync(out) ? readFileSync(out, 'utf8') : '';
  return { exitCode, stderr, out, page, stdout: stdout.replaceAll(out, 'page.html') };
};

/** The rows of one table; empty where there is none. */
const detailOf = (page: string, table: string): string =>
  page.split('<tbody').find((body) => body.includes(`data-v="${table}"`)) ?? '';

describe('tablekeeper report', () => {
  it('writes a page, says where it is, and ends as status does', async () => {
    const deployment = await aDeployment();
    await deployment.run('audit');
    const { exitCode, stdout, page } = await reported(deployment);
    expect(stdout).toMatchInlineSnapshot(`
      "Tablekeeper prod, account 111122223333, us-east-1, 2026-03-10 05:01Z

      1 table opted in: 1 protected.
      No findings

      The page is in page.html.
      "
    `);
    expect((await typedIn(deployment, ['status'])).exitCode).toBe(exitCode);
    expect(page).toMatch(/^<!doctype html>\n<html lang="en">/);
  });

  it('has a document for programs', async () => {
    const { stdout, page } = await reported(await aDeployment(), '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      command: 'report',
      out: 'page.html',
      bytes: Buffer.byteLength(page),
      tables: { protected: 1 },
    });
  });

  it('offers no newest recovery point where all are of a former table of the name: restore refuses it', async () => {
    const deployment = await aDeployment();
    deleteTable(deployment.account, 'orders');
    await deployment.clock.advanceBy(60_000);
    createTable(deployment.account, { name: 'orders', tags: STANDARD });
    const orders = detailOf((await reported(deployment)).page, 'orders');
    expect(orders).not.toContain('--at latest');
    expect(orders).toMatch(/in a terminal[\s\S]+npx tablekeeper restore orders --region us-east-1/);
  });

  it('counts and prices at its head what deleted tables left as well, as cost does', async () => {
    const deployment = await aDeployment();
    addTable(deployment, 'gone', 3);
    deleteTable(deployment.account, 'gone');
    await deployment.clock.advanceBy(60_000);
    const { now, recoveryPoints } = JSON.parse((await typedIn(deployment, ['cost', '--json'])).stdout);
    const page = textIn((await reported(deployment)).page);
    expect(page).toContain(`${recoveryPoints} recovery points of 16 GB, 3 of them of other tables`);
    expect(page).toContain(`USD ${now.usd.toFixed(2)}, of which USD 0.36 for other tables`);
  });

  it('says to when each table comes back, and with which commands', async () => {
    const { page } = await reported(await aDeployment());
    const orders = detailOf(page, 'orders');
    expect(orders).toMatch(
      /aria-label="Any second from 2026-02-03 05:01 to 2026-03-10 04:56\. 10 recovery points, from 2026-03-01 03:02 to 2026-03-10 03:02: 3 outside of the rules, 7 daily\."/,
    );
    expect(orders).toContain('<code>npx tablekeeper restore orders --at latest --region us-east-1</code>');
    expect(orders).toMatch(
      /<code class="at">npx tablekeeper restore orders --at 2026-03-10T04:56:\d\dZ --region us-east-1<\/code>/,
    );
  });

  it('shows the clocks of a zone, and types moments for it', async () => {
    const { page } = await reported(await aDeployment(), '--tz', 'Asia/Tokyo');
    expect(page).toContain('<time>2026-03-10 14:01</time>. Times without a zone are Asia/Tokyo.');
    expect(detailOf(page, 'orders')).toMatch(
      /--at 2026-03-10T13:56:\d\d --tz Asia\/Tokyo --region us-east-1</,
    );
  });

  it('refuses a zone that is none before it looks', async () => {
    const deployment = await aDeployment();
    deployment.account.calls.reset();
    const { exitCode, stderr, page } = await reported(deployment, '--tz', 'Europe/Zurch');
    expect({ exitCode, page, calls: deployment.account.calls.byOperation.size }).toEqual({
      exitCode: 2,
      page: '',
      calls: 0,
    });
    expect(stderr).toContain('Europe/Zurich');
  });

  it('says where it cannot be written', async () => {
    const { exitCode, stderr } = await typedIn(await aDeployment(), [
      'report',
      '--out',
      '/nowhere/page.html',
    ]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('--out FILE');
  });

  it('says that nothing was ever proved where no policy has a drill, and what all of it costs a month', async () => {
    const deployment = await aDeployment();
    const { page } = await reported(deployment);
    expect(page).toContain('<dt>Restore proved</dt><dd>never: no policy has a drill');
    const { stdout } = await typedIn(deployment, ['cost', '--json']);
    const [, usd = ''] =
      /<dt>Cost a month<\/dt><dd>USD (\S+); by the prices of us-east-1, \d{4}-\d\d-\d\d</.exec(page) ?? [];
    expect(Number(usd)).toBeCloseTo(JSON.parse(stdout).now.usd, 2);
  });

  it('says that a cost is not known, and how to get the prices, where the list has none of the Region', async () => {
    const list = { readAt: '2026-11-29', origin: 'a list of nothing', sources: [], regions: {} };
    const { page } = await reported(await aDeployment(), '--prices', aFile(JSON.stringify(list)));
    expect(textIn(page)).toContain(
      '<dt>Cost a month</dt><dd>not known; by the list of prices of 2026-11-29, which has none of us-east-1; npx tablekeeper prices makes a list',
    );
    expect(textIn(page)).not.toContain('USD 0');
  });
});

describe('a page', () => {
  it('loads nothing and runs nothing but its own', async () => {
    const page = await pageOfDeployment(await aDeployment(), DAILY);
    const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/
      .exec(page)?.[1]
      ?.replaceAll('&#39;', "'");
    const hashOf = (tag: string): string => {
      const text = new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`).exec(page)?.[1] ?? '';
      return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
    };
    expect(policy).toBe(
      `default-src 'none'; style-src ${hashOf('style')}; script-src ${hashOf('script')}; base-uri 'none'; form-action 'none'`,
    );
    expect(textIn(page)).not.toMatch(
      /\s(?:src|href="(?!#)|style|on[a-z]+)=|<(?:link|img|iframe|form|base)\b|url\(|:\/\//i,
    );
    expect(page.match(/<script/g)).toHaveLength(1);
  });

  it.each(ATTACKS)('obeys no stranger: $name', async ({ text }) => {
    const deployment = await aDeployment();
    const tags = { 'backup:policy': `standard+${text}`, 'backup:hold': text, 'backup:mute-until': text };
    createTable(deployment.account, { name: 'haunted', tags });
    createTable(deployment.account, { name: 'plain', tags: { 'backup:policy': text } });
    await deployment.run('audit');
    const body = textIn(await pageOfDeployment(deployment, DAILY));
    expect(body).toContain('haunted');
    expect(body.replaceAll(/[\n\t]/g, '')).not.toMatch(/\p{C}|\p{Zl}|\p{Zp}/u);
    // Nothing but elements, attributes and targets of our own.
    expect(body).not.toMatch(/<(?:script|img|iframe|form|base|link|object|style)\b/i);
    expect(body).not.toMatch(/<[a-z][^>]*\s(?:on[a-z]+|style|src)=/i);
    for (const [, target] of body.matchAll(/href="([^"]*)"/g)) expect(target).toMatch(/^#[a-z0-9]+$/);
  });

  it('grows with the tables and no faster, and stays far below what opens at once', async () => {
    const [few, many] = [await pageEstate(20), await pageEstate(100)];
    const [small, large] = await Promise.all(
      [few, many].map(async (estate) => (await pageOfDeployment(estate, PAGE_POLICIES)).length),
    );
    if (small === undefined || large === undefined) throw new Error('no page');
    expect(large).toBeLessThan(1_000_000);
    const each = (large - small) / 80;
    expect(small + each * 980).toBeLessThan(5_000_000);
  });

  it('says of every table what status says', async () => {
    const estate = await pageEstate(40);
    const page = await pageOfDeployment(estate, PAGE_POLICIES);
    const { tables } = await estate.clock.run(readStatus(estate.asPerson, { live: true }));
    const shown = [
      ...page.matchAll(
        /<tbody data-s="([a-z-]+)" data-p="[^"]*" id="t\d+"><tr><th scope="row" data-v="([^"]+)"/g,
      ),
    ];
    expect(Object.fromEntries(shown.map(([, status, table]) => [table, status]))).toEqual(
      Object.fromEntries(tables.map(({ verdict }) => [verdict.table, verdict.status])),
    );
    expect(tables).toHaveLength(40);
  });

  it('shows every odd state', async () => {
    const page = await pageOfDeployment(await pageEstate(60), PAGE_POLICIES);
    expect(detailOf(page, 'carts-1')).toContain('off, though it is promised');
    expect(detailOf(page, 'carts-1')).toContain('class="owed"');
    expect(detailOf(page, 'sessions-0')).toContain('recovery point');
    expect(detailOf(page, 'carts-2')).toMatch(/class="missing"/);
    expect(detailOf(page, 'invoices-0')).toContain('class="late"');
    expect(detailOf(page, 'reviews-1')).not.toContain('class="missing"');
    expect(detailOf(page, 'shipments-0')).not.toContain('on hold');
    expect(detailOf(page, 'stock-0')).toContain('on hold');
    expect(detailOf(page, 'ledger')).toMatch(/class="copy"/);
    expect(detailOf(page, 'ledger')).toMatch(
      /copies in the vault dr, us-east-1, account 111122223333, policy offsite/,
    );
    expect(detailOf(page, 'ledger')).toContain(
      'npx tablekeeper restore ledger --recovery-point arn:aws:backup:us-east-1:',
    );
    // No policy governs it, so that nobody read its point-in-time recovery: it may well come back.
    expect(detailOf(page, 'typo')).toContain('Nobody looked for anything else here: point-in-time recovery');
    expect(detailOf(page, 'typo')).toContain('npx tablekeeper restore typo');
    expect(page).toMatch(/of 1 table it is not known/);
    expect(page).not.toContain('can be restored.</p><h4>');
    expect(page).toMatch(/<summary>elsewhere<\/summary>/);
  });
});

it('is as whole as it says: what could not be read stands at its head', async () => {
  const deployment = await aDeployment();
  expect(await pageOfDeployment(deployment, DAILY)).not.toContain('Not everything could be read');
  deployment.account.faults.add({ operation: 'DescribeContinuousBackups', kind: 'access-denied' });
  const { exitCode, page } = await reported(deployment);
  expect(page).toMatch(/Not everything could be read[\s\S]+point-in-time recovery of orders: /);
  expect(detailOf(page, 'orders')).toContain('Point-in-time recovery could not be read.');
  expect(exitCode).toBe(1);
});

it('is not written where nothing of the account was seen', async () => {
  const deployment = await aDeployment();
  deployment.account.faults.add({ operation: 'ListBackups', kind: 'access-denied' });
  const { exitCode, page, stderr } = await reported(deployment);
  expect({ exitCode, page }).toEqual({ exitCode: 3, page: '' });
  expect(stderr).toContain('could not look');
});
