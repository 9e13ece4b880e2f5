import type { OpenFinding } from '../../model/memory.ts';
import type { Facet } from '../../model/observation.ts';
import { isNumber, isText, listOf, narrowed, oneOf, optional, shape } from '../../model/shape.ts';
import type { FindingChanges } from '../../ports/state-store.ts';
import { changeEntries } from './changes.ts';
import type { StateTable } from './dynamodb-state-store.ts';
import { readEntries } from './items.ts';

const PK = 'finding';

const isFacet = oneOf<Facet>(
  'details',
  'memory',
  'pitr',
  'recent-recovery-points',
  'recovery-points',
  'subscriptions',
  'table-names',
  'tags',
);

/** A finding with an opening time before 1970 would be resolved at once, silently. */
const isOpening = narrowed(isNumber, (at) => at >= 0);

const hasItsFields = shape<OpenFinding>({
  id: isText,
  kind: isText,
  severity: oneOf('critical', 'warning', 'info'),
  fact: isText,
  measured: isText,
  promised: isText,
  advice: isText,
  since: isNumber,
  openedAt: isOpening,
  table: optional(isText),
  policy: optional(isText),
  facet: optional(isFacet),
  cause: optional(isText),
  remedy: optional(isText),
  needs: optional(isText),
  notifiedAt: optional(isNumber),
  resolvedAt: optional(isNumber),
  subjects: optional(listOf(isText)),
  toldSubjects: optional(listOf(isText)),
});

/** While one of these is open, nothing of its table expires. */
export const STOPPING_EXPIRY: readonly string[] = ['backups-failing', 'recovery-point-overdue'];

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

/** Reads the open findings, sorted by id. */
export const readFindings = async (table: StateTable): Promise<readonly OpenFinding[]> => {
  const entries = await readEntries(table, PK, isFinding);
  return entries.map(({ content }) => withFacet(content));
};

/** Writes changed findings and removes resolved ones. A failure leaves some of them written; the next run reports again. */
export const saveFindings = (table: StateTable, { put, remove }: FindingChanges): Promise<void> =>
  changeEntries(table, {
    put: put.map((finding) => ({ pk: PK, sk: finding.id, content: finding })),
    remove: remove.map((id) => ({ pk: PK, sk: id })),
  });
