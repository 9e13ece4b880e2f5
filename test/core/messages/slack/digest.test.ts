import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderSlackMessage } from '../../../../shared/core/messages/slack/message.ts';
import type { DigestMessage, DigestSection } from '../../../../shared/model/digest-message.ts';
import { refusalOf } from '../../../../sim/slack/limits.ts';
import { anyText } from '../../../support/any-text.ts';
import { INSTANCE, NOW, TARGET } from '../../../support/world.ts';
import { blocksOf, textsOf } from './parts.ts';

const SUBJECT = '[Tablekeeper prod] Digest: 2 tables opted in: 1 protected, 1 at risk.';

const aDigest = (sections: readonly DigestSection[]): DigestMessage => ({
  instance: INSTANCE,
  target: TARGET,
  sentAt: NOW,
  runId: '7f2c',
  logLink: 'https://logs.example/7f2c',
  sections,
});

const slackOf = (digest: DigestMessage) =>
  renderSlackMessage({
    subject: 'not shown',
    text: JSON.stringify({ version: 1, subject: SUBJECT, digest }),
  });

const pageOf = (digest: DigestMessage): string =>
  blocksOf(slackOf(digest).rich)
    .flatMap((block) =>
      block.type === 'context' ? block.elements.map(({ text }) => text) : [block.text.text],
    )
    .join('\n');

describe('a digest in Slack', () => {
  it('has each part beside a colour that says how bad it is', () => {
    const digest = aDigest([
      { title: 'in short', severity: 'warning', lines: ['2 tables opted in: 1 protected, 1 at risk.'] },
      {
        title: 'growth since 2026-11-16',
        severity: 'info',
        lines: ['1 table grew:', '* Orders: 1.4 GB more, 3.4 GB now (+70 %)'],
      },
      { title: 'failures', lines: ['No failure since 2026-11-16.'] },
    ]);
    expect(pageOf(digest)).toMatchInlineSnapshot(`
      "[Tablekeeper prod] Digest: 2 tables opted in: 1 protected, 1 at risk.
      Tablekeeper prod · account 111122223333 · Region eu-central-1 · run \`7f2c\` · <https://logs.example/7f2c|log of the run>
      *IN SHORT*
      2 tables opted in: 1 protected, 1 at risk.
      *GROWTH SINCE 2026-11-16*
      1 table grew:
      • Orders: 1.4 GB more, 3.4 GB now (+70 %)
      *FAILURES*
      No failure since 2026-11-16."
    `);
    expect(slackOf(digest).rich.attachments?.map(({ color }) => color)).toEqual([
      '#e8a317',
      '#5f7d95',
      '#2e8b57',
    ]);
  });

  it('is the same without blocks', () => {
    const digest = aDigest([
      { title: 'in short', lines: ['1 table opted in: 1 protected.', ' ', '* Orders'] },
      { title: '', lines: [] },
    ]);
    expect(slackOf(digest).plain.text).toMatchInlineSnapshot(`
      "[Tablekeeper prod] Digest: 2 tables opted in: 1 protected, 1 at risk.
      IN SHORT
      1 table opted in: 1 protected.
      • Orders
      -
      -
      Tablekeeper prod · account 111122223333 · Region eu-central-1 · run \`7f2c\` · <https://logs.example/7f2c|log of the run>"
    `);
    expect(slackOf(aDigest([])).rich).not.toHaveProperty('attachments');
  });

  it('has room for every part, however long the first is, and for no more than a digest has', () => {
    const lines = Array.from({ length: 400 }, (_, at) => `line ${at} of a part that goes on and on`);
    const sections = Array.from({ length: 9 }, (_, at) => ({ title: `part ${at}`, lines }));
    const { rich, plain } = slackOf(aDigest(sections));
    const shownIn = (text: string) =>
      text.split(/^\*?PART \d\*?$/m).map((part) => part.match(/^line/gm)?.length);
    expect(shownIn(textsOf(rich).join('\n')).slice(-8)).toEqual([76, 66, 4, 4, 5, 4, 4, 4]);
    expect(shownIn(plain.text).slice(1)).toEqual([3, 4, 5, 4, 4, 4, 4, 5]);
  });

  it('counts the lines that have no room', () => {
    const lines = Array.from({ length: 400 }, (_, at) => `* table-${at}: 1.0 GB more, 2.0 GB now (+100 %)`);
    const page = pageOf(aDigest([{ title: 'growth', lines }]));
    const shown = page.match(/table-\d+/g)?.length ?? 0;
    const rest = Number(/And (\d+) more lines: see the mail\./.exec(page)?.[1]);
    expect(shown).toBeGreaterThan(30);
    expect(shown + rest).toBe(400);
  });

  it('calls nobody and links nowhere, whatever a table is called', () => {
    const page = pageOf(aDigest([{ title: 't', lines: ['* <!channel> @here *b* <https://x.example|y>'] }]));
    expect(page).not.toMatch(/<!|<https:\/\/x|@here|\*b\*/);
  });

  it('is always taken by Slack, in both its forms', () => {
    const text = anyText({ maxLength: 700 });
    const section = fc.record({ title: text, lines: fc.array(text, { maxLength: 60 }) });
    fc.assert(
      fc.property(fc.array(section, { maxLength: 12 }), (sections) => {
        const { rich, plain } = slackOf(aDigest(sections));
        expect(refusalOf(rich)).toBeUndefined();
        expect(refusalOf(plain)).toBeUndefined();
        expect(plain.text.length).toBeLessThanOrEqual(4_000);
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    { name: 'lines are no list', digest: { ...aDigest([]), sections: [{ title: 'x', lines: 'y' }] } },
    {
      name: 'a severity is none',
      digest: { ...aDigest([]), sections: [{ title: 'x', severity: 'bad', lines: [] }] },
    },
    { name: 'nobody sent it', digest: { ...aDigest([]), target: undefined } },
  ])('is shown as it came where $name', ({ digest }) => {
    const page = pageOf(digest as unknown as DigestMessage);
    expect(page).toContain('not shown');
  });
});
