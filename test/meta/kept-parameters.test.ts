import { describe, expect, it } from 'vitest';
import { writesParameters } from '../../tools/given-parameters.ts';
import { keptOf } from '../../tools/kept-parameters.ts';

// What a deployment keeps of the one before it. The whole way, with CloudFormation, is in test/moto/deploy-parameters.test.ts.

const DEFAULTS = {
  alertEmail: '',
  slackWebhookParameter: '',
  backupRate: 'cron(2/30 * * * ? *)',
  pruneRate: 'cron(37 1/6 * * ? *)',
  auditRate: 'cron(50 4/6 * * ? *)',
  logRetentionDays: 90,
  state: 'new',
};
const PARAMETERS = { AlertEmail: 'ops@example.com', SlackWebhookParameter: '', State: 'new' };

const record = (given: object) => ({ GivenParameters: JSON.stringify(given) });
const keptBy = (stack: Partial<Parameters<typeof keptOf>[0]>): object =>
  Object.fromEntries(keptOf({ parameters: PARAMETERS, outputs: {}, template: {}, ...stack }, DEFAULTS));

const EMAIL = { alertEmail: 'ops@example.com' };

describe('of a deployed stack is kept', () => {
  it('what was given to it, and no default', () => {
    expect(keptBy({ outputs: record({}) })).toEqual(EMAIL);
    expect(keptBy({ outputs: record({ auditRate: 'rate(1 hour)', logRetentionDays: '30' }) })).toEqual({
      ...EMAIL,
      auditRate: 'rate(1 hour)',
      logRetentionDays: '30',
    });
  });

  it('that nobody is alerted by mail, and that the state table was kept', () => {
    const parameters = { ...PARAMETERS, AlertEmail: 'none', State: 'kept' };
    expect(keptBy({ parameters, outputs: record({}) })).toEqual({ alertEmail: 'none', state: 'kept' });
  });

  it('no address where the version before this one was deployed without', () => {
    expect(keptBy({ parameters: { ...PARAMETERS, AlertEmail: '' } })).toEqual({});
  });

  it('what differs from the defaults in its template, where an older version wrote nothing down', () => {
    const template = {
      Resources: {
        BackupSchedule: { Properties: { ScheduleExpression: 'cron(2/30 * * * ? *)' } },
        AuditSchedule: { Properties: { ScheduleExpression: 'rate(1 hour)' } },
        BackupLogGroup: { Properties: { RetentionInDays: 30 } },
      },
    };
    expect(keptBy({ template })).toEqual({ ...EMAIL, auditRate: 'rate(1 hour)', logRetentionDays: '30' });
  });
});

describe('the account is asked', () => {
  it.each([['deploy'], ['deploy', 'function'], ['rollback']])('by %s %s', (...commands) => {
    expect(writesParameters(commands)).toBe(true);
  });

  it.each([['package'], ['remove'], ['info'], ['deploy', 'list'], ['print'], []])(
    'not by %s %s',
    (...commands) => {
      expect(writesParameters(commands)).toBe(false);
    },
  );
});
