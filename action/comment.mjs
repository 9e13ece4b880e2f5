// Comments on a pull request what its edit of the policy file changes. It needs nothing but Node, and Tablekeeper as a command.
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { editText, goneText, MARK, mistakesText } from './text.mjs';

const run = promisify(execFile);

const INVALID = 2;
const MOST_BYTES = 100_000_000;

/** Actions get their inputs as `INPUT_NAME`. */
const input = (name, usual = '') => process.env[`INPUT_${name.toUpperCase()}`]?.trim() || usual;

const settings = () => ({
  file: input('file', 'policies.yml'),
  command: input('command', 'npx tablekeeper'),
  terms: [
    '--for',
    `${input('days', '400')}d`,
    '--size',
    input('size', '100GB'),
    '--region',
    input('region', 'us-east-1'),
  ],
  token: input('token'),
  api: process.env.GITHUB_API_URL ?? 'https://api.github.com',
  repository: process.env.GITHUB_REPOSITORY ?? '',
});

const request = async (
  { api, token },
  path,
  { method = 'GET', accept = 'application/vnd.github+json', body } = {},
) => {
  const response = await fetch(`${api}${path}`, {
    method,
    headers: { accept, authorization: `Bearer ${token}`, 'x-github-api-version': '2022-11-28' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  if (response.ok || response.status === 404) return response;
  throw new Error(`${method} ${path} answered ${response.status}: ${(await response.text()).slice(0, 300)}`);
};

/** The file as it is where the pull request goes to; undefined where it has none. */
const fileAt = async (given, ref) => {
  const path = given.file.split('/').map(encodeURIComponent).join('/');
  const accept = 'application/vnd.github.raw+json';
  const response = await request(
    given,
    `/repos/${given.repository}/contents/${path}?ref=${encodeURIComponent(ref)}`,
    { accept },
  );
  return response.status === 404 ? undefined : await response.text();
};

/** Runs Tablekeeper. It ends with 2 for a file with mistakes, and says them in its document. */
const tablekeeper = async ({ command }, argv) => {
  const [program, ...first] = command.split(' ').filter((word) => word !== '');
  try {
    const { stdout } = await run(program, [...first, ...argv, '--json'], { maxBuffer: MOST_BYTES });
    return JSON.parse(stdout);
  } catch (error) {
    if (error.code !== INVALID) throw error;
    return JSON.parse(error.stdout);
  }
};

/** What stands beside a file that is the first, or the first without mistakes: everything in it is new. */
const EMPTY = 'policies: {}\n';

/** Whether there is a file to compare with: `first`: none · `mistaken`: it has mistakes, so nothing of it is deployed. */
const standingOf = async (given, before, path) => {
  await writeFile(path, before ?? EMPTY);
  if (before === undefined) return 'first';
  return (await tablekeeper(given, ['validate', path])).errors === undefined ? 'compared' : 'mistaken';
};

const simulated = async (given, files) => {
  const document = await tablekeeper(given, ['simulate', ...files, ...given.terms]);
  if (document.errors !== undefined)
    throw new Error(document.errors.map(({ message }) => message).join('\n'));
  return document;
};

const compare = async (given, before, formerly) => {
  const folder = await mkdtemp(join(tmpdir(), 'tablekeeper-action-'));
  const other = join(folder, 'before.yml');
  try {
    const now = await tablekeeper(given, ['validate', given.file]);
    if (now.errors !== undefined) return { isValid: false, text: mistakesText(given.file, now.errors) };
    const standing = await standingOf(given, before, other);
    const files = standing === 'compared' ? [other, '--with', given.file] : [given.file];
    const document = await simulated(given, files);
    return { isValid: true, text: editText(given.file, standing, document, formerly) };
  } finally {
    await rm(folder, { recursive: true });
  }
};

const PAGE = 100;

/** The file as the pull request leaves it; undefined where there is none. */
const fileNow = async (file) => {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
};

/** GitHub lists no more files of a pull request. */
const MOST_PAGES = 30;

/** What the file is called now, where GitHub takes another one for it. */
const renamedTo = async (given, number) => {
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const path = `/repos/${given.repository}/pulls/${number}/files?per_page=${PAGE}&page=${page}`;
    const response = await request(given, path);
    const files = response.ok ? await response.json() : [];
    const found = files.find(({ previous_filename: former }) => former === given.file);
    if (found !== undefined) return found.filename;
    if (files.length < PAGE) return undefined;
  }
  return undefined;
};

/** The names of the policies of a file; none of one with mistakes. */
const policiesIn = async (given, text) => {
  const folder = await mkdtemp(join(tmpdir(), 'tablekeeper-action-'));
  try {
    const file = join(folder, 'before.yml');
    await writeFile(file, text);
    const { policies = [] } = await tablekeeper(given, ['validate', file]);
    return policies.map(({ name }) => name);
  } finally {
    await rm(folder, { recursive: true });
  }
};

/** What to say of a file that is not where it was. It fails the check in either case: until something else names the new place, nothing can be deployed. */
const moved = async (given, number, before) => {
  const file = await renamedTo(given, number);
  const now = file === undefined ? undefined : await fileNow(file);
  if (now === undefined)
    return { isValid: false, text: goneText(given.file, await policiesIn(given, before)) };
  const { text } = await compare({ ...given, file }, before, given.file);
  return { isValid: false, text };
};

/** The comment of an earlier push; a person may have written the mark as well, but not as the same kind of user. */
const earlierComment = async (given, number) => {
  for (let page = 1; ; page += 1) {
    const response = await request(
      given,
      `/repos/${given.repository}/issues/${number}/comments?per_page=${PAGE}&page=${page}`,
    );
    const comments = await response.json();
    const found = comments.find(({ body, user }) => body?.startsWith(MARK) && user?.type === 'Bot');
    if (found !== undefined || comments.length < PAGE) return found;
  }
};

const say = async (given, number, body) => {
  const before = await earlierComment(given, number);
  if (before?.body === body) return;
  const issues = `/repos/${given.repository}/issues`;
  const [method, path] =
    before === undefined
      ? ['POST', `${issues}/${number}/comments`]
      : ['PATCH', `${issues}/comments/${before.id}`];
  const response = await request(given, path, { method, body: { body } });
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}`);
};

const main = async () => {
  const { pull_request: pull } = JSON.parse(await readFile(process.env.GITHUB_EVENT_PATH ?? '', 'utf8'));
  if (pull === undefined) return 'This event is no pull request: nothing to comment on.';
  const given = settings();
  const [before, now] = [await fileAt(given, pull.base.sha), await fileNow(given.file)];
  if (before === now) return `${given.file} is as it was: nothing to comment on.`;
  const { isValid, text } =
    now === undefined ? await moved(given, pull.number, before) : await compare(given, before);
  await say(given, pull.number, text);
  if (!isValid) process.exitCode = 1;
  return text;
};

try {
  process.stdout.write(`${await main()}\n`);
} catch (error) {
  const message = String(error.message).replaceAll('%', '%25').replaceAll('\r', '%0D');
  process.stderr.write(`::error::${message.replaceAll('\n', '%0A')}\n`);
  process.exitCode = 1;
}
