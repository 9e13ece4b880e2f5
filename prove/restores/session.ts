import { answerRestore } from '../../cli/restore/answer.ts';
import type { RestoreOptions } from '../../cli/restore/options.ts';
import type { Session } from '../../cli/session.ts';
import { plainPaint } from '../../cli/view/colour.ts';
import type { Advice } from '../../shared/model/advice.ts';
import { UserError } from '../../shared/model/errors.ts';
import { composeRestore } from '../../shared/run/compose-restore.ts';
import { createFaults, type Faults } from '../../sim/faults.ts';
import { createRandom } from '../../sim/random.ts';
import type { SessionTrouble } from '../story/event.ts';
import { faultOf } from '../world/add-trouble.ts';
import { INSTANCE, policiesOf, type World } from '../world/deployment.ts';
import { bypassSdk } from '../world/lean-client.ts';
import { createNap } from '../world/nap.ts';
import type { CallRecord } from '../world/record.ts';
import { createWire } from '../world/wire.ts';

/** Who restores, by the ledger. */
export const PERSON = 'person';

/** What one session at a terminal came to. */
export interface Typed {
  readonly end: 'answered' | 'refused' | 'killed' | 'threw';
  /** Of an answer, as with `--json`. */
  readonly document?: RestoreDocument;
  readonly exitCode?: number;
  /** Of a refusal its code; of what was thrown its stack. */
  readonly error?: string;
  readonly message?: string;
  readonly calls: readonly CallRecord[];
  readonly from: number;
  readonly to: number;
}

/** What is read of the document of an answer. */
export interface RestoreDocument {
  readonly restores?: readonly {
    readonly targetTable: string;
    readonly phase: string;
    readonly result?: string;
    readonly finished?: boolean;
    readonly why?: string;
    readonly advice?: Advice;
    readonly failure?: string;
  }[];
}

const SILENT = { write: () => undefined, isTerminal: false, columns: undefined };

const sessionAt = (now: () => number): Session => ({
  options: { policies: 'policies.yml', instance: INSTANCE, json: true, color: false },
  terminal: {
    env: { TZ: 'UTC' },
    stdout: SILENT,
    stderr: SILENT,
    seat: {},
    readInput: () => Promise.resolve(new Uint8Array()),
    selectProfile: () => undefined,
    untilInterrupted: () => new Promise(() => undefined),
  },
  screen: { paint: plainPaint },
  here: {},
  sources: new Map(),
  now,
});

/** The person's own line is as good as the session says; what is wrong with the account itself reaches them only where that is said too. */
const faultsOf = ({ account }: World, { wire, shared = false }: SessionTrouble): Faults => {
  const own = createFaults(account.clock, createRandom(1));
  if (wire !== undefined) own.add(faultOf(wire));
  return {
    ...own,
    inject: (call) => own.inject(call) ?? (shared ? account.faults.inject(call) : undefined),
  };
};

const failureOf = (thrown: unknown): Pick<Typed, 'end' | 'error' | 'message'> =>
  thrown instanceof UserError
    ? { end: 'refused', error: thrown.content.code, message: thrown.message }
    : { end: 'threw', error: thrown instanceof Error ? String(thrown.stack) : String(thrown) };

/** Types a restore at one terminal, which may die. Whoever calls drives the clock. */
export const typeRestore = async (
  world: World,
  options: Partial<RestoreOptions>,
  trouble: SessionTrouble,
): Promise<Typed> => {
  const { clock, region } = world.account;
  const nap = createNap(clock);
  const wire = createWire({ ...world.account, faults: faultsOf(world, trouble) }, nap);
  const calls: CallRecord[] = [];
  const killed = wire.begin(calls, trouble.kill, trouble.asleep);
  const from = clock.now();
  const type = async (): Promise<Pick<Typed, 'end' | 'document' | 'exitCode'>> => {
    const parts = await composeRestore({
      policies: policiesOf(world.file),
      instance: INSTANCE,
      region,
      clock: { now: clock.now, ...nap.timers },
      random: () => 0.5,
      credentials: { accessKeyId: PERSON, secretAccessKey: 'simulated' },
      requestHandler: wire.handler,
      ...(world.speech === 'lean' && { wrapClient: bypassSdk({ wire, accessKeyId: PERSON }) }),
    });
    const { document, exitCode } = await answerRestore(sessionAt(clock.now), parts, {
      sample: 3,
      ...options,
    });
    return { end: 'answered', exitCode, ...(document !== undefined && { document }) };
  };
  const ended = await Promise.race([
    type().catch(failureOf),
    killed.then(() => ({ end: 'killed' }) as const),
  ]);
  void wire.begin([], { call: 1, when: 'before' });
  return { ...ended, calls, from, to: clock.now() };
};
