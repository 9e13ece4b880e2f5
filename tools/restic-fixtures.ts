/**
 * Writes test/fixtures/restic/*.json: what restic's own `forget` keeps of made-up histories, and why. The tests read only the files; run
 * this again when a history is added: `node tools/restic-fixtures.ts`, or with the names of histories for those alone. It needs restic
 * 0.18 or newer (0.14 does not keep the oldest snapshot while a count is not used up) on the PATH or named by RESTIC, takes about five
 * minutes, and writes the same every time: the random timestamps come from a seed.
 *
 * restic reads the zone from TZ and stores each snapshot's time with its offset. `--time` cannot say which of two equal local times is
 * meant, so snapshots are made under a fixed zone of the same offset; `forget` then runs under the zone itself.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

type Rules = Readonly<Record<string, number | string>>;

interface History {
  readonly name: string;
  readonly about: string;
  readonly zone: string;
  readonly times: readonly number[];
  readonly rules: readonly Rules[];
}

const RESTIC = process.env.RESTIC ?? 'restic';
const FOLDER = join(import.meta.dirname, '../test/fixtures/restic');
const MINUTE_MS = 60_000;

/** `count` random whole seconds from one day to another; the seed is in the dates, so that a history never changes. */
const spread = (from: string, to: string, count: number): readonly number[] => {
  const [start, end] = [Date.parse(from), Date.parse(to)];
  let state = (start / 1000 + count) >>> 0;
  const random = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  return Array.from({ length: count }, () => start + Math.floor((random() * (end - start)) / 1000) * 1000);
};

const every = (minutes: number, from: string, count: number): readonly number[] =>
  Array.from({ length: count }, (_, index) => Date.parse(from) + index * minutes * MINUTE_MS);

const at = (...times: readonly string[]): readonly number[] => times.map((time) => Date.parse(time));

const EACH: readonly Rules[] = [
  { last: 3 },
  { hourly: 5 },
  { daily: 4 },
  { weekly: 3 },
  { monthly: 4 },
  { yearly: 3 },
];
const TIERS: Rules = { last: 3, within: '48h', daily: 7, weekly: 4, monthly: 12 };
const LONG: Rules = { daily: 5, weekly: 4, monthly: 6, yearly: 75 };
const NIGHT: readonly Rules[] = [
  { hourly: 4 },
  { hourly: 9, last: 1 },
  { daily: 2 },
  { within: '5h' },
  { within: '1d', hourly: 2 },
];
const BACK: readonly Rules[] = [
  { within: '2d' },
  { within: '2d1h' },
  { within: '1d23h', last: 2 },
  { within: '48h' },
];

const HISTORIES: readonly History[] = [
  {
    name: 'utc-three-months',
    about: 'random times over three months',
    zone: 'UTC',
    times: spread('2026-06-10', '2026-09-12', 30),
    rules: [...EACH, TIERS, LONG, { within: '1m', weekly: 2 }],
  },
  {
    name: 'sao-paulo-twelve-years',
    about: 'random times over twelve years, with clock changes at midnight until 2019',
    zone: 'America/Sao_Paulo',
    times: [
      ...spread('2013-03-01', '2016-02-20', 12),
      ...spread('2018-01-01', '2020-03-01', 10),
      ...spread('2024-05-01', '2025-01-20', 8),
    ],
    rules: [...EACH, LONG, { within: '7y6m', yearly: 4 }, { monthly: 12, yearly: 7 }],
  },
  {
    name: 'kathmandu-fourteen-months',
    about: 'an offset of 5:45 and gaps of weeks',
    zone: 'Asia/Kathmandu',
    times: [...spread('2025-01-05', '2025-03-20', 12), ...spread('2025-09-01', '2026-03-10', 13)],
    rules: [{ daily: 20 }, { weekly: 9 }, { monthly: 5, daily: 2 }, TIERS, LONG, { within: '6m' }],
  },
  {
    name: 'berlin-spring-night',
    about: 'every 20 minutes across the hour that does not exist',
    zone: 'Europe/Berlin',
    times: every(20, '2026-03-28T21:10:00Z', 21),
    rules: NIGHT,
  },
  {
    name: 'berlin-autumn-night',
    about: 'every 20 minutes across the hour that comes twice',
    zone: 'Europe/Berlin',
    times: every(20, '2025-10-25T21:10:00Z', 21),
    rules: NIGHT,
  },
  {
    name: 'new-york-autumn-night',
    about: 'every 25 minutes across the hour that comes twice, west of Greenwich',
    zone: 'America/New_York',
    times: every(25, '2025-11-02T02:05:00Z', 18),
    rules: NIGHT,
  },
  {
    name: 'lord-howe-autumn-night',
    about: 'every 15 minutes across a clock change of half an hour',
    zone: 'Australia/Lord_Howe',
    times: every(15, '2026-04-04T12:50:00Z', 18),
    rules: NIGHT,
  },
  {
    name: 'berlin-within-to-missing-time',
    about: 'two days before the newest is a local time that does not exist',
    zone: 'Europe/Berlin',
    times: [...every(15, '2026-03-29T00:00:00Z', 11), ...at('2026-03-31T00:30:00Z')],
    rules: BACK,
  },
  {
    name: 'berlin-within-to-repeated-time',
    about: 'two days before the newest is a local time that comes twice',
    zone: 'Europe/Berlin',
    times: [...every(15, '2025-10-25T23:45:00Z', 12), ...at('2025-10-28T01:30:00Z')],
    rules: BACK,
  },
  {
    name: 'new-york-within-to-missing-time',
    about: 'two days before the newest is a local time that does not exist, west of Greenwich',
    zone: 'America/New_York',
    times: [...every(15, '2026-03-08T05:30:00Z', 12), ...at('2026-03-10T06:30:00Z')],
    rules: BACK,
  },
  {
    name: 'new-york-within-to-repeated-time',
    about: 'two days before the newest is a local time that comes twice, west of Greenwich',
    zone: 'America/New_York',
    times: [...every(15, '2025-11-02T04:45:00Z', 12), ...at('2025-11-04T06:30:00Z')],
    rules: BACK,
  },
  {
    name: 'berlin-newest-in-repeated-hour',
    about: 'the newest is in the first pass of the hour that comes twice',
    zone: 'Europe/Berlin',
    times: every(20, '2025-10-25T20:45:00Z', 13),
    rules: [{ within: '2h' }, { within: '1d' }, { hourly: 3, within: '1h' }],
  },
  {
    name: 'new-york-newest-in-repeated-hour',
    about: 'the newest is in the second pass of the hour that comes twice',
    zone: 'America/New_York',
    times: every(20, '2025-11-02T02:35:00Z', 13),
    rules: [{ within: '2h' }, { within: '1d' }, { hourly: 3, within: '1h' }],
  },
  {
    name: 'cairo-within-to-missing-midnight',
    about: 'two days before the newest is a midnight that does not exist',
    zone: 'Africa/Cairo',
    times: [...every(15, '2024-04-25T20:30:00Z', 11), ...at('2024-04-27T21:30:00Z')],
    rules: [...BACK, { daily: 3 }],
  },
  {
    name: 'apia-skipped-day',
    about: 'a calendar without 30 December 2011',
    zone: 'Pacific/Apia',
    times: every(7 * 60, '2011-12-27T15:00:00Z', 20),
    rules: [{ daily: 4 }, { weekly: 2 }, { within: '2d' }, { monthly: 2, daily: 2 }],
  },
  {
    name: 'new-year-iso-weeks',
    about: 'ISO weeks that belong to the neighbouring year, with and without a week 53',
    zone: 'Europe/Vienna',
    times: [2015, 2018, 2020, 2024].flatMap((year) => every(36 * 60, `${year}-12-26T22:30:00Z`, 7)),
    rules: [
      { weekly: 3 },
      { weekly: 6 },
      { weekly: 20 },
      { yearly: 5 },
      { weekly: 5, yearly: 2 },
      { monthly: 3, weekly: 2 },
    ],
  },
  {
    name: 'vienna-month-ends',
    about: 'months that have no such day: one month before 31 March',
    zone: 'Europe/Vienna',
    times: at(
      ...[
        '2026-03-31',
        '2026-03-04',
        '2026-03-03',
        '2026-03-02',
        '2026-02-28',
        '2026-02-27',
        '2026-01-31',
        '2025-03-31',
        '2024-03-01',
        '2024-02-29',
      ].map((day) => `${day}T10:00:00Z`),
    ),
    rules: [
      { within: '1m' },
      { within: '2m' },
      { within: '1y1m' },
      { within: '2y1m' },
      { within: '1m2d', monthly: 4 },
    ],
  },
  {
    name: 'seoul-short-history',
    about: 'fewer snapshots than any rule asks for, all of one day',
    zone: 'Asia/Seoul',
    times: at('2026-11-02T15:10:00Z', '2026-11-02T15:40:00Z', '2026-11-02T22:00:00Z', '2026-11-03T14:50:00Z'),
    rules: [...EACH, TIERS, { daily: 1 }],
  },
  {
    name: 'utc-one-snapshot',
    about: 'a single one',
    zone: 'UTC',
    times: at('2026-11-03T03:00:00Z'),
    rules: [{ last: 1 }, { yearly: 2 }, { within: '1h' }],
  },
];

/** How far local time is ahead of UTC, in whole minutes. */
const offsetMinutes = (zone: string, instant: number): number => {
  const name = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' }).format(instant);
  const [, sign = '+', hours = '0', minutes = '0'] = /GMT([+-])(\d\d):(\d\d)/.exec(name) ?? [];
  return Number(`${sign}1`) * (Number(hours) * 60 + Number(minutes));
};

/** A zone of that offset without clock changes; the names count westwards. */
const fixedZone = (zone: string, offset: number): string =>
  offset === 0 || offset % 60 !== 0 ? zone : `Etc/GMT${offset > 0 ? '-' : '+'}${Math.abs(offset) / 60}`;

const wanted = process.argv.slice(2);
const isWanted = ({ name }: History): boolean => wanted.length === 0 || wanted.includes(name);

const folder = mkdtempSync(join(tmpdir(), 'restic-fixtures-'));

const restic = (zone: string, ...parameters: readonly string[]): string =>
  execFileSync(RESTIC, parameters, {
    cwd: folder,
    encoding: 'utf8',
    env: {
      HOME: folder,
      RESTIC_PASSWORD: 'fixture',
      RESTIC_REPOSITORY: join(folder, 'repository'),
      TZ: zone,
    },
  });

const backUp = (history: History, instant: number): void => {
  const offset = offsetMinutes(history.zone, instant);
  const local = new Date(instant + offset * MINUTE_MS).toISOString().slice(0, 19).replace('T', ' ');
  restic(
    fixedZone(history.zone, offset),
    'backup',
    '--quiet',
    '--host',
    history.name,
    '--time',
    local,
    'source',
  );
};

interface Kept {
  readonly snapshot: { readonly time: string };
  readonly matches: readonly string[];
}

/** What `forget` keeps under these rules: the position in the history, newest first, and restic's reasons. */
const keeps = (history: History, rules: Rules): Readonly<Record<number, readonly string[]>> => {
  const flags = Object.entries(rules).flatMap(([rule, value]) => [`--keep-${rule}`, String(value)]);
  const output = restic(history.zone, 'forget', '--dry-run', '--json', '--host', history.name, ...flags);
  const [group]: readonly { readonly reasons: readonly Kept[] }[] = JSON.parse(output);
  const kept = group?.reasons ?? [];
  return Object.fromEntries(
    kept.map(({ snapshot, matches }) => [history.times.indexOf(Date.parse(snapshot.time)), matches]),
  );
};

const fixture = (history: History): string => {
  const { name, about, zone, rules } = history;
  const times = [...new Set(history.times)].toSorted((one, other) => other - one);
  for (const time of times) backUp(history, time);
  const cases = rules.map((each) =>
    JSON.stringify({ retention: each, keeps: keeps({ ...history, times }, each) }),
  );
  console.log(`${name}: ${times.length} snapshots, ${cases.length} cases`);
  const head = { about, zone, restic: version, times: times.map((time) => new Date(time).toISOString()) };
  return `${JSON.stringify(head).slice(0, -1)},"cases":[\n${cases.join(',\n')}\n]}\n`;
};

const version = /restic (\d+\.\d+\.\d+)/.exec(restic('UTC', 'version'))?.[1] ?? '0.0.0';
if (version.localeCompare('0.18.0', 'en', { numeric: true }) < 0)
  throw new Error(`restic ${version} is too old`);
mkdirSync(join(folder, 'source'));
mkdirSync(FOLDER, { recursive: true });
restic('UTC', 'init');
for (const history of HISTORIES.filter(isWanted))
  writeFileSync(join(FOLDER, `${history.name}.json`), fixture(history));
rmSync(folder, { recursive: true });
