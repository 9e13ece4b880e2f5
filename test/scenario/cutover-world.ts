import type { Terminal } from '../../cli/terminal.ts';
import type { Input, ServiceName } from '../../sim/call.ts';
import { invokeIn } from '../../sim/console/attachments.ts';
import { createFullTable } from '../../sim/console/full-table.ts';
import { requestHandlerOf, type SdkRequestHandler } from '../../sim/request-handler.ts';
import { aFile, seatIn, type Typed, typed } from '../cli/typed.ts';
import { DAILY, type Deployment, type DeploymentOptions, deploy } from '../support/deployment.ts';

export const MINUTE = 60_000;

export interface CutoverWorld extends Deployment {
  invoke(service: ServiceName, operation: string, input: Input): Promise<Input>;
  /** Types a command; `more` replaces parts of the terminal. */
  type(argv: string, more?: Partial<Terminal>): Promise<Typed>;
}

const KEYS = ['a', 'b', 'c'];

/** A table with every setting on, restored to the table `copy`; both are written to by nobody. */
export const cutoverWorld = async (options: Partial<DeploymentOptions> = {}): Promise<CutoverWorld> => {
  const deployment = await deploy({ startAt: '2026-11-27T12:00:00Z', ...options });
  const { account, clock } = deployment;
  const items = KEYS.map((pk) => ({ pk: { S: pk }, sk: { S: '1' } }));
  await createFullTable(account, { name: 'orders', tags: { 'backup:policy': 'standard' }, items });
  await clock.advanceBy(60 * MINUTE);
  const type: CutoverWorld['type'] = (argv, more = {}) =>
    clock.run(typed([...argv.split(' '), '--policies', aFile(DAILY)], { ...seatIn(deployment), ...more }));
  const restored = await type('restore orders --at latest --target copy --yes');
  if (restored.exitCode !== 0) throw new Error(`the restore failed: ${restored.stderr}`);
  await clock.advanceBy(10 * MINUTE);
  return { ...deployment, type, invoke: invokeIn(account) };
};

export const cut = (argv: string, more?: Partial<Terminal>) => (world: CutoverWorld) =>
  world.type(`cutover ${argv}`, more);

export const mappingsOf = async ({ invoke }: CutoverWorld) => {
  const { EventSourceMappings } = await invoke('lambda', 'ListEventSourceMappings', {});
  return EventSourceMappings as readonly Record<string, unknown>[];
};

export const pipesOf = async ({ invoke }: CutoverWorld) => {
  const { Pipes } = await invoke('pipes', 'ListPipes', {});
  return Pipes as readonly Record<string, unknown>[];
};

export const alarmsOf = async ({ invoke }: CutoverWorld) => {
  const AlarmTypes = ['MetricAlarm', 'CompositeAlarm'];
  const { MetricAlarms, CompositeAlarms } = await invoke('cloudwatch', 'DescribeAlarms', { AlarmTypes });
  const all = [...(MetricAlarms as object[]), ...(CompositeAlarms as object[])];
  return new Map(
    all.map((alarm) => [(alarm as { AlarmName: string }).AlarmName, alarm as Record<string, unknown>]),
  );
};

export const tableAt = async ({ invoke }: CutoverWorld, TableName: string) => {
  const { Table } = await invoke('dynamodb', 'DescribeTable', { TableName });
  return Table as Record<string, unknown>;
};

const targetOf = ({ headers }: { readonly headers: Readonly<Record<string, string>> }): string =>
  headers['x-amz-target']?.split('.').at(-1) ?? '';

/** The SDK warns when its bodies, which are bytes, are used as strings. */
const textIn = (body: unknown): string =>
  body instanceof Uint8Array ? new TextDecoder().decode(body) : String(body ?? '');

const lost = (): Error => Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });

/** A wire on which a session can be followed, and that breaks for good when it is told to. */
export const wire = (
  world: CutoverWorld,
  before: (operation: string, body: string) => 'break' | undefined | Promise<undefined>,
): Partial<Terminal> => {
  const handler = requestHandlerOf(world.account);
  let isBroken = false;
  const requestHandler: SdkRequestHandler = {
    ...handler,
    handle: async (request, options) => {
      isBroken ||= (await before(targetOf(request), textIn(request.body))) === 'break';
      if (isBroken) throw lost();
      return await handler.handle(request, options);
    },
  };
  return seatIn(world, requestHandler);
};
