import { DAY_MS } from '../shared/model/instant.ts';
import { createBriefTimeline } from './brief-timeline.ts';
import { estateView } from './estate-view.ts';
import { ledgerChecks } from './ledger-checks.ts';
import { oneTableBack } from './one-table-back.ts';
import { writePage } from './page.ts';
import type { Paint } from './paint.ts';
import { raise, type StageFiles } from './stage.ts';
import { play } from './story.ts';
import { storyChecks } from './story-checks.ts';
import { briefChecks, checksLines, summaryLines } from './summary.ts';
import { createFullTimeline } from './timeline.ts';

/** How to show the demonstration. */
export interface Show extends StageFiles {
  readonly days: number;
  /** Every message as mail and as Slack shows it, every day, every table. */
  readonly isAll: boolean;
  /** For how many hours calls go through all of the SDK and HTTP. */
  readonly wholeHours?: number;
  /** Where the page of the estate is written. */
  readonly pageFile: string;
  readonly paint: Paint;
  /** Gets the lines as soon as they are known. */
  readonly print: (lines: readonly string[]) => void;
  /** Gets what the functions log. */
  readonly onLog?: (text: string) => void;
}

const INTRODUCTION = [
  'A simulated AWS account, the built functions, and the schedules of serverless.yml, in virtual time (UTC). `backup` looks once an hour.',
];

const BRIEFLY = [
  'One line for each thing that happens; `npm start -- --all` shows every message whole, and Slack.',
];

/** Two figures on a line. */
const inPairs = (lines: readonly string[]): readonly string[] =>
  lines.flatMap((line, at) => (at % 2 === 0 ? [[line, lines[at + 1]].filter(Boolean).join(' · ')] : []));

/** Plays the demonstration and returns whether every invariant held. */
export const show = async (given: Show): Promise<boolean> => {
  const { paint, print, days, isAll, onLog, wholeHours, pageFile, ...files } = given;
  print(isAll ? INTRODUCTION : [...INTRODUCTION, ...BRIEFLY]);
  const stage = await raise(files);
  try {
    const timeline = isAll ? createFullTimeline(paint) : createBriefTimeline(paint);
    const told = await play(stage, {
      days,
      onDay: (day) => print(timeline.add(day)),
      ...(onLog !== undefined && { onLog }),
      ...(wholeHours !== undefined && { wholeHours }),
    });
    print(timeline.end());
    await stage.account.clock.advanceTo((told[0]?.startsAt ?? 0) + days * DAY_MS);
    const checks = [...ledgerChecks(stage.account), ...storyChecks(told)];
    const numbers = summaryLines(stage, told);
    print([
      '',
      paint.strong(`the estate after ${days} days`),
      ...(await estateView(stage, { isEach: isAll })),
    ]);
    print(isAll ? ['', paint.strong('in numbers'), '', ...numbers] : inPairs(numbers));
    print([
      '',
      paint.strong("what the account's own ledger says"),
      ...(isAll ? checksLines : briefChecks)(checks, paint),
    ]);
    await writePage(stage, pageFile);
    print(['', paint.strong('one table back'), ...(await oneTableBack(stage, { ...files, isAll, paint }))]);
    print([
      ...(isAll ? [''] : []),
      `One page of all tables as they were after ${days} days, to be opened in a browser: ${pageFile}`,
    ]);
    return checks.every(({ contradictions }) => contradictions.length === 0);
  } finally {
    await stage.leave();
  }
};
