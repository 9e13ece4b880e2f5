import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { logLink } from '../../../shared/core/messages/log-link.ts';
import { TARGET } from '../../support/world.ts';

const LOG = { group: '/aws/lambda/tablekeeper-prod-audit', stream: '2026/11/23/[$LATEST]0a1b' };
const RUN = '7f2c-11';

/** Reads an address as the console does: `$` for `%`, and twice. */
const readAgain = (text: string): string => decodeURIComponent(decodeURIComponent(text.replaceAll('$', '%')));

describe("the link to a run's log", () => {
  it('opens the stream of the function, at the lines of the run', () => {
    expect(logLink(LOG, RUN, TARGET)).toBe(
      'https://eu-central-1.console.aws.amazon.com/cloudwatch/home?region=eu-central-1#logsV2:log-groups/log-group/' +
        '$252Faws$252Flambda$252Ftablekeeper-prod-audit/log-events/' +
        '2026$252F11$252F23$252F$255B$2524LATEST$255D0a1b$3FfilterPattern$3D$25227f2c-11$2522',
    );
  });

  it.each([
    { name: 'China', region: 'cn-north-1', host: 'cn-north-1.console.amazonaws.cn' },
    { name: 'GovCloud', region: 'us-gov-west-1', host: 'us-gov-west-1.console.amazonaws-us-gov.com' },
    {
      name: 'the European sovereign cloud',
      region: 'eusc-de-east-1',
      host: 'eusc-de-east-1.console.amazonaws-eusc.eu',
    },
    { name: 'aws-iso', region: 'us-iso-east-1', host: 'us-iso-east-1.console.c2shome.ic.gov' },
    { name: 'aws-iso-b', region: 'us-isob-east-1', host: 'us-isob-east-1.console.sc2shome.sgov.gov' },
    { name: 'aws-iso-e', region: 'eu-isoe-west-1', host: 'eu-isoe-west-1.console.csphome.adc-e.uk' },
    { name: 'aws-iso-f', region: 'us-isof-south-1', host: 'us-isof-south-1.console.csphome.hci.ic.gov' },
  ])('has a host of its own in $name', ({ region, host }) => {
    expect(logLink(LOG, RUN, { ...TARGET, region })).toMatch(
      `https://${host}/cloudwatch/home?region=${region}#`,
    );
  });

  it("is at the console of the caller's partition, whatever the Region is called", () => {
    const link = logLink(LOG, RUN, { ...TARGET, region: 'xy-north-1', partition: 'aws-eusc' });
    expect(link).toMatch('https://xy-north-1.console.amazonaws-eusc.eu/');
  });

  it('is left out where the console of the partition is not known', () => {
    expect(logLink(LOG, RUN, { ...TARGET, partition: 'aws-moon' })).toBeUndefined();
  });

  it('holds any name whole, as one word', () => {
    const name = fc.string({ minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(name, name, (group, stream) => {
        const link = logLink({ group, stream }, RUN, TARGET) ?? '';
        const [, inGroup = '', inStream = ''] =
          /log-group\/(.*)\/log-events\/(.*)\$3FfilterPattern/.exec(link) ?? [];
        expect(link).not.toMatch(/\s/);
        expect([inGroup, inStream].map(readAgain)).toEqual([group, stream]);
      }),
    );
  });
});
