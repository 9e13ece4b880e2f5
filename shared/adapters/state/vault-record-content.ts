import type { JobState } from '../../model/job.ts';
import { isNumber, isText, listOf, oneOf, optional, shape } from '../../model/shape.ts';
import type { KnownAttempt, KnownCopy, KnownPoint, LostCopy, VaultRecord } from '../../model/vault-record.ts';

const isState = oneOf<JobState>(
  'waiting',
  'running',
  'completed',
  'failed',
  'expired',
  'aborted',
  'partial',
  'unknown',
);

const isCopy = shape<KnownCopy>({
  vault: isText,
  attempt: isNumber,
  state: isState,
  startedAt: isNumber,
  jobId: optional(isText),
  id: optional(isText),
  endedAt: optional(isNumber),
  deletesAt: optional(isNumber),
  isEnded: optional(oneOf(true)),
  hadUntil: optional(isNumber),
  message: optional(isText),
});

const isPoint = shape<KnownPoint>({
  id: isText,
  vault: isText,
  policy: isText,
  slot: isNumber,
  tableId: isText,
  createdAt: isNumber,
  deletesAt: optional(isNumber),
  goneAt: optional(isNumber),
  copies: optional(listOf(isCopy)),
});

const isAttempt = shape<KnownAttempt>({
  jobId: isText,
  policy: isText,
  slot: isNumber,
  tableId: isText,
  attempt: isNumber,
  startedAt: isNumber,
});

const isLostCopy = shape<LostCopy>({
  vault: isText,
  policy: isText,
  source: isText,
  createdAt: isNumber,
  goneAt: isNumber,
});

/** Another version is refused: what it proves is not known here. */
export const isVaultRecord = shape<VaultRecord>({
  recordedTable: isText,
  version: oneOf(1),
  points: listOf(isPoint),
  strangers: optional(listOf(isText)),
  attempts: optional(listOf(isAttempt)),
  lostCopies: optional(listOf(isLostCopy)),
});
