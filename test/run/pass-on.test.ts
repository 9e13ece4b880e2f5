import { describe, expect, it } from 'vitest';
import { silentLog } from '../../shared/adapters/system/log.ts';
import { SECOND_MS } from '../../shared/model/instant.ts';
import type { Outgoing } from '../../shared/ports/messages.ts';
import { SLACK_CHANNEL } from '../../shared/run/compose-slack.ts';
import { type PassDeps, passOn, type TopicMessage } from '../../shared/run/pass-on.ts';
import { createVirtualClock } from '../../sim/clock.ts';
import { NOW } from '../support/world.ts';

const DEADLINE = NOW + 60 * SECOND_MS;

const messages: readonly TopicMessage[] = ['one', 'two', 'three'].map((text) => ({
  id: text,
  subject: text,
  text,
}));

/** A chat that takes everything but what holds one of the given words. */
const partsRefusing = (...words: readonly string[]) => {
  const posted: Outgoing[] = [];
  const deadlines: number[] = [];
  const errors: unknown[] = [];
  const parts: PassDeps = {
    name: 'slack',
    render: SLACK_CHANNEL.render,
    clock: createVirtualClock(NOW),
    log: { ...silentLog, error: (_message, fields) => void errors.push(fields) },
    outbox: {
      post: async (message, deadline) => {
        const text = JSON.stringify(message);
        if (words.some((word) => text.includes(word))) throw new Error(`refused: ${words.join()}`);
        posted.push(message);
        deadlines.push(deadline);
        return 'whole';
      },
    },
  };
  return { parts, posted, deadlines, errors };
};

describe('passing messages to Slack', () => {
  it('posts each, in order, with time left for the end of the function', async () => {
    const { parts, posted, deadlines } = partsRefusing();
    expect(await passOn(parts, messages, DEADLINE)).toEqual({ posted: 3, failures: [] });
    expect(posted.map(({ body }) => body)).toMatchObject([
      { text: 'one' },
      { text: 'two' },
      { text: 'three' },
    ]);
    expect(deadlines).toEqual(Array(3).fill(DEADLINE - 2 * SECOND_MS));
  });

  it('delivers the others when one fails, logs which, and gives its error back', async () => {
    const { parts, posted, errors } = partsRefusing('two');
    const report = await passOn(parts, messages, DEADLINE);
    expect(report).toMatchObject({ posted: 2, failures: [{ message: 'refused: two' }] });
    expect(posted.map(({ body }) => body)).toMatchObject([{ text: 'one' }, { text: 'three' }]);
    expect(errors).toEqual([{ messageId: 'two', reason: 'refused: two' }]);
  });

  const alarm = (from: string, to: string): TopicMessage => ({
    ...{ id: 'alarm', subject: `${to}: "tablekeeper-prod-backup-errors"` },
    text: JSON.stringify({
      ...{ AlarmName: 'tablekeeper-prod-backup-errors', OldStateValue: from, NewStateValue: to },
    }),
  });

  it('posts no word of an alarm that was just made and is OK: a deployment makes twenty', async () => {
    const { parts, posted } = partsRefusing();
    await passOn(parts, [alarm('INSUFFICIENT_DATA', 'OK')], DEADLINE);
    expect(posted).toEqual([]);
  });

  it.each([
    ['ALARM', 'OK'],
    ['OK', 'ALARM'],
    ['INSUFFICIENT_DATA', 'ALARM'],
  ])('posts an alarm that goes from %s to %s', async (from, to) => {
    const { parts, posted } = partsRefusing();
    await passOn(parts, [alarm(from, to)], DEADLINE);
    expect(posted).toHaveLength(1);
  });
});
