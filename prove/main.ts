import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { writeAnswersTable } from './answers/write.ts';
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

// npm run prove                                  1,000 seeds of a year each
// npm run prove -- --seeds 100 --from 5000       others
// npm run prove -- --seed 1234                   one seed; a failing one is shrunk
// npm run prove -- --forger                      with a principal who may only create backups; --tagger: only tag
// npm run prove -- --story FILE                  a saved story
// npm run prove -- --clock-changes --seeds 20000 each a few days around a clock change, in which nothing else happens
// npm run prove -- --faults-table                writes docs/faults.md
// npm run prove -- --answers-table               writes docs/odd-answers.md; with --check only compares it

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1000' },
    from: { type: 'string', default: '1' },
    days: { type: 'string', default: '365' },
    seed: { type: 'string' },
    story: { type: 'string' },
    forger: { type: 'boolean', default: false },
    tagger: { type: 'boolean', default: false },
    whole: { type: 'boolean', default: false },
    'clock-changes': { type: 'boolean', default: false },
    'faults-table': { type: 'boolean', default: false },
    'answers-table': { type: 'boolean', default: false },
    check: { type: 'boolean', default: false },
  },
});

/** Set on the command line for every seed; otherwise the seeds decide. */
const principals =
  values.forger || values.tagger ? { forger: values.forger, tagger: values.tagger } : undefined;

const say = (text: string): void => void process.stdout.write(`${text}\n`);

const days = Number(values.days);
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
    from: Number(values.from),
    count: Number(values.seeds),
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

const main = async (): Promise<boolean> => {
  if (values['faults-table']) return await writeFaultsTable();
  if (values['answers-table']) return await writeAnswersTable(say, values.check);
  if (values.story !== undefined) return await tell(JSON.parse(readFileSync(values.story, 'utf8')) as Story);
  if (values.seed === undefined) return await tellMany();
  const seed = Number(values.seed);
  return rulesHold(seed) && (await tell(storyOf(seed)));
};

process.exitCode = (await main()) ? 0 : 1;
