import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { snsMessageOf } from '../../../shared/adapters/notify/sns-message.ts';
import type { AlertDocument, AlertMessage, NewsKind } from '../../../shared/model/alert-message.ts';
import type { Severity } from '../../../shared/model/finding.ts';
import { openFindings } from '../../core/alert/random-findings.ts';
import { anAlert } from '../../core/messages/slack/parts.ts';
import { anyText } from '../../support/any-text.ts';
import { anOpenFinding } from '../../support/world.ts';

const SNS_BYTES = 262_144;
const KINDS: readonly NewsKind[] = ['opened', 'worsened', 'reminders', 'resolved'];

const sent = (alert: AlertMessage, body = 'the mail\n') => {
  const input = snsMessageOf({ subject: 'subject', body, alert });
  const bytes = Buffer.byteLength(input.Message) + Buffer.byteLength(input.Subject);
  if (input.MessageStructure === undefined) return { input, bytes };
  const texts = JSON.parse(input.Message) as { readonly default: string; readonly lambda: string };
  return { input, bytes, text: texts.default, document: JSON.parse(texts.lambda) as AlertDocument };
};

const totalOf = (alert: AlertMessage): number =>
  KINDS.reduce((sum, kind) => sum + alert[kind].length, 0) +
  alert.leftOut.reduce((sum, { count }) => sum + count, 0);

const many = (count: number, severity: Severity, fact: string) =>
  Array.from({ length: count }, (_, at) =>
    anOpenFinding({ id: `pitr-off/${severity}${at}`, severity, fact }),
  );

describe('a message for the topic', () => {
  it('is text for everybody and a document for functions', () => {
    const alert = anAlert({ opened: [anOpenFinding()] });
    const { input, text, document } = sent(alert);
    expect(input).toMatchObject({ Subject: 'subject', MessageStructure: 'json' });
    expect(text).toBe('the mail\n');
    expect(document).toEqual({ version: 1, subject: 'subject', alert });
  });

  it('is text alone where there is no alert', () => {
    expect(snsMessageOf({ subject: 'subject', body: '{"default":"x"}' })).toEqual({
      Subject: 'subject',
      Message: '{"default":"x"}',
    });
  });

  it.each(['a', '汉', '😀', '"'])('is measured in bytes, whatever it is written in: %s', (letter) => {
    const alert = anAlert({ opened: many(400, 'critical', letter.repeat(900)) });
    const body = letter.repeat(20_000);
    const { document, bytes } = sent(alert, body);
    expect(bytes).toBeLessThan(SNS_BYTES);
    expect(bytes).toBeGreaterThan(SNS_BYTES - 20_000);
    expect(document?.alert.opened.length).toBeLessThan(400);
  });

  it('keeps the worst when it is too long, and counts what is left', () => {
    const fact = 'x'.repeat(2_000);
    const alert = anAlert({
      opened: [...many(60, 'critical', fact), ...many(60, 'info', fact)],
      reminders: many(60, 'warning', fact),
      resolved: many(60, 'critical', fact),
    });
    const { document, bytes } = sent(alert);
    expect(bytes).toBeLessThan(SNS_BYTES);
    expect(document?.alert.opened.map(({ severity }) => severity)).toEqual(Array(60).fill('critical'));
    const reminders = document?.alert.reminders.length ?? 0;
    expect(reminders).toBeGreaterThan(10);
    expect(document?.alert.leftOut).toEqual([
      { kind: 'opened', severity: 'info', count: 60 },
      { kind: 'reminders', severity: 'warning', count: 60 - reminders },
      { kind: 'resolved', severity: 'critical', count: 60 },
    ]);
  });

  it('counts findings, not entries', () => {
    const storm = many(200, 'info', 'x'.repeat(2_000)).map((one) => ({ ...one, count: 10 }));
    const { document } = sent(anAlert({ opened: storm }));
    const kept = document?.alert.opened.length ?? 0;
    expect(document?.alert.leftOut).toEqual([{ kind: 'opened', severity: 'info', count: (200 - kept) * 10 }]);
  });

  it('is the text alone where that leaves the document no room', () => {
    const body = '"\\'.repeat(100_000);
    const { input, bytes } = sent(anAlert({ opened: [anOpenFinding()] }), body);
    expect(input).toEqual({ Subject: 'subject', Message: body });
    expect(bytes).toBeLessThan(SNS_BYTES);
  });

  const body = fc
    .tuple(anyText({ minLength: 1, maxLength: 20 }), fc.integer({ min: 1, max: 200_000 }))
    .map(([piece, bytes]) => piece.repeat(Math.max(1, Math.floor(bytes / Buffer.byteLength(piece)))));

  it('is never too long, and every finding is in it or counted', () => {
    const lists = fc.record({
      opened: openFindings(40),
      worsened: openFindings(10),
      resolved: openFindings(40),
    });
    const factor = fc.constantFrom(1, 20);
    fc.assert(
      fc.property(lists, factor, body, (news, times, text) => {
        const longer = (kind: keyof typeof news) =>
          news[kind].map((one) => ({ ...one, fact: one.fact.repeat(times) }));
        const alert = anAlert({
          opened: longer('opened'),
          worsened: longer('worsened'),
          resolved: longer('resolved'),
        });
        const { document, bytes } = sent(alert, text);
        expect(bytes).toBeLessThan(SNS_BYTES);
        if (document !== undefined) expect(totalOf(document.alert)).toBe(totalOf(alert));
      }),
      { numRuns: 60 },
    );
  });
});
