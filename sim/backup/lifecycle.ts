const DAY_MS = 86_400_000;

/** When a recovery point goes to cold storage and when it is deleted, in days after its creation. */
export interface Lifecycle {
  readonly MoveToColdStorageAfterDays?: number;
  readonly DeleteAfterDays?: number;
  readonly OptInToArchiveForSupportedResources?: boolean;
}

/** The instants that a lifecycle comes to. A copy counts from the creation of its source. */
export const lifecycleInstants = (
  { MoveToColdStorageAfterDays: cold, DeleteAfterDays: days }: Lifecycle,
  createdAt: number,
): { readonly coldAt?: number; readonly deleteAt?: number } => ({
  ...(cold === undefined ? {} : { coldAt: createdAt + cold * DAY_MS }),
  ...(days === undefined ? {} : { deleteAt: createdAt + days * DAY_MS }),
});
