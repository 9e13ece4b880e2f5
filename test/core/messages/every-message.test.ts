import { describe, expect, it } from 'vitest';
import { refusalOf } from '../../../sim/slack/limits.ts';
import { exampleOf } from '../../messages/examples.ts';
import { type Letter, letterOf } from '../../messages/letters.ts';
import { newsIn, STATES, type State } from '../../messages/states.ts';
import { FINDING_KINDS } from '../../support/finding-kinds.ts';
import { blocksOf } from './slack/parts.ts';

// Every kind of finding in every state, as a person reads it: `npm run messages` prints them.

const ALL = FINDING_KINDS.flatMap((kind) => STATES.map((state) => ({ kind, state })));

const toldOf = ({ kind, state }: (typeof ALL)[number]): Letter | undefined =>
  letterOf(newsIn(exampleOf(kind), state));

const SENT = ALL.flatMap((one) => {
  const letter = toldOf(one);
  return letter === undefined ? [] : [{ ...one, letter, finding: exampleOf(one.kind) }];
});

/** What Slack shows, without its escapes. */
const slackText = ({ slack: { rich } }: Letter): string =>
  blocksOf(rich)
    .flatMap((block) =>
      block.type === 'context' ? block.elements.map(({ text }) => text) : [block.text.text],
    )
    .join('\n')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');

/** As one line, without what breaks lines, fences code and parts what Slack would read as its own. */
const words = (text: string): string =>
  text
    .replaceAll('`', '')
    .replaceAll('\uff20', '@')
    .replaceAll(/[\s\\]+/g, ' ');

const HEADING: Readonly<Record<State, RegExp>> = {
  new: /^NEW/m,
  worse: /^WORSE/m,
  reminder: /^STILL OPEN \(reminder\)/m,
  resolved: /^RESOLVED/m,
  flapping: /^NEW/m,
  muted: /^NEW/m,
};

describe('of every kind of finding', () => {
  it('something is told when it is new, when it is over, and when it comes and goes', () => {
    for (const state of ['new', 'resolved', 'flapping'] as const)
      expect(SENT.filter((one) => one.state === state).map(({ kind }) => kind)).toEqual(FINDING_KINDS);
  });

  it('people are reminded but of information, and hear of nothing on a muted table but that it is muted', () => {
    const reminded = SENT.filter(({ state }) => state === 'reminder').map(({ kind }) => kind);
    expect(reminded).toEqual(FINDING_KINDS.filter((kind) => exampleOf(kind).severity !== 'info'));
    expect(SENT.filter(({ state }) => state === 'muted').map(({ kind }) => kind)).toEqual(['muted']);
  });
});

describe.each(SENT)('$kind, $state', ({ state, letter, finding }) => {
  const { subject, body } = letter;
  const page = slackText(letter);

  it('says what happened and to which table, since when or how long, what to do, in that order', () => {
    const headline = subject.replace(/^\[[^\]]+\] [^:]*: /, '').replace(/\.\.\.$/, '');
    const parts = [
      headline,
      ...(state === 'resolved' ? ['Lasted'] : [words(finding.fact)]),
      ...(state === 'resolved' ? [] : [words(finding.advice.say).slice(0, 60)]),
    ];
    for (const text of [words(body.slice(body.indexOf('\n* '))), words(page)]) {
      const places = parts.map((part) => text.indexOf(part));
      expect(places).not.toContain(-1);
      expect(places).toEqual(places.toSorted((a, b) => a - b));
    }
    expect(body).toMatch(/ {2}(Since|First seen|Lasted) /);
    expect(page).toMatch(/^(Since|First seen|Lasted) /m);
  });

  it('says why it is told and how bad it is', () => {
    expect(body).toMatch(HEADING[state]);
    expect(page.replaceAll('*', '')).toMatch(HEADING[state]);
    if (state === 'resolved') return;
    expect(subject).toContain(`, ${finding.severity}: `);
    expect(body).toContain(`${finding.severity.toUpperCase()} (1)`);
    expect(page).toContain(`${finding.severity.toUpperCase()} (1)`);
  });

  it("names the instance, the account, the Region and the run's log", () => {
    for (const text of [body, page]) {
      for (const part of ['Tablekeeper prod', 'account 111122223333', 'Region eu-central-1'])
        expect(text).toContain(part);
      expect(text).toMatch(/https:\/\/eu-central-1\.console\.aws\.amazon\.com\/cloudwatch\/home\S+\$2522/);
    }
  });

  it('reads well: times as people have them, one of one, no word of machines', () => {
    for (const text of [body, page]) {
      const prose = text.replaceAll(/https:\S+/g, '').replaceAll(/a moment such as \S+,/g, '');
      expect(prose).not.toMatch(/\d{4}-\d\d-\d\dT\d\d:\d\d/);
      expect(words(prose)).not.toMatch(/\b1 (findings|tables|recovery points|days|backups) \b/);
      expect(words(prose)).not.toMatch(/\b1 (recovery point|table)\b[^.;]*? \b(are|were|carry|opt|wait) /);
      expect(prose).not.toMatch(/undefined|NaN|Infinity|\[object|\bnull\b/);
    }
    expect(subject).toMatch(/^[ -~]{1,99}$/);
    expect(body).not.toMatch(/[^\S\n]$/m);
    // An ARN is not broken, also where the command goes on behind it.
    const isBreakable = (line: string): boolean => line.trim().replace(/ \\$/, '').includes(' ');
    const wide = body.split('\n').filter((line) => line.length > 76 && isBreakable(line));
    expect(wide.filter((line) => !line.startsWith('Log: '))).toEqual([]);
  });

  it('is taken by Slack in both its forms', () => {
    expect(refusalOf(letter.slack.rich)).toBeUndefined();
    expect(refusalOf(letter.slack.plain)).toBeUndefined();
  });
});
