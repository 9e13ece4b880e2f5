import { isWrittenAdvice, readAdvice } from '../../model/advice.ts';
import type { Denial, Forbidder } from '../../model/failure.ts';
import type { OpenFinding } from '../../model/memory.ts';
import type { Facet } from '../../model/observation.ts';
import { isNumber, isText, listOf, narrowed, oneOf, optional, shape } from '../../model/shape.ts';
import type { FindingChanges } from '../../ports/state-store.ts';
import { changeEntries } from './changes.ts';
import { placeOf, readEntries, type StateTable } from './items.ts';
import { withFailures } from './landed.ts';

const FINDINGS = 'finding';

const isFacet = oneOf<Facet>(
  'details',
  'drills',
  'memory',
  'pitr',
  'recent-recovery-points',
  'recovery-points',
  'subscriptions',
  'table-keys',
  'table-names',
  'tags',
  'vault-settings',
  'vaults',
);

const isDenial = shape<Denial>({
  operation: isText,
  action: optional(isText),
  by: oneOf<Forbidder>(
    'organization',
    'permissions-boundary',
    'role-deny',
    'role-lacks',
    'resource',
    'unknown',
  ),
  caller: optional(isText),
  role: optional(isText),
});

/** A finding that was opened before all time would be over at once, and nobody would know. */
const isOpening = narrowed(isNumber, (at) => at >= 0);

const hasItsFields = shape<OpenFinding>({
  id: isText,
  kind: isText,
  severity: oneOf('critical', 'warning', 'info'),
  fact: isText,
  measured: isText,
  promised: isText,
  advice: isWrittenAdvice,
  since: isNumber,
  until: optional(isNumber),
  openedAt: isOpening,
  table: optional(isText),
  policy: optional(isText),
  facet: optional(isFacet),
  cause: optional(isText),
  errorName: optional(isText),
  denials: optional(listOf(isDenial)),
  remedy: optional(isText),
  needs: optional(isText),
  notifiedAt: optional(isNumber),
  incidentAt: optional(isNumber),
  repairedAt: optional(isNumber),
  resolvedAt: optional(isNumber),
  subjects: optional(listOf(isText)),
  toldFirstAt: optional(isNumber),
  toldSubjects: optional(listOf(isText)),
});

/** While one of these is open, nothing of its table expires. */
export const STOPPING_EXPIRY: readonly string[] = [
  'backup-job-failed',
  'backups-failing',
  'recovery-point-overdue',
];

/** One of these that contradicts its own id is not read as if it were of another table, or no such finding at all. */
const fitsItsId = ({ id, kind, table, policy }: OpenFinding): boolean => {
  const [kindOfId = ''] = id.split('/');
  const stops = STOPPING_EXPIRY.includes(kind) || STOPPING_EXPIRY.includes(kindOfId);
  return !stops || id === [kind, table, policy].filter((part) => part !== undefined).join('/');
};

const isFinding = narrowed(hasItsFields, fitsItsId);

/** The first versions wrote what could not be read into the id alone. */
const withFacet = (finding: OpenFinding): OpenFinding => {
  const [, facet] = finding.id.split('/');
  return finding.kind === 'observation-gap' && finding.facet === undefined && isFacet(facet)
    ? { ...finding, facet }
    : finding;
};

/** Until when, as version 0.1.0 wrote it into the cause. */
const MUTED_UNTIL = /^until (\d{4}-\d\d-\d\d) (\d\d:\d\d) UTC$/;

/** Version 0.1.0 wrote the end of a mute into its cause alone, to the minute. */
const withUntil = (finding: OpenFinding): OpenFinding => {
  const { kind, cause = '', until } = finding;
  const [, date, time] = MUTED_UNTIL.exec(cause) ?? [];
  if (kind !== 'muted' || until !== undefined || date === undefined) return finding;
  const written = Date.parse(`${date}T${time}Z`);
  return Number.isNaN(written) ? finding : { ...finding, until: written };
};

/** Version 0.1.0 wrote advice as one text. */
const withAdvice = (finding: OpenFinding): OpenFinding => ({
  ...finding,
  advice: readAdvice(finding.advice),
});

/** Reads the open findings, sorted by id. */
export const readFindings = async (table: StateTable): Promise<readonly OpenFinding[]> => {
  const entries = await readEntries(table, placeOf(table, FINDINGS), isFinding);
  return entries.map(({ content }) => withAdvice(withFailures(withUntil(withFacet(content)))));
};

/** Writes changed findings and removes resolved ones. A failure leaves some of them written; the next run reports again. */
export const saveFindings = (table: StateTable, { put, remove }: FindingChanges): Promise<void> => {
  const pk = placeOf(table, FINDINGS);
  return changeEntries(table, {
    put: put.map((finding) => ({ pk, sk: finding.id, content: finding })),
    remove: remove.map((id) => ({ pk, sk: id })),
  });
};
