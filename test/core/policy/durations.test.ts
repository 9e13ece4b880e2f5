import { describe, expect, it } from 'vitest';
import { loadPolicies } from '../../../shared/core/policy/load.ts';
import { UserErrors } from '../../../shared/model/errors.ts';

interface Written {
  readonly rpo?: string;
  readonly within?: string;
  readonly schedule?: string;
}

const fileOf = ({ rpo, within, schedule = '0 3 * * *' }: Written): string =>
  `policies: { a: { schedule: "${schedule}", retention: { last: 1${within ? `, within: ${within}` : ''} }${rpo ? `, rpo: ${rpo}` : ''} } }`;

const messageOf = (written: Written): string => {
  try {
    loadPolicies(fileOf(written), 'f');
    return 'right';
  } catch (error) {
    if (error instanceof UserErrors) return error.message;
    throw error;
  }
};

const HOUR_MS = 3_600_000;

describe('a duration that cannot be meant', () => {
  it.each([
    ...(['rpo', 'within'] as const).flatMap((setting) => [
      {
        written: { [setting]: '90m' },
        says: '"90m" may mean 90 minutes or 90 months. Write 90min for minutes, or 90mo for months.',
      },
      { written: { [setting]: '6m' }, says: 'Write 6min for minutes, or 6mo for months.' },
      { written: { [setting]: '90M' }, says: 'Write 90min for minutes, or 90mo for months.' },
      { written: { [setting]: '90 minutes' }, says: 'Write 90min for minutes, or 90mo for months.' },
      { written: { [setting]: '1h30m' }, says: 'Write 1h30min if minutes are meant' },
      { written: { [setting]: '2d90m' }, says: 'Write 2d90min if minutes are meant' },
      {
        written: { [setting]: '5000y' },
        says: '"5000y" is longer than a hundred years. Write 100y or less.',
      },
      { written: { [setting]: '101y' }, says: 'is longer than a hundred years' },
      { written: { [setting]: '999999h' }, says: 'is longer than a hundred years' },
      { written: { [setting]: '0h' }, says: '"0h" is no duration.' },
    ]),
    {
      written: { rpo: '90mo' },
      says: 'An rpo of 90mo (90 months) would alert nobody while backups fail for all that time: at most 24h lie between two slots of "0 3 * * *". Write 240h or less',
    },
    { written: { rpo: '11d' }, says: 'An rpo of 11d (11 days) would alert nobody' },
    { written: { rpo: '48d' }, says: 'would alert nobody' },
    { written: { rpo: '49h', schedule: '0 * * * *' }, says: 'Write 48h or less' },
    { written: { rpo: '1y', schedule: '0 3 * * 1' }, says: 'would alert nobody' },
    { written: { rpo: '90min' }, says: 'An rpo of 90min can never be kept' },
    { written: { rpo: '1h' }, says: 'An rpo of 1h can never be kept' },
  ])('is refused, with what to write: $written', ({ written, says }) => {
    expect(messageOf(written)).toContain(says);
  });

  it.each<Written>([
    { rpo: '10d' },
    { rpo: '26h' },
    { rpo: '48h', schedule: '0 * * * *' },
    { rpo: '90min', schedule: '0 * * * *' },
    { rpo: '1h30min', schedule: '0 * * * *' },
    { rpo: '2mo', schedule: '0 3 * * 1' },
    { rpo: '300d', schedule: '0 3 1 * *' },
    ...['48h', '1y6m', '1y6mo', '6mo', '6m2d', '90min', '100y'].map((within) => ({ within })),
  ])('while what may be meant stays right: %j', (written) => {
    expect(messageOf(written)).toBe('right');
  });

  it('minutes are minutes', () => {
    const [policy] = loadPolicies(
      fileOf({ rpo: '90min', within: '90min', schedule: '0 * * * *' }),
      'f',
    ).policies;
    expect(policy?.rpoMs).toBe(1.5 * HOUR_MS);
    expect(policy?.retention.within).toEqual({ years: 0, months: 0, days: 0, hours: 0, minutes: 90 });
  });
});

describe('a digest', () => {
  it.each([
    { schedule: '* * * * *', says: 'asks for digests 1 min apart. Leave an hour or more' },
    { schedule: '*/30 * * * *', says: 'asks for digests 30 min apart' },
    { schedule: '0 8 31 2 *', says: 'names a day that never comes' },
    { schedule: '0 25 * * *', says: 'cannot have "25" as its hour' },
  ])('is refused when nobody can mean it: $schedule', ({ schedule, says }) => {
    expect(() => loadPolicies(`digest: { schedule: "${schedule}" }\n${fileOf({})}`, 'f')).toThrow(says);
  });

  it.each(['0 8 * * 1', '0 8 * * *', '0 */6 * * *', '0 8 1 1 *'])('may come at %s', (schedule) => {
    expect(loadPolicies(`digest: { schedule: "${schedule}" }\n${fileOf({})}`, 'f').digest?.schedule).toBe(
      schedule,
    );
  });
});
