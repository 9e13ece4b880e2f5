import { assertNever } from '../../model/errors.ts';
import type { SettingStep, StepOutcome } from '../../model/restore.ts';
import type { Target } from '../../model/target.ts';
import type { SettingsWriter } from '../../ports/restore.ts';
import type { Clock } from '../../ports/time.ts';
import type { ClientOptions } from '../aws/clients.ts';
import { makeChange } from './change.ts';
import { insightsChange, kinesisChange } from './change-observers.ts';
import { pitrChange, policyChange, type TableAt, tagsChange, ttlChange } from './change-plain.ts';
import { ruleChange, targetChange } from './change-scaling.ts';
import {
  askClass,
  askEncryption,
  askNoStream,
  askProtection,
  askReplica,
  askStream,
  tableChange,
} from './change-table.ts';
import { askIndex, askThroughput, askWarmth } from './change-throughput.ts';
import { createSettingsClients, type OptionsInRegion, type SettingsClients } from './settings-clients.ts';

/** A step about a replica is made in its Region. */
const placeOf = (clients: SettingsClients, table: string, step: SettingStep): TableAt => {
  const { target } = clients;
  const region = 'region' in step && step.kind !== 'replica' ? (step.region ?? target.region) : target.region;
  return { dynamodb: clients.inRegion(region), target: { ...target, region }, table };
};

type TableStep = Extract<
  SettingStep,
  {
    readonly kind:
      | 'deletion-protection'
      | 'stream-off'
      | 'stream'
      | 'table-class'
      | 'encryption'
      | 'throughput'
      | 'warm-throughput'
      | 'global-index'
      | 'replica';
  }
>;

const askFor = (step: TableStep): Parameters<typeof tableChange>[2] => {
  switch (step.kind) {
    case 'deletion-protection':
      return askProtection(step);
    case 'stream-off':
      return askNoStream(step);
    case 'stream':
      return askStream(step);
    case 'table-class':
      return askClass(step);
    case 'encryption':
      return askEncryption(step);
    case 'throughput':
      return askThroughput(step);
    case 'warm-throughput':
      return askWarmth(step);
    case 'global-index':
      return askIndex(step);
    case 'replica':
      return askReplica(step);
    default:
      return assertNever(step);
  }
};

const applied = (
  { scaling }: SettingsClients,
  at: TableAt,
  step: SettingStep,
  clock: Pick<Clock, 'now'>,
): Promise<StepOutcome> => {
  switch (step.kind) {
    case 'tags':
      return makeChange(tagsChange(at, step));
    case 'pitr':
      return makeChange(pitrChange(at, step));
    case 'resource-policy':
      return makeChange(policyChange(at, step));
    case 'insights':
      return makeChange(insightsChange(at, step));
    case 'kinesis':
      return makeChange(kinesisChange(at, step));
    case 'scalable-target':
      return makeChange(targetChange(scaling, at, step));
    case 'scaling-rule':
      return makeChange(ruleChange(scaling, step));
    case 'ttl':
      return makeChange(ttlChange(at, step, clock));
    default:
      return makeChange(tableChange(at.dynamodb, at.table, askFor(step)));
  }
};

/**
 * Creates what puts settings back in one account and Region. Each step looks first, is sent where what it asks for does not stand, and is looked at
 * again where its answer was lost or refused: a step that another session made is `as-it-was`. What the service asks to wait for is `deferred`.
 */
export const createSettingsWriter = (
  options: ClientOptions,
  target: Target,
  optionsIn?: OptionsInRegion,
): SettingsWriter => {
  const clients = createSettingsClients(options, target, optionsIn);
  return { apply: (table, step) => applied(clients, placeOf(clients, table, step), step, options.clock) };
};
