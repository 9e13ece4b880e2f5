import { type Finding, type FindingKind, findingId } from '../../model/finding.ts';
import { withVaults } from '../preflight/needs.ts';
import { preflight } from '../preflight/preflight.ts';
import {
  isShownByJobs,
  NOTHING,
  type Preflight,
  type Trouble,
  type TroubleKind,
  type Unknown,
} from '../preflight/trouble.ts';
import type { CheckContext } from './context.ts';

/** Decides what keeps AWS Backup from doing what the policies that govern tables ask for. A policy that no table uses asks for nothing. */
export const preflightOf = ({
  governed,
  observation,
}: Pick<CheckContext, 'governed' | 'observation'>): Preflight => {
  const inUse = withVaults(governed.flatMap(({ policies }) => policies));
  const facts = observation.vaultFacts;
  return facts === undefined || inUse.length === 0
    ? NOTHING
    : preflight(inUse, facts, observation.target, observation.observedAt);
};

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
