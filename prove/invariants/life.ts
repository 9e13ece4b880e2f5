import { DESTINATIONS } from '../story/vault-spec.ts';
import { type Begun, copiesBegunBy } from '../truth/copies-begun.ts';
import { createGoneTruth, type GoneTruth, watchGone } from '../truth/gone.ts';
import { type MutesAsked, watchMutes } from '../truth/mutes-spent.ts';
import { mayEndSilently, optedOutIn } from '../truth/protection.ts';
import { type Sighting, sightingOf, unsureOf } from '../truth/restarts.ts';
import { latestSlotOf } from '../truth/slots.ts';
import { type Causes, toldBy } from '../truth/told.ts';
import {
  failedCalls,
  hadMemory,
  isPlain,
  type Made,
  type RunRecord,
  tablesLookedAt,
} from '../world/record.ts';

/** What the invariants know of a simulation so far. Each run is added after they were checked on it. */
export interface Life {
  /** Every recovery point that Tablekeeper made, by incarnation and name. */
  readonly made: Map<string, Made[]>;
  /** ARNs of those that a person deleted, which say the table. */
  readonly takenAway: Set<string>;
  /** Tables of those. */
  readonly takenTables: Set<string>;
  /** Ids of the findings that were reported and whose resolution was not. */
  readonly toldOpen: Set<string>;
  /** Those of them that a run has repaired since: what is found later is another, and told as new. */
  readonly repaired: Set<string>;
  /** What brought each finding about, by its id, as it was last reported. */
  readonly causes: Map<string, Causes>;
  /** Ids, or whole kinds, of findings that may have been reported without Tablekeeper knowing that they were. */
  readonly maybeTold: Set<string>;
  /**
   * Functions that have not run completely since a run died or ran beside another: until each has, one of them may find what was about to be
   * reported, and report it again.
   */
  readonly inDoubt: Set<string>;
  /** Every copy that a run had begun, oldest first. */
  readonly copied: Begun[];
  /** Copy jobs that a run saw completed, and noted: AWS forgets them, and of another account's vault nothing else says that they came to something. */
  readonly seenCopied: Set<string>;
  /** Jobs of AWS Backup that a run began without noting them. */
  readonly unnoted: Set<string>;
  /** Slots whose recovery point was made by a run that could not write claims. */
  readonly unclaimed: Set<string>;
  /** Tables that said once that nothing is to govern them. */
  readonly optedOut: Set<string>;
  /** What was to be remembered of restorable windows, by table. */
  readonly sightings: Map<string, Sighting>;
  /** Which policies governed each table, by its id, at the last audit of which all is known. */
  readonly governedBy: Map<string, readonly string[]>;
  /** For how long tags asked for silence. */
  readonly mutes: MutesAsked;
  /** Names of tables whose loss was reported by any run since that audit. */
  readonly lossTold: Set<string>;
  /** Ids of tables that something governed once and nothing does now. */
  readonly out: Set<string>;
  /** The slot of the last digest that was sent. */
  digestedSlot: number;
  /** Nothing is certain about digests: one that was sent may not have been saved, or was saved by a wrong clock. */
  maybeDigested: boolean;
  /** ARNs of forged recovery points that were reported. */
  readonly forgedTold: Set<string>;
  /** Since when Tablekeeper certainly remembers each policy: the end of the first run that had it in its file. */
  readonly knownSince: Map<string, number>;
  /** What is true of tables that went. */
  readonly gone: GoneTruth;
  /** When a clock was last wrong, as far ahead as it went: claims made under it last until then. */
  skewedUntil: number;
}

export const createLife = (): Life => ({
  made: new Map(),
  takenAway: new Set(),
  takenTables: new Set(),
  toldOpen: new Set(),
  repaired: new Set(),
  causes: new Map(),
  maybeTold: new Set(),
  inDoubt: new Set(),
  copied: [],
  seenCopied: new Set(),
  unnoted: new Set(),
  unclaimed: new Set(),
  optedOut: new Set(),
  sightings: new Map(),
  governedBy: new Map(),
  mutes: new Map(),
  lossTold: new Set(),
  out: new Set(),
  digestedSlot: Number.NEGATIVE_INFINITY,
  maybeDigested: false,
  forgedTold: new Set(),
  knownSince: new Map(),
  gone: createGoneTruth(),
  skewedUntil: Number.NEGATIVE_INFINITY,
});

/** Modes by the names of their functions. */
const NAMES: Readonly<Record<string, string>> = { protect: 'backup', expire: 'prune' };

/** Whether the state table did not take a claim. */
export const claimsFailed = (run: RunRecord): boolean =>
  failedCalls(run).some(({ operation }) => operation === 'PutItem');

const HOLD_MS = 17 * 60_000;

export const slotKey = ({ tableId, name }: Pick<Made, 'tableId' | 'name'>): string => `${tableId} ${name}`;

/** A hint reports of the tables that it was about, and of nothing else. */
const businessOf = (run: RunRecord): ((id: string) => boolean) => {
  if (run.mode !== 'hint') return () => true;
  const names = new Set(tablesLookedAt(run).map(({ name }) => name));
  return (id) => id.split('/').some((part) => names.has(part));
};

/** What says in its own words that the last recovery points of a deleted table are gone, which is no good news. */
const SAYS_GONE: readonly string[] = ['deleted-table-ended', 'table-deleted'];

const isToldOtherwise = (id: string, run: RunRecord): boolean => {
  const [kind, table] = id.split('/');
  return (
    kind === 'recovery-points-of-lost-table' &&
    run.report?.openFindings.some((open) => SAYS_GONE.includes(open.kind) && open.table === table) === true
  );
};

/** Findings about what opted out, or is gone, end silently. */
const endSilently = ({ toldOpen, optedOut }: Life, run: RunRecord): void => {
  const { report, before, later } = run;
  const isItsBusiness = businessOf(run);
  const open = new Set(report?.openFindings.map(({ id }) => id));
  const ended =
    report === undefined || !hadMemory(run)
      ? []
      : [...toldOpen].filter((id) => !open.has(id) && isItsBusiness(id));
  const isSilent = (id: string): boolean =>
    mayEndSilently(id, before) || mayEndSilently(id, later) || isToldOtherwise(id, run);
  for (const id of ended) if (isSilent(id)) toldOpen.delete(id);
  for (const name of [...optedOutIn(before), ...optedOutIn(later)]) optedOut.add(name);
};

/** A repair ends what it repairs; what is told after that stands for itself. */
const watchRepairs = ({ repaired }: Life, { pitrChanged }: RunRecord, told: readonly string[]): void => {
  for (const id of told) repaired.delete(id);
  for (const { tableName } of pitrChanged)
    for (const kind of ['pitr-off', 'pitr-window-short']) repaired.add(`${kind}/${tableName}`);
};

const hear = (life: Life, run: RunRecord): void => {
  const { opened, again, resolved, unclear } = toldBy(run, life);
  for (const id of [...opened, ...again]) life.toldOpen.add(id);
  watchRepairs(life, run, [...opened, ...resolved]);
  const isWrittenDown = run.end === 'whole' && !run.overlapped;
  // What was reported as resolved and not saved, or by one of two runs at once, may be seen again as known.
  for (const id of isWrittenDown ? resolved : []) life.toldOpen.delete(id);
  for (const { id, cause } of run.report?.openFindings ?? []) {
    const before = isWrittenDown ? [] : (life.causes.get(id) ?? []);
    life.causes.set(id, new Set([...before, cause]));
  }
  for (const kind of unclear) life.maybeTold.add(kind);
  if (isWrittenDown) return;
  for (const id of [...opened, ...resolved]) life.maybeTold.add(id);
};

/** What a run that died was about to report is reported again by the next function that sees it. */
const doubt = ({ inDoubt }: Life, { mode, end, overlapped }: RunRecord): void => {
  if (end !== 'whole' || overlapped) for (const name of ['backup', 'prune', 'audit']) inDoubt.add(name);
  else inDoubt.delete(NAMES[mode] ?? mode);
};

/** One that was sent plainly is written down, and all is clear again. */
const readDigest = (life: Life, { before: { file, at }, digests, end, overlapped, skewMs }: RunRecord) => {
  if (digests === 0 || file.digest === undefined) return;
  life.digestedSlot = latestSlotOf(file.digest, file.timezone, at);
  life.maybeDigested = end !== 'whole' || overlapped || skewMs !== 0;
};

/** Where tags became visible, or something failed, it is not certain what the run saw or saved. */
const watchWindows = ({ sightings }: Life, run: RunRecord): void => {
  const isSure = isPlain(run) && !run.tagsMoved;
  for (const table of tablesLookedAt(run)) {
    const next = isSure ? sightingOf(table, run.before, sightings.get(table.name)) : unsureOf(table);
    if (next === undefined) sightings.delete(table.name);
    else sightings.set(table.name, next);
  }
};

const watchPolicies = ({ knownSince, skewedUntil }: Life, run: RunRecord): void => {
  if (!isPlain(run) || run.mode === 'hint') return;
  for (const { name } of run.before.file.policies)
    if (!knownSince.has(name)) knownSince.set(name, Math.max(run.endedAt, skewedUntil));
};

const completedIn = ({ report }: RunRecord): readonly string[] =>
  (report?.observation.jobs ?? []).flatMap(({ id, kind, state }) =>
    kind === 'copy' && state === 'completed' ? [id] : [],
  );

const watchCopies = ({ seenCopied }: Life, run: RunRecord): void => {
  if (run.end !== 'whole' || run.overlapped || !hadMemory(run)) return;
  for (const id of completedIn(run)) seenCopied.add(id);
};

/** Whether a run could know that a copy job was completed: by a list of its vault, by a list of jobs, or because an earlier run noted it. */
export const couldKnowCopied = (
  { id, vaultArn }: { readonly id: string; readonly vaultArn: string },
  run: RunRecord,
  { seenCopied }: Life,
): boolean => vaultArn !== DESTINATIONS.far || seenCopied.has(id) || completedIn(run).includes(id);

/** Adds a past run to the history. */
export const remember = (life: Life, run: RunRecord): void => {
  for (const made of run.made) life.made.set(slotKey(made), [...(life.made.get(slotKey(made)) ?? []), made]);
  // Of two runs at once one may write over what the other noted.
  const isNoted = run.end === 'whole' && !run.overlapped && hadMemory(run);
  if (!isNoted) for (const { job } of run.begun) life.unnoted.add(job.id);
  if (claimsFailed(run)) for (const made of run.made) life.unclaimed.add(slotKey(made));
  life.copied.push(...copiesBegunBy(run));
  watchCopies(life, run);
  watchGone(life.gone, run, life);
  hear(life, run);
  doubt(life, run);
  endSilently(life, run);
  readDigest(life, run);
  watchWindows(life, run);
  watchMutes(life.mutes, run);
  watchPolicies(life, run);
  if (run.skewMs !== 0) {
    life.skewedUntil = Math.max(life.skewedUntil, run.before.at + Math.max(0, run.skewMs) + HOLD_MS);
  }
};
