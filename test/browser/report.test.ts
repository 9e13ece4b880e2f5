import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { openFile, startChromium } from '../support/chromium.ts';
import { PAGE_POLICIES, pageEstate } from '../support/page-estate.ts';
import { pageOfDeployment } from '../support/page-of.ts';

const folder = mkdtempSync(join(tmpdir(), 'tablekeeper-browser-'));
const fileOf = (tables: number): string => join(folder, `${tables}.html`);

let browser: Browser;

beforeAll(async () => {
  browser = await startChromium();
  for (const tables of [100, 1000])
    writeFileSync(fileOf(tables), await pageOfDeployment(await pageEstate(tables), PAGE_POLICIES));
}, 180_000);

afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true });
});

/** What the browser itself is asked: its types are not those of Node. */
const IS_WIDER = 'document.documentElement.scrollWidth > innerWidth';
const COUNT_DRAWN = `new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(
  [...document.querySelectorAll('#tables-table tbody tr:first-child')].filter((row) => row.checkVisibility({ contentVisibilityAuto: true })).length
))))`;

/** Opens the page of 100 tables. It does nothing that it should not, whatever a test does with it. */
const opened = async (options: BrowserContextOptions = {}, tables = 100): Promise<Page> => {
  const { page, misdeeds, close } = await openFile(browser, fileOf(tables), options);
  onTestFinished(async () => {
    await close();
    expect(misdeeds).toEqual([]);
  });
  return page;
};

const tablesOf = (page: Page) => page.locator('#tables-table tbody:visible');
const namesOf = (page: Page): Promise<readonly string[]> =>
  page.locator('#tables-table tbody:visible tr:first-child th button').allTextContents();
const controlsOf = (page: Page) => page.getByRole('group', { name: 'Filter tables' });
const headOf = (page: Page, name: string) =>
  page.locator('#tables-table thead').getByRole('button', { name, exact: true });
const rowOf = (page: Page, table: string) =>
  page.locator('#tables-table').getByRole('button', { name: table, exact: true });

describe('the page of 100 tables', () => {
  it('shows all of them, worst first, with nothing opened', async () => {
    const page = await opened();
    const names = await namesOf(page);
    expect(names).toHaveLength(100);
    expect(names[0]).toBe('typo');
    expect(await page.locator('#tables-table .d:visible').count()).toBe(0);
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toMatch(
      /^\d+ of 100 tables need attention\.$/,
    );
  });

  it('sorts by a column, and back, and says so', async () => {
    const page = await opened();
    await headOf(page, 'Table').click();
    const up = await namesOf(page);
    expect(up).toEqual(up.toSorted());
    expect(await page.locator('#tables-table th[aria-sort]').getAttribute('aria-sort')).toBe('ascending');
    await headOf(page, 'Table').click();
    expect(await namesOf(page)).toEqual(up.toReversed());
    await headOf(page, 'Points').click();
    const counts = (await page.locator('#tables-table td.n').allTextContents()).map(Number);
    expect(counts).toEqual(counts.toSorted((a, b) => a - b));
  });

  it('filters by words, state and policy, together, and says how many are left', async () => {
    const page = await opened();
    const controls = controlsOf(page);
    await controls.getByLabel('Filter').fill('invoices');
    expect(await namesOf(page)).toHaveLength(10);
    expect(await controls.getByRole('status').textContent()).toBe('10 of 100 shown');
    await controls.getByLabel('Policy').selectOption('standard');
    expect(await namesOf(page)).toEqual([]);
    await controls.getByLabel('Filter').fill('');
    await controls.getByLabel('Policy').selectOption('');
    await controls.getByLabel('State').selectOption('unprotected');
    expect(await namesOf(page)).toEqual(['typo']);
    await controls.getByLabel('State').selectOption('');
    expect(await controls.getByRole('status').textContent()).toBe('100 shown');
  });

  it('is worked with the keyboard alone', async () => {
    const page = await opened();
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the tables');
    await page.keyboard.press('Enter');
    for (let presses = 0; presses < 12; presses += 1) {
      await page.keyboard.press('Tab');
      if ((await page.evaluate('document.activeElement.textContent')) === 'typo') break;
    }
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    const focused = await page.evaluate("document.activeElement.getAttribute('aria-expanded')");
    expect(focused).toBe('true');
    expect(await page.locator('#tables-table .d:visible').count()).toBe(1);
    await page.keyboard.press('Space');
    expect(await page.locator('#tables-table .d:visible').count()).toBe(0);
  });

  it('gives the command for the second that somebody picks, and copies it', async () => {
    const page = await opened({ permissions: ['clipboard-read', 'clipboard-write'] });
    await rowOf(page, 'orders-0').click();
    const detail = page.locator('tbody.open');
    await detail.getByLabel('The second to go back to').fill('2026-11-19T08:30:05');
    const command = 'npx tablekeeper restore orders-0 --at 2026-11-19T08:30:05Z --region us-east-1';
    expect(await detail.locator('code.at').textContent()).toBe(command);
    await detail.locator('code.at + button').click();
    await detail.locator('code.at + button', { hasText: 'Copied' }).waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(command);
  });

  it('leads from a table to its findings, also where a filter hides them', async () => {
    const page = await opened();
    await page.getByRole('group', { name: 'Filter findings' }).getByLabel('Filter').fill('nothing has this');
    await rowOf(page, 'carts-1').click();
    await page.locator('tbody.open').getByRole('link').first().click();
    const finding = page.locator('#findings-table tbody.open');
    // The browser says where a link led to only once it has gone there.
    await finding.waitFor({ state: 'visible' });
    expect(await finding.textContent()).toContain('carts-1');
  });

  it('is a table with heads and cells to a screen reader, and each bar has its text', async () => {
    const page = await opened();
    const session = await page.context().newCDPSession(page);
    const { nodes } = await session.send('Accessibility.getFullAXTree');
    const inTables = nodes.filter(({ ignored }) => !ignored).map(({ role }) => role?.value);
    const counted = (role: string): number => inTables.filter((one) => one === role).length;
    expect(counted('table')).toBe(2);
    expect(counted('row')).toBeGreaterThanOrEqual(100);
    expect(counted('rowheader')).toBeGreaterThanOrEqual(100);
    expect(counted('columnheader')).toBeGreaterThanOrEqual(10);
    const bars = nodes
      .filter(({ role }) => role?.value === 'image')
      .map(({ name }) => String(name?.value ?? ''));
    expect(bars).toHaveLength(100);
    for (const text of bars) expect(text).toMatch(/recovery point/i);
  });

  it.each(['light', 'dark'] as const)('can be read when it is %s', async (colorScheme) => {
    const page = await opened({ colorScheme });
    const colourOf = async (name: string): Promise<number> => {
      const text = String(await page.evaluate(`getComputedStyle(document.body)['${name}']`));
      return (text.match(/\d+/g) ?? []).slice(0, 3).reduce((sum, part) => sum + Number(part), 0);
    };
    const [paper, ink] = [await colourOf('backgroundColor'), await colourOf('color')];
    expect(colorScheme === 'dark' ? ink - paper : paper - ink).toBeGreaterThan(450);
  });

  it('fits a telephone', async () => {
    const page = await opened({ viewport: { width: 390, height: 800 } });
    expect(await page.evaluate(IS_WIDER)).toBe(false);
    await rowOf(page, 'ledger').click();
    expect(await page.evaluate(IS_WIDER)).toBe(false);
  });

  it('prints with everything open, and without what only a screen needs', async () => {
    const page = await opened();
    await page.emulateMedia({ media: 'print' });
    await page.evaluate("dispatchEvent(new Event('beforeprint'))");
    expect(await page.locator('#tables-table .d:visible').count()).toBe(100);
    expect(await page.locator('.controls:visible, nav:visible').count()).toBe(0);
    expect(await page.locator('details:not([open])').count()).toBe(0);
    const pdf = await page.pdf({ format: 'A4', landscape: true });
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect((pdf.toString('latin1').match(/\/Type ?\/Page\b/g) ?? []).length).toBeGreaterThan(20);
  });

  it('prints what a filter left, and says how much that is', async () => {
    const page = await opened();
    await controlsOf(page).getByLabel('Filter').fill('invoices');
    await page.emulateMedia({ media: 'print' });
    await page.evaluate("dispatchEvent(new Event('beforeprint'))");
    expect(await namesOf(page)).toHaveLength(10);
    expect(await controlsOf(page).getByRole('status').isVisible()).toBe(true);
    expect(await controlsOf(page).getByRole('status').textContent()).toBe('10 of 100 shown');
  });

  it('shows everything where scripts are off', async () => {
    const page = await opened({ javaScriptEnabled: false });
    expect(await page.locator('#tables-table .d:visible').count()).toBe(100);
    expect(await page.locator('.controls:visible').count()).toBe(0);
  });
});

describe('the page of 1,000 tables', () => {
  it('is small', () => {
    expect(statSync(fileOf(100)).size).toBeLessThan(1_000_000);
    expect(statSync(fileOf(1000)).size).toBeLessThan(5_000_000);
  });

  it('lays out what is seen and no more: that is most of what opening takes', async () => {
    const page = await opened({}, 1000);
    await page.locator('#t500').scrollIntoViewIfNeeded();
    await page.locator('#t500 .bar').waitFor({ state: 'visible' });
    const drawn = Number(await page.evaluate(COUNT_DRAWN));
    expect(drawn).toBeGreaterThan(3);
    expect(drawn).toBeLessThan(150);
    const elements = Number(await page.evaluate("document.getElementsByTagName('*').length"));
    expect(elements / 1000).toBeLessThan(70);
  });

  it('filters and sorts all of them', async () => {
    const page = await opened({}, 1000);
    await controlsOf(page).getByLabel('Filter').fill('orders-42');
    expect(await namesOf(page)).toEqual(['orders-42']);
    await controlsOf(page).getByLabel('Filter').fill('');
    await headOf(page, 'Table').click();
    expect((await namesOf(page)).length).toBe(1000);
    expect(await tablesOf(page).first().textContent()).toContain('archive');
  });
});
