import { loadPolicies } from '../../shared/core/policy/load.ts';
import { compose } from '../../shared/run/compose.ts';
import type { Parts } from '../../shared/run/parts.ts';
import { reconcile } from '../../shared/run/reconcile.ts';
import { leanlyOver } from '../world/lean-client.ts';
import type { Service } from './service.ts';

const MINUTE_MS = 60_000;

const POLICIES = loadPolicies(
  'policies:\n  standard:\n    schedule: "0 3 * * *"\n    retention: { daily: 7 }\n',
  'policies.yml',
);

/** A run's own place: which it is, and how far its clock is off. */
export interface Seat {
  readonly index: number;
  readonly runId: string;
  skewMs: number;
}

/** Makes of the parts of a run what the code is to be judged with: as it is, or with one of its rules taken away. */
export type Variant = (parts: Parts, service: Service) => Parts;

/** What is behind the parts of a run. They are made for each run: what one has learned of rates must not reach the next walk. */
interface Behind {
  service: Service;
  seat: Seat;
}

/** Beyond five minutes AWS refuses, and the SDK signs by the time of its answers from then on. */
const signatureSkewOf = ({ skewMs }: Seat): number => (Math.abs(skewMs) > 5 * MINUTE_MS ? 0 : skewMs);

const partsOf = (behind: Behind): Parts =>
  compose({
    policies: POLICIES,
    instance: 'prod',
    accountId: '111122223333',
    region: 'us-east-1',
    stateTable: 'tablekeeper-prod-state',
    topicArn: 'arn:aws:sns:us-east-1:111122223333:tablekeeper-prod-alerts',
    // Whoever waits is woken at once: what a wait is for, a walk does by moving time.
    clock: {
      now: () => behind.service.now + behind.seat.skewMs,
      sleep: () => Promise.resolve(),
      after: () => () => undefined,
    },
    random: () => 0,
    credentials: { accessKeyId: 'walk', secretAccessKey: 'walk' },
    rewire: leanlyOver({
      wire: {
        call: (call) => {
          const { service, seat } = behind;
          return service.receive(seat.index, call, service.now + signatureSkewOf(seat));
        },
      },
      accessKeyId: 'walk',
    }),
  });

/** Starts the nth run: the whole of it, as a function would. What it leaves under way in a walk that is over reaches nothing. */
export const startRun = async (service: Service, seat: Seat, variant: Variant): Promise<void> => {
  const parts = variant(partsOf({ service, seat }), service);
  const deadline = parts.clock.now() + 15 * MINUTE_MS;
  await reconcile(parts, { mode: 'protect', runId: seat.runId, deadline });
};
