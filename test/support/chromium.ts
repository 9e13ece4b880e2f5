import { existsSync } from 'node:fs';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

/** Where Debian, its headless build and other systems have it. */
const PLACES: readonly string[] = [
  ...['/usr/bin/chromium', '/usr/bin/chromium-headless-shell', '/usr/bin/chromium-browser'],
  '/usr/bin/google-chrome',
];

/** Nothing of the browser's own leaves the machine. */
const ARGUMENTS = [
  ...['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
  ...['--disable-sync', '--no-first-run'],
];

/** Finds the Chromium of this machine; undefined where there is none. */
export const chromiumPath = (): string | undefined => PLACES.find((path) => existsSync(path));

/** Starts the Chromium of this machine. Throws where there is none. */
export const startChromium = async (): Promise<Browser> => {
  const executablePath = chromiumPath();
  if (executablePath === undefined)
    throw new Error(`no Chromium: looked at ${PLACES.join(', ')}. On Debian: apt-get install chromium`);
  return await chromium.launch({ executablePath, args: ARGUMENTS });
};

/** A page that was opened from a file, and everything that it should not have done. */
export interface Opened {
  readonly page: Page;
  /** Words on the console, errors, and requests for anything but the file itself. */
  readonly misdeeds: readonly string[];
  close(): Promise<void>;
}

/** Opens a file without a network. */
export const openFile = async (
  browser: Browser,
  file: string,
  options: BrowserContextOptions = {},
): Promise<Opened> => {
  const context = await browser.newContext({
    offline: true,
    viewport: { width: 1400, height: 900 },
    ...options,
  });
  const page = await context.newPage();
  const url = `file://${file}`;
  const misdeeds: string[] = [];
  page.on('console', (message) => misdeeds.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => misdeeds.push(`error: ${error.message}`));
  page.on('request', (request) => {
    if (!request.url().startsWith(url)) misdeeds.push(`request: ${request.url()}`);
  });
  await page.goto(url);
  return { page, misdeeds, close: () => context.close() };
};
