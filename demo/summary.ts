import type { LedgerCheck } from './ledger-check.ts';
import type { Paint } from './paint.ts';
import type { Stage } from './stage.ts';
import type { Day } from './story.ts';

const number = (value: number): string => value.toLocaleString('en-US');

const sum = (values: Iterable<number>): number => [...values].reduce((total, value) => total + value, 0);

/** Formats the figures of what was played, one line each. */
export const summaryLines = (stage: Stage, days: readonly Day[]): readonly string[] => {
  const runs = days.flatMap((day) => day.runs);
  const failed = runs.filter(({ error }) => error !== undefined).length;
  const { calls, inbox } = stage.account;
  const mails = inbox.messages.filter(({ protocol }) => protocol === 'email').length;
  const throttles = sum(calls.throttlesByOperation.values());
  const lines: readonly (readonly [string, string])[] = [
    ['runs', `${number(runs.length)}, of which ${failed} ended as errors`],
    [
      'recovery points',
      `${number(sum(runs.map((run) => run.made)))} made, ${number(sum(runs.map((run) => run.expired)))} expired`,
    ],
    ['mails', `${number(mails)}, and as many posts in Slack: ${number(stage.slack.posted.length)}`],
    ['API calls', `${number(calls.total())}, of which ${number(throttles)} were throttled`],
  ];
  return lines.map(([name, value]) => `${name.padEnd(17)}${value}`);
};

/** A check with more contradictions than these is broken altogether. */
const SHOWN = 5;

const checkLines = ({ claim, contradictions }: LedgerCheck, paint: Paint): readonly string[] => {
  if (contradictions.length === 0) return [`${paint.right('✓')} ${claim}`];
  const rest = contradictions.length - SHOWN;
  return [
    `${paint.wrong('✗')} ${claim}`,
    ...contradictions.slice(0, SHOWN).map((text) => `    ${text}`),
    ...(rest > 0 ? [`    and ${number(rest)} more`] : []),
  ];
};

/** Formats checks, each with a tick, or with what contradicts it. */
export const checksLines = (checks: readonly LedgerCheck[], paint: Paint): readonly string[] =>
  checks.flatMap((check) => checkLines(check, paint));

/** Where all hold. */
const SHOWN_OF_ALL = 1;

/** Formats the first where all of them hold; every one of them otherwise. */
export const briefChecks = (checks: readonly LedgerCheck[], paint: Paint): readonly string[] =>
  checks.some(({ contradictions }) => contradictions.length > 0)
    ? checksLines(checks, paint)
    : [
        ...checksLines(checks.slice(0, SHOWN_OF_ALL), paint),
        `${paint.right('✓')} and ${checks.length - SHOWN_OF_ALL} more, which \`npm start -- --all\` lists`,
      ];
