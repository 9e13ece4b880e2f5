import type { Instant } from '../model/instant.ts';
import type { KeptTable, Memory, OpenFinding } from '../model/memory.ts';
import type { Glimpse, Picture } from '../model/picture.ts';

/** One run's sole right to make one recovery point. */
export interface Claim {
  /** Table id and recovery point name: one slot of one incarnation of one table under one policy. */
  readonly id: string;
  readonly runId: string;
  /** Until when no other run may try: past the deadline of the run that holds it. */
  readonly heldUntil: Instant;
}

/** A claim that is held, by exactly the call that got it: a run that is delivered twice has one id. */
export interface HeldClaim {
  readonly id: string;
  readonly token: string;
}

/** A wish to be the only one for a moment, such as to alert people. */
export interface Turn {
  readonly name: string;
  readonly now: Instant;
  /** Until when no other run gets the turn, should this run be killed. */
  readonly heldUntil: Instant;
}

/** A turn that was taken, as what gives it back. */
export interface HeldTurn {
  readonly name: string;
  readonly token: string;
}

/** Findings to write and ids of findings to forget. */
export interface FindingChanges {
  readonly put: readonly OpenFinding[];
  readonly remove: readonly string[];
}

/** What audits and hints saw of tables. */
export interface StoredPicture {
  /** Absent before the first audit. */
  readonly picture?: Picture;
  readonly glimpses: readonly Glimpse[];
}

/**
 * What outlives a run: claims, turns, open findings, memory. Every method throws when the store cannot be reached: nothing is claimed
 * on a guess. Nothing else may depend on it: without its memory a run still sees what exists.
 */
export interface StateStore {
  /**
   * Writes the claim unless another run holds it; undefined if one does. Takes over a claim whose `heldUntil` lies before `overBefore`, and none if
   * that is absent: only the caller knows from when on it has seen that nothing came of an older one. Throws a `StateTableMissingError` if there is
   * no store at all.
   */
  claim(claim: Claim, overBefore?: Instant): Promise<HeldClaim | undefined>;
  /** Releases a claim, unless another run has taken it over. Only for when the call was certainly not made. */
  release(held: HeldClaim): Promise<void>;
  /** Takes the turn unless another run holds it; undefined where one does. A turn past its `heldUntil` is free. */
  takeTurn(turn: Turn): Promise<HeldTurn | undefined>;
  /** Gives a turn back, if it is still held. */
  endTurn(held: HeldTurn): Promise<void>;
  /** Sorted by id. */
  readFindings(): Promise<readonly OpenFinding[]>;
  saveFindings(changes: FindingChanges): Promise<void>;
  readMemory(): Promise<Memory>;
  /** Writes what differs between the two. */
  saveMemory(before: Memory, after: Memory): Promise<void>;
  /** The deleted tables of which a person asked to keep what is left, sorted. No run writes them. */
  readKept(): Promise<readonly KeptTable[]>;
  keepTable(kept: KeptTable): Promise<void>;
  releaseTable(table: string): Promise<void>;
  /** Read by people alone: no run decides by it. */
  readPicture(): Promise<StoredPicture>;
  /** Over what an earlier audit saw, and hints before this one. */
  savePicture(picture: Picture): Promise<void>;
  saveGlimpses(glimpses: readonly Glimpse[]): Promise<void>;
}
