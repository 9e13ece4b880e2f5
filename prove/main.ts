import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { refuse, scriptOptions, wholeNumber } from '../tools/script-options.ts';
import { checkAnswersTable, writeAnswersTable } from './answers/write.ts';
import { askRules } from './clock-changes/live.ts';
import { tellClockChange } from './clock-changes/story.ts';
import { writeFaultsTable } from './faults/write.ts';
import { live } from './live.ts';
import { addRare, neverMet, type Rare } from './rare.ts';
import { type Lived, liveSeeds } from './seeds.ts';
import { shrink } from './shrink.ts';
import type { Story } from './story/event.ts';
import { storyText } from './story/story-text.ts';
import { tellStory } from './story/tell.ts';

const { values } = scriptOptions(
  'npm run prove -- [options]: a simulated year of one account from each seed',
  {
    seeds: { type: 'string', default: '1000', value: 'N', says: 'how many seeds' },
    from: { type: 'string', default: '1', value: 'N', says: 'the first of them' },
    days: { type: 'string', default: '365', value: 'N', says: 'how long each is' },
    seed: { type: 'string', value: 'N', says: 'one seed; a failing one is shrunk' },
    story: { type: 'string', value: 'FILE', says: 'a saved story' },
    forger: { type: 'boolean', says: 'with a principal who may only create backups' },
    tagger: { type: 'boolean', says: 'with a principal who may only tag' },
    whole: { type: 'boolean', says: 'do not shrink' },
    'clock-changes': {
      type: 'boolean',
      says: 'each a few days around a clock change, in which nothing else happens',
    },
    'faults-table': { type: 'boolean', says: 'write docs/faults.md' },
    'answers-table': { type: 'boolean', says: 'write docs/odd-answers.md' },
    check: { type: 'boolean', says: 'only compare the table of answers' },
    share: { type: 'string', default: '1', value: 'N', says: 'of that table, compare one operation in N' },
  },
);

/** Set on the command line for every seed; otherwise the seeds decide. */
const principals =
  values.forger || values.tagger ? { forger: values.forger, tagger: values.tagger } : undefined;

const say = (text: string): void => void process.stdout.write(`${text}\n`);

const days = wholeNumber('days', values.days);
const clockChanges = values['clock-changes'];

const storyOf = (seed: number): Story =>
  clockChanges ? tellClockChange(seed) : tellStory(seed, days, principals);

/** What the rules alone, asked without an account, get wrong. */
const rulesHold = (seed: number): boolean => {
  const wrong = clockChanges ? askRules(seed) : [];
  for (const { invariant, what } of wrong) say(`seed ${seed}: ${invariant}: ${what}`);
  return wrong.length === 0;
};

/** From as many on each rare state must be met. */
const STANDARD = { seeds: 300, days: 365 };

const keep = (story: Story): string => {
  const path = join(mkdtempSync(join(tmpdir(), 'prove-')), `seed-${story.seed}.json`);
  writeFileSync(path, JSON.stringify(story, undefined, 1));
  return path;
};

/** Runs one story; if it fails, finds a shorter one that fails the same way and prints how to reproduce it. */
const tell = async (story: Story): Promise<boolean> => {
  const { breaches, runs, calls } = await live(story);
  const [first] = breaches;
  if (first === undefined) {
    say(`seed ${story.seed}: ${runs} runs, ${calls} calls, everything held`);
    return true;
  }
  const short = values.whole ? story : await shrink(story, first);
  say(storyText(short, (await live(short)).breaches));
  say(`\nSee it again: npm run prove -- --whole --story ${keep(short)}`);
  return false;
};

const tellMany = async (): Promise<boolean> => {
  const startedAt = performance.now();
  const failed: Lived[] = [];
  let [seeds, runs, calls] = [0, 0, 0];
  let rare: Rare = {};
  const onLived = (lived: Lived): void => {
    if ((seeds + 1) % 1000 === 0) say(`${seeds + 1} seeds lived, ${failed.length} failed`);
    rare = addRare(rare, lived.rare);
    [seeds, runs, calls] = [seeds + 1, runs + lived.runs, calls + lived.calls];
    const [first] = lived.breaches;
    if (first === undefined) return;
    failed.push(lived);
    say(`seed ${lived.seed} fails: ${first.invariant}: ${first.what}`);
  };
  await liveSeeds({
    from: wholeNumber('from', values.from, 0),
    count: wholeNumber('seeds', values.seeds),
    days,
    principals,
    clockChanges,
    onLived,
  });
  const seconds = (performance.now() - startedAt) / 1000;
  const what = clockChanges ? 'clock changes' : `seeds × ${days} days`;
  say(`${seeds} ${what}: ${runs} runs, ${calls} calls in ${seconds.toFixed(0)} s; ${failed.length} failed`);
  for (const [name, times] of Object.entries(rare))
    say(`${times.toLocaleString('en-US').padStart(12)}  ${name}`);
  const isStandard = !clockChanges && seeds >= STANDARD.seeds && days >= STANDARD.days;
  const missed = isStandard ? neverMet(rare) : [];
  for (const name of missed) say(`never met, so nothing was shown of it: ${name}`);
  const [worst] = failed.toSorted((a, b) => a.runs - b.runs);
  if (worst !== undefined && rulesHold(worst.seed)) await tell(storyOf(worst.seed));
  return failed.length + missed.length === 0;
};

const readStory = (file: string): Story => {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Story;
  } catch {
    return refuse(`${file} is no saved story that can be read.`);
  }
};

const main = async (): Promise<boolean> => {
  if (values['faults-table']) return await writeFaultsTable();
  if (values['answers-table'])
    return values.check
      ? await checkAnswersTable(say, wholeNumber('share', values.share))
      : await writeAnswersTable(say);
  if (values.story !== undefined) return await tell(readStory(values.story));
  if (values.seed === undefined) return await tellMany();
  const seed = wholeNumber('seed', values.seed, 0);
  return rulesHold(seed) && (await tell(storyOf(seed)));
};

process.exitCode = (await main()) ? 0 : 1;
