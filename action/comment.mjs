// Comments on a pull request what its edit of the policy file changes. It needs nothing but Node, and Tablekeeper as a command.
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** By this the comment of an earlier push is found again. */
const MARK = '<!-- tablekeeper policies -->';

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

const DAY_MS = 86_400_000;

/** Only names and numbers of Tablekeeper's own come here, and mistakes, which quote the file. */
const inCode = (text) => `\`${String(text).replaceAll(/[`\r\n|]/g, ' ')}\``;

const usd = ({ usd: amount, lacks = [] } = {}) => {
  if (amount === undefined) return 'not known';
  return `${lacks.length > 0 ? 'at least ' : ''}$${amount.toFixed(2)}`;
};

const days = (ms) => {
  const rounded = Math.round((10 * ms) / DAY_MS) / 10;
  return `${rounded} ${rounded === 1 ? 'day' : 'days'}`;
};

const loss = ({ lossMs, worst }) => {
  if (worst === 'not-reached') return 'everything';
  return worst === 'any-second' ? 'the last 5 minutes at most' : days(lossMs);
};

const AGES = [0, 1, 7, 30, 90, 180, 365, 730].map((age) => age * DAY_MS);

const lossAt = (reach, age) => {
  const band = reach.find(({ fromMs, toMs }) => fromMs <= age && age < toMs);
  return band === undefined ? '-' : loss(band);
};

/** What one file makes of a policy, as rows of a name and a value. */
const factsOf = ({ days: ends, months, reach = [], reachesBack } = {}) => {
  const end = ends?.at(-1);
  if (end === undefined) return new Map();
  const dearest = months.toSorted((a, b) => (b.onTheFirst.usd ?? 0) - (a.onTheFirst.usd ?? 0))[0];
  return new Map([
    ['recovery points at the end', String(end.points)],
    ['copies elsewhere at the end', String(end.copies)],
    ['reaches back at least', days(reachesBack.leastMs)],
    ...AGES.map((age) => [`a mistake of ${days(age)} ago loses`, lossAt(reach, age)]),
    ['a month at the end', usd(end.monthly)],
    ['charged at once on a first of a month, at most', usd(dearest?.onTheFirst)],
  ]);
};

const rowsOf = ({ files: [before, after] }) => {
  const [old, now] = [factsOf(before), factsOf(after)];
  const names = new Set([...old.keys(), ...now.keys()]);
  return [...names].map((name) => [name, old.get(name) ?? '-', now.get(name) ?? '-']);
};

const differs = ([, before, after]) => before !== after;

const tableOf = (simulation) => [
  `**${inCode(simulation.tag)}**`,
  '',
  '| | before | after |',
  '| --- | --- | --- |',
  ...rowsOf(simulation)
    .filter(differs)
    .map((cells) => `| ${cells.join(' | ')} |`),
  '',
];

const termsText = ({ days: count, prices, sizeBytes }) =>
  `For a table of ${sizeBytes / 1e9} GB over ${count} days, by prices of ${prices.region} of ${prices.readAt} (${prices.origin}).`;

const differenceText = (file, document) => {
  const changed = document.simulations.filter((one) => rowsOf(one).some(differs));
  const same = document.simulations.filter((one) => !changed.includes(one)).map(({ tag }) => inCode(tag));
  return [
    MARK,
    `### What this edit of ${inCode(file)} keeps and costs`,
    '',
    ...(changed.length === 0 ? ['It keeps and costs the same.', ''] : changed.flatMap(tableOf)),
    ...(same.length === 0 || changed.length === 0 ? [] : [`The same as before: ${same.join(', ')}.`, '']),
    termsText(document),
  ].join('\n');
};

const mistakesText = (file, errors) =>
  [
    MARK,
    `### ${inCode(file)} has ${errors.length === 1 ? 'a mistake' : `${errors.length} mistakes`}: it cannot be deployed`,
    '',
    ...errors.map(
      ({ fix, line, what }) =>
        `- ${line === undefined ? '' : `line ${line}: `}${inCode(what)} ${inCode(fix)}`,
    ),
  ].join('\n');

/** Without a file before, all of it is new. */
const EMPTY = 'policies: {}\n';

const compare = async (given, before) => {
  const folder = await mkdtemp(join(tmpdir(), 'tablekeeper-action-'));
  const other = join(folder, 'before.yml');
  try {
    const now = await tablekeeper(given, ['validate', given.file]);
    if (now.errors !== undefined) return { isValid: false, text: mistakesText(given.file, now.errors) };
    await writeFile(other, before ?? EMPTY);
    const isFirst = (await tablekeeper(given, ['validate', other])).errors !== undefined;
    const files = isFirst ? [given.file] : [other, '--with', given.file];
    const document = await tablekeeper(given, ['simulate', ...files, ...given.terms]);
    if (document.errors !== undefined)
      throw new Error(document.errors.map(({ message }) => message).join('\n'));
    const simulations = isFirst
      ? document.simulations.map((one) => ({ ...one, files: [undefined, ...one.files] }))
      : document.simulations;
    return { isValid: true, text: differenceText(given.file, { ...document, simulations }) };
  } finally {
    await rm(folder, { recursive: true });
  }
};

const PAGE = 100;

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
  const [before, now] = [await fileAt(given, pull.base.sha), await readFile(given.file, 'utf8')];
  if (before === now) return `${given.file} is as it was: nothing to comment on.`;
  const { isValid, text } = await compare(given, before);
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
