import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../shared/model/instant.ts';
import { type Datapoint, mailsOf } from '../support/alarm-states.ts';
import { type Alarm, alarmsOf } from '../support/alarm-watch.ts';
import { resolvedResources } from '../support/resolved-template.ts';
import { packageTemplate } from '../support/template.ts';

// How many mails an alarm makes of what happens: one when a fault begins, one when it ends, one for each event that is lost.

const resources = resolvedResources(packageTemplate(), {
  accountId: '111122223333',
  region: 'us-east-1',
  parameters: {
    AlertEmail: 'ops@example.com',
    SlackWebhookParameter: '/tablekeeper/slack',
    TeamsWorkflowParameter: '/tablekeeper/teams',
    PagerdutyKeyParameter: '/tablekeeper/pagerduty',
    WebhookParameter: '/tablekeeper/webhook',
    Drills: 'on',
  },
});

const alarmOf = (key: string, kind: string): Alarm => {
  const found = alarmsOf(resources).find(({ AlarmName }) => AlarmName === `tablekeeper-prod-${key}-${kind}`);
  if (found === undefined) throw new Error(`${key} has no alarm ${kind}`);
  return found;
};

/** A Monday; what happens begins on Wednesday and ends on Saturday. Alarms are looked at from Tuesday on, when there is a past to see. */
const FROM = Date.parse('2026-03-02T00:00:00Z');
const SPAN = { from: FROM + DAY_MS, to: FROM + 9 * DAY_MS };
const BEGIN = FROM + 2 * DAY_MS;
const END = FROM + 5 * DAY_MS;

const SCHEDULED = [
  { key: 'backup', every: 30 * MINUTE_MS, first: 2 * MINUTE_MS },
  { key: 'prune', every: 6 * HOUR_MS, first: 97 * MINUTE_MS },
  { key: 'audit', every: 6 * HOUR_MS, first: 290 * MINUTE_MS },
  { key: 'drill', every: 15 * MINUTE_MS, first: 5 * MINUTE_MS },
];
const STARTED_BY_EVENTS = ['hint', 'slack', 'teams', 'pagerduty', 'webhook'];

/** Runs never begin on the second: EventBridge promises the minute, and Lambda starts when it can. */
const LATENESS = [5, 41, 0, 58, 23, 17, 49].map((seconds) => seconds * SECOND_MS);

interface Rhythm {
  readonly every: number;
  readonly first: number;
}
const runsOf = ({ every, first }: Rhythm): readonly number[] =>
  Array.from({ length: Math.floor((SPAN.to - FROM - first) / every) }, (_, index) => {
    const late = LATENESS[index % LATENESS.length] ?? 0;
    return FROM + first + index * every + late;
  });

const isDuring = (at: number): boolean => at >= BEGIN && at < END;

/** A run that fails is tried again after one minute and after two more. */
const failingRun = (at: number): readonly Datapoint[] =>
  [0, 1, 3].map((minutes) => ({ at: at + minutes * MINUTE_MS, value: 1 }));

const errorsOf = (rhythm: Rhythm, fails: (at: number, index: number) => boolean): readonly Datapoint[] =>
  runsOf(rhythm).flatMap((at, index) => (fails(at, index) ? failingRun(at) : [{ at, value: 0 }]));

const valuesOf = (rhythm: Rhythm, value: (at: number) => number): readonly Datapoint[] =>
  runsOf(rhythm).map((at) => ({ at, value: value(at) }));

/** SQS measures a queue from the first message on. */
const sentAt = (...times: readonly number[]): readonly Datapoint[] => {
  const [first = SPAN.to] = times;
  const zeros = Array.from({ length: Math.floor((SPAN.to - first) / HOUR_MS) }, (_, index) => ({
    at: first + (index + 0.5) * HOUR_MS,
    value: 0,
  }));
  return [...times.map((at) => ({ at, value: 1 })), ...zeros];
};

const BEGINS_AND_ENDS = ['ALARM', 'OK'];

describe.each([{ extraPeriods: 0 }, { extraPeriods: 2 }])(
  'looking $extraPeriods periods further back',
  (options) => {
    const statesOf = (alarm: Alarm, data: readonly Datapoint[]): readonly string[] =>
      mailsOf(alarm, data, SPAN, options).map(({ state }) => state);

    describe.each(SCHEDULED)('$key', ({ key, ...rhythm }) => {
      const errors = alarmOf(key, 'errors');

      it('says nothing while all is well', () => {
        expect(
          statesOf(
            errors,
            errorsOf(rhythm, () => false),
          ),
        ).toEqual([]);
        expect(
          statesOf(
            alarmOf(key, 'silent'),
            valuesOf(rhythm, () => 1),
          ),
        ).toEqual([]);
        expect(
          statesOf(
            alarmOf(key, 'slow'),
            valuesOf(rhythm, () => 60_000),
          ),
        ).toEqual([]);
        expect(statesOf(alarmOf(key, 'dead-letters'), [])).toEqual([]);
      });

      it('one failing run is told, and its end', () => {
        const failing = runsOf(rhythm).findIndex(isDuring);
        expect(
          statesOf(
            errors,
            errorsOf(rhythm, (_, index) => index === failing),
          ),
        ).toEqual(BEGINS_AND_ENDS);
      });

      it('a fault of three days is one alert, and one when it ends', () => {
        const data = errorsOf(rhythm, isDuring);
        expect(statesOf(errors, data)).toEqual(BEGINS_AND_ENDS);
        const [begun, ended] = mailsOf(errors, data, SPAN, options);
        expect((begun?.at ?? SPAN.to) - BEGIN).toBeLessThan(rhythm.every + 2 * MINUTE_MS);
        expect((ended?.at ?? SPAN.to) - END).toBeLessThan(3 * rhythm.every + 5 * MINUTE_MS);
      });

      it('a fault of every second run is one alert, and one when it ends', () => {
        const data = errorsOf(rhythm, (at, index) => isDuring(at) && index % 2 === 0);
        expect(statesOf(errors, data)).toEqual(BEGINS_AND_ENDS);
      });

      it('runs that are slow for three days are one alert, and one when it ends', () => {
        const data = valuesOf(rhythm, (at) => (isDuring(at) ? 899_000 : 60_000));
        expect(statesOf(alarmOf(key, 'slow'), data)).toEqual(BEGINS_AND_ENDS);
      });

      it('a rule that is off for three days is one alert, and one when it ends', () => {
        const data = valuesOf(rhythm, () => 1).filter(({ at }) => !isDuring(at));
        expect(statesOf(alarmOf(key, 'silent'), data)).toEqual(BEGINS_AND_ENDS);
      });

      it('where nothing is measured, only the silence is told', () => {
        expect(statesOf(alarmOf(key, 'silent'), [])).toEqual(['ALARM']);
        expect(statesOf(errors, [])).toEqual([]);
        expect(statesOf(alarmOf(key, 'slow'), [])).toEqual([]);
      });

      it('an event that is lost a day after another one is told as well, though nobody emptied the queue', () => {
        const [first = 0] = runsOf(rhythm).filter(isDuring);
        const data = sentAt(first, first + DAY_MS);
        expect(statesOf(alarmOf(key, 'dead-letters'), data)).toEqual(['ALARM', 'ALARM']);
      });

      it('events that are lost at every tick for three days are one alert', () => {
        const data = sentAt(...runsOf(rhythm).filter(isDuring));
        expect(statesOf(alarmOf(key, 'dead-letters'), data)).toEqual(['ALARM']);
      });
    });

    it.each(SCHEDULED.slice(0, 2))(
      'what $key leaves over for three days is one alert, and its end',
      ({ key, ...rhythm }) => {
        const data = valuesOf(rhythm, (at) => (isDuring(at) ? 4 : 0));
        expect(statesOf(alarmOf(key, 'deferred'), data)).toEqual(BEGINS_AND_ENDS);
      },
    );

    describe.each(STARTED_BY_EVENTS)('%s', (key) => {
      const hours = [0, 5, 7, 20, 22, 40, 41, 60, 72].map((hour) => BEGIN + hour * HOUR_MS);

      it('a fault of three days is one alert, and one when it ends', () => {
        expect(statesOf(alarmOf(key, 'errors'), hours.flatMap(failingRun))).toEqual(BEGINS_AND_ENDS);
      });

      it.each([5, 24])('an event that is lost %d hours after another one is told as well', (hour) => {
        const data = sentAt(BEGIN, BEGIN + hour * HOUR_MS);
        expect(statesOf(alarmOf(key, 'dead-letters'), data)).toEqual(['ALARM', 'ALARM']);
      });

      it('says nothing where nothing happens', () => {
        for (const kind of ['errors', 'slow', 'dead-letters'])
          expect(statesOf(alarmOf(key, kind), [])).toEqual([]);
      });
    });

    // The alarms of the function that posts to Slack go to Slack as well, and are lost there in turn.
    it.each(['slack', 'teams', 'pagerduty', 'webhook'])(
      '%s out of reach makes no circle of alarms: three mails a day at most',
      (name) => {
        const alarms = ['errors', 'dead-letters'].map((kind) => alarmOf(name, kind));
        let lost: readonly number[] = [BEGIN];
        let mails: readonly number[] = [];
        const measured = ({ MetricName }: Alarm): readonly Datapoint[] =>
          MetricName === 'Errors'
            ? lost.flatMap(failingRun)
            : sentAt(...lost.map((at) => at + 4 * MINUTE_MS));
        for (let known = -1; known !== lost.length; ) {
          known = lost.length;
          mails = alarms
            .flatMap((alarm) => mailsOf(alarm, measured(alarm), SPAN, options))
            .map(({ at }) => at);
          lost = [...new Set([BEGIN, ...mails])].toSorted((a, b) => a - b);
        }
        expect(mails.length).toBeGreaterThan(1);
        expect(mails.length).toBeLessThanOrEqual(3 * ((SPAN.to - BEGIN) / DAY_MS));
      },
    );
  },
);
