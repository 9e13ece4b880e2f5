import { type Finding, type FindingKind, findingId } from '../../model/finding.ts';
import { isShownByJobs, type Trouble, type TroubleKind, type Unknown } from '../preflight/trouble.ts';
import type { CheckContext } from './context.ts';

/** Makes a finding of a trouble. */
export const findingOfTrouble = <Kind extends TroubleKind & FindingKind>(
  { subject, ...said }: Trouble & { readonly kind: Kind },
  since: number,
): Finding => ({ ...said, id: findingId(said.kind, ...subject), since });

const isUnder = (id: string, { kind, subject }: Unknown): boolean => {
  const unknown = findingId(kind, ...subject);
  return id === unknown || id.startsWith(`${unknown}/`);
};

/** Of a finding that is open, what a run would say of it again. */
export const again = ({ id, kind, severity, fact, measured, promised, since, advice }: Finding): Finding => ({
  id,
  kind,
  severity,
  fact,
  measured,
  promised,
  since,
  advice,
});

/**
 * SAFETY: what could not be read resolves nothing. Returns the findings of one kind: the troubles but for what is most likely meant, and what was open of things that could not be read
 * this time.
 */
export const troublesOf = (kind: TroubleKind & FindingKind, context: CheckContext): readonly Finding[] => {
  const { troubles, unknowns } = context.preflight;
  const found = troubles
    .filter((trouble) => trouble.kind === kind && trouble.severity !== 'info')
    .map((trouble) => findingOfTrouble({ ...trouble, kind }, context.now));
  const ids = new Set(found.map(({ id }) => id));
  const unread = unknowns.filter((unknown) => unknown.kind === kind && !isShownByJobs(unknown));
  const kept = context.openFindings.filter(
    (open) => open.kind === kind && !ids.has(open.id) && unread.some((unknown) => isUnder(open.id, unknown)),
  );
  return [...found, ...kept.map(again)];
};
