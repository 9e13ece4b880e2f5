import type { OpenFinding } from '../../model/memory.ts';
import type { Facet } from '../../model/observation.ts';
import type { FindingChanges } from '../../ports/state-store.ts';
import { changeEntries } from './changes.ts';
import { readEntries } from './items.ts';
import type { StateTable } from './table.ts';

const PK = 'finding';

const SEVERITIES: readonly unknown[] = ['critical', 'warning', 'info'];

const FACETS: readonly Facet[] = [
  'details',
  'memory',
  'pitr',
  'recent-recovery-points',
  'recovery-points',
  'subscriptions',
  'table-names',
  'tags',
];

type Unread = Readonly<Partial<Record<keyof OpenFinding, unknown>>>;

const isText = (value: unknown): value is string => typeof value === 'string';
const isTextOrNothing = (value: unknown): boolean => value === undefined || isText(value);
const isInstant = (value: unknown): boolean => typeof value === 'number';
const isInstantOrNothing = (value: unknown): boolean => value === undefined || isInstant(value);

const isTextsOrNothing = (value: unknown): boolean =>
  value === undefined || (Array.isArray(value) && value.every(isText));

const hasItsFields = (unread: Unread): boolean =>
  [unread.id, unread.kind, unread.fact, unread.measured, unread.promised, unread.advice].every(isText) &&
  [unread.table, unread.policy, unread.cause, unread.remedy, unread.needs].every(isTextOrNothing) &&
  [undefined, ...FACETS].some((facet) => facet === unread.facet) &&
  // One that was opened before all time would be over at once, and nobody would know.
  Number(unread.openedAt) >= 0 &&
  [unread.openedAt, unread.since].every(isInstant) &&
  [unread.notifiedAt, unread.resolvedAt].every(isInstantOrNothing) &&
  [unread.subjects, unread.toldSubjects].every(isTextsOrNothing) &&
  SEVERITIES.includes(unread.severity);

/** While one of these is open, nothing of its table expires. */
export const STOPPING_EXPIRY: readonly unknown[] = ['backups-failing', 'recovery-point-overdue'];

/** One of these that contradicts its own id is not read as if it were of another table, or no such finding at all. */
const fitsItsId = ({ id, kind, table, policy }: Unread): boolean => {
  const [kindOfId] = String(id).split('/');
  const stops = STOPPING_EXPIRY.includes(kind) || STOPPING_EXPIRY.includes(kindOfId);
  return !stops || id === [kind, table, policy].filter((part) => part !== undefined).join('/');
};

const isFinding = (content: unknown): content is OpenFinding =>
  typeof content === 'object' && content !== null && hasItsFields(content) && fitsItsId(content);

/** The first versions wrote what could not be read into the id alone. */
const withFacet = (finding: OpenFinding): OpenFinding => {
  if (finding.kind !== 'observation-gap' || finding.facet !== undefined) return finding;
  const facet = FACETS.find((one) => finding.id.split('/')[1] === one);
  return facet === undefined ? finding : { ...finding, facet };
};

const parse = (content: unknown): OpenFinding | undefined =>
  isFinding(content) ? withFacet(content) : undefined;

/** Given the state table, returns the open findings, sorted by id. */
export const readFindings = async (table: StateTable): Promise<readonly OpenFinding[]> => {
  const entries = await readEntries(table, PK, parse);
  return entries.map(({ content }) => content);
};

/** Given what changed, writes and forgets single findings. At the edge a failure leaves some of them written; the next run tells again. */
export const saveFindings = (table: StateTable, { put, remove }: FindingChanges): Promise<void> =>
  changeEntries(table, {
    put: put.map((finding) => ({ pk: PK, sk: finding.id, content: finding })),
    remove: remove.map((id) => ({ pk: PK, sk: id })),
  });
