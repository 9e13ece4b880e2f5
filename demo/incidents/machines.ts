import { DAY_MS, HOUR_MS } from '../../shared/model/instant.ts';
import type { Incident, World } from '../world.ts';
import { AN_AUDIT, incident, isHeard, pitrOf } from './deeds.ts';

type Input = Readonly<Record<string, unknown>>;

/** As many calls of each table as its name's letters say, so that some get through at each run. */
const throttlesBackups = ({ account: { clock, faults } }: World): void => {
  const left = new Map<unknown, number>();
  const when = ({ TableName }: Input): boolean => {
    const letters = [...String(TableName)].reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0);
    const before = left.get(TableName) ?? letters % 12;
    left.set(TableName, before - 1);
    return before > 0;
  };
  faults.add({ operation: 'CreateBackup', kind: 'throttle', when, until: clock.now() + 2 * HOUR_MS });
  faults.add({ operation: 'ListBackups', kind: 'throttle', times: 12, until: clock.now() + 2 * HOUR_MS });
};

const deniesBackupsOf =
  (table: string, days: number) =>
  ({ account: { clock, faults } }: World): void => {
    const when = ({ TableName }: Input): boolean => TableName === table;
    const until = clock.now() + days * DAY_MS;
    faults.add({ operation: 'CreateBackup', kind: 'access-denied', when, until });
  };

/** Meanwhile someone breaks something that would have to be reported. */
const silencesTopic = (world: World): void => {
  const { clock, faults } = world.account;
  faults.add({ operation: 'Publish', kind: 'internal-error', until: clock.now() + 2 * HOUR_MS });
  pitrOf('coupons', false)(world);
};

const callsNextBackup =
  (how: World['nextBackup']) =>
  (world: World): void => {
    world.nextBackup = how;
  };

const deploys = (version: Parameters<World['deploy']>[0]) => (world: World) => world.deploy(version);

const nothing = (): void => undefined;

/** What AWS, clocks and deployments do. */
export const MACHINES: readonly Incident[] = [
  incident(
    [14, '00:50', 'AWS'],
    { what: 'throttles ListBackups and CreateBackup, right over the nightly slot' },
    throttlesBackups,
  ),
  incident(
    [16, '00:30', 'AWS'],
    {
      what: 'denies every backup of ledger-eu, for three days: somebody changed the key policy',
      ...isHeard('backups-failing/ledger-eu/standard', 1),
    },
    deniesBackupsOf('ledger-eu', 3),
  ),
  incident(
    [19, '00:30', 'lena'],
    { what: 'sets the key policy of ledger-eu right', ends: 'backups-failing/ledger-eu/standard' },
    nothing,
  ),
  incident(
    [21, '01:00', 'Berlin'],
    {
      what: 'sets its clocks back: this day has 25 hours, and the nightly slot moves from 01:00 to 02:00 UTC',
    },
    nothing,
  ),
  incident(
    [24, '09:30', 'tom'],
    {
      what: 'deploys policies.yml with "retention: { last: 2 }" for standard: most recovery points would expire',
      ...isHeard('guardrail-refusal'),
    },
    deploys('careless'),
  ),
  incident(
    [25, '08:15', 'lena'],
    { what: 'reads the mail and deploys policies.yml as it was', ends: 'guardrail-refusal' },
    deploys('careful'),
  ),
  incident(
    [28, '02:01', 'Lambda'],
    { what: 'loses the machine under the next backup run half-way: nothing it sends arrives any more' },
    callsNextBackup('dies-half-way'),
  ),
  incident(
    [30, '02:01', 'EventBridge'],
    { what: 'delivers the next backup event twice: two runs at once' },
    callsNextBackup('delivered-twice'),
  ),
  incident(
    [36, '10:05', 'AWS'],
    {
      what: 'SNS is down for two hours, and tom switches point-in-time recovery of coupons off meanwhile',
      ...isHeard('pitr-off/coupons', 2 * AN_AUDIT),
    },
    silencesTopic,
  ),
];
