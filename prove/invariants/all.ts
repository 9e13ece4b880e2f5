import type { Principals } from '../story/event.ts';
import type { RunRecord } from '../world/record.ts';
import { actsInTime } from './acts-in-time.ts';
import { digestInTime } from './digest-in-time.ts';
import { dueIsMade } from './due-is-made.ts';
import { failingKeeps } from './failing-keeps.ts';
import { blindnessIsLoud, failuresAreTold } from './failures-are-told.ts';
import { forgerDeletesNothing } from './forger-deletes-nothing.ts';
import { forgeriesAreTold } from './forgeries-are-told.ts';
import { futureDeletesNothing } from './future-deletes-nothing.ts';
import { gapsDeleteNothing } from './gaps-delete-nothing.ts';
import { goneStay } from './gone-stay.ts';
import { guardrailHolds } from './guardrail-holds.ts';
import type { Invariant } from './invariant.ts';
import { largerStay } from './larger-stay.ts';
import type { Life } from './life.ts';
import { lossesAreTold } from './losses-are-told.ts';
import { mutedIsSilent } from './muted-is-silent.ts';
import { neverThrows } from './never-throws.ts';
import { newestStays } from './newest-stays.ts';
import { oneSlotOnePoint } from './one-slot-one-point.ts';
import { onlyOwn } from './only-own.ts';
import { onlyTakenVanishes } from './only-taken-vanishes.ts';
import { overIsOver } from './over-is-over.ts';
import { restartsAreTold } from './restarts-are-told.ts';
import { retentionHolds } from './retention-holds.ts';
import { toldOnce } from './told-once.ts';
import { copiesHold } from './vaults/copies-hold.ts';
import { copiesOnce } from './vaults/copies-once.ts';
import { jobsAreTold } from './vaults/jobs-are-told.ts';
import { lastEndsTold } from './vaults/last-ends-told.ts';
import { oneSlotOneJob } from './vaults/one-slot-one-job.ts';

/** What must hold after every run, by name. */
const INVARIANTS: Readonly<Record<string, Invariant>> = {
  'newest-stays': newestStays,
  'larger-stay': largerStay,
  'only-own': onlyOwn,
  'gone-stay': goneStay,
  'gaps-delete-nothing': gapsDeleteNothing,
  'retention-holds': retentionHolds,
  'failing-keeps': failingKeeps,
  'guardrail-holds': guardrailHolds,
  'one-slot-one-point': oneSlotOnePoint,
  'due-is-made': dueIsMade,
  'failures-are-told': failuresAreTold,
  'blindness-is-loud': blindnessIsLoud,
  'told-once': toldOnce,
  'over-is-over': overIsOver,
  'future-deletes-nothing': futureDeletesNothing,
  'muted-is-silent': mutedIsSilent,
  'digest-in-time': digestInTime,
  'restarts-are-told': restartsAreTold,
  'never-throws': neverThrows,
  'only-taken-vanishes': onlyTakenVanishes,
  'acts-in-time': actsInTime,
  'one-slot-one-job': oneSlotOneJob,
  'copies-hold': copiesHold,
  'copies-once': copiesOnce,
  'last-ends-told': lastEndsTold,
  'jobs-are-told': jobsAreTold,
};

/** What must hold for other principals, by name. */
const OF_FORGERS: Readonly<Record<string, Invariant>> = {
  'forger-deletes-nothing': forgerDeletesNothing,
  'forgeries-are-told': forgeriesAreTold,
};
const OF_TAGGERS: Readonly<Record<string, Invariant>> = { 'losses-are-told': lossesAreTold };

/** Invariants that assume genuine names, and so are not checked with a forger. */
const OF_TRUE_NAMES: readonly string[] = [];

const invariantsFor = (principals: Principals | undefined): Readonly<Record<string, Invariant>> => {
  const { forger = false, tagger = false } = principals ?? {};
  const always = Object.entries(INVARIANTS).filter(([name]) => !(forger && OF_TRUE_NAMES.includes(name)));
  return { ...Object.fromEntries(always), ...(forger && OF_FORGERS), ...(tagger && OF_TAGGERS) };
};

/** Something that must hold and did not. */
export interface Breach {
  readonly invariant: string;
  readonly at: number;
  readonly what: string;
}

/** Invariants that do not depend on tags, or check themselves whether tags moved, and so also hold while changed ones become visible. */
const WHATEVER_TAGS_SAY = [
  'only-own',
  'one-slot-one-point',
  'one-slot-one-job',
  'guardrail-holds',
  'future-deletes-nothing',
  'told-once',
  'never-throws',
  'acts-in-time',
];

/** Returns every breach of a run, given the history before it. */
export const breachesOf = (run: RunRecord, life: Life, principals?: Principals): readonly Breach[] =>
  Object.entries(invariantsFor(principals))
    .filter(([invariant]) => !run.tagsMoved || WHATEVER_TAGS_SAY.includes(invariant))
    .flatMap(([invariant, holds]) =>
      holds(run, life).map((what) => ({
        invariant,
        at: run.before.at,
        what: `${run.mode} ${run.runId}: ${what}`,
      })),
    );
