import { HOUR_MS, type Instant, MINUTE_MS } from '../shared/model/instant.ts';
import { INCIDENTS } from './incidents.ts';
import type { LedgerCheck } from './ledger-check.ts';
import { sameTold } from './same-told.ts';
import { type Day, instantOf } from './story.ts';
import type { Happening, Incident } from './world.ts';

type Mail = Extract<Happening, { readonly kind: 'mail' }>;

const isMail = (happening: Happening): happening is Mail => happening.kind === 'mail';

/** The section that names what is resolved, from its heading on. */
const RESOLVED = /^RESOLVED$/m;

const idsIn = (text: string): readonly string[] =>
  [...text.matchAll(/Finding:\s+(\S+)/g)].map(([, id = '']) => id);

const openIn = ({ body }: Mail): readonly string[] => idsIn(body.split(RESOLVED)[0] ?? '');
const overIn = ({ body }: Mail): readonly string[] => idsIn(body.split(RESOLVED)[1] ?? '');

/** An audit is never further away, and takes a moment itself. */
const NEWS_MS = 6 * HOUR_MS + 10 * MINUTE_MS;

type Expectation = readonly [id: string, ids: (mail: Mail) => readonly string[], withinMs: number];

const expectationsOf = ({ heard, ends }: Incident): readonly Expectation[] => [
  ...(heard === undefined ? [] : [[heard.findingId, openIn, heard.withinHours * HOUR_MS] as const]),
  ...(ends === undefined ? [] : [[ends, overIn, NEWS_MS] as const]),
];

const isMet = (mails: readonly Mail[], from: Instant, [id, ids, withinMs]: Expectation): boolean =>
  mails.some((mail) => mail.at > from && mail.at <= from + withinMs && ids(mail).includes(id));

const unheard = (mails: readonly Mail[], incidents: readonly Incident[]): readonly string[] =>
  incidents.flatMap((incident) => {
    const from = instantOf(incident);
    return expectationsOf(incident)
      .filter((expectation) => !isMet(mails, from, expectation))
      .map(([id]) => `${id} after "${incident.who} ${incident.what}"`);
  });

/** Checks that people were alerted in time to what went wrong and to its resolution. */
export const storyChecks = (days: readonly Day[]): readonly LedgerCheck[] => {
  const mails = days.flatMap(({ happenings }) => happenings).filter(isMail);
  const until = days.at(-1)?.number ?? 0;
  const happened = INCIDENTS.filter(({ day }) => day <= until);
  const refused = days.filter(({ number }) => number === 24).flatMap(({ runs }) => runs);
  const edited = instantOf({ day: 24, time: '09:30' });
  return [
    {
      claim: 'people heard of everything that went wrong, and of its end, in time',
      contradictions: unheard(mails, happened),
    },
    {
      claim: 'nothing expired under the policies that would have deleted most of it',
      contradictions: refused
        .filter(({ at, expired }) => at > edited && expired > 0)
        .map(({ key, expired }) => `${key}: ${expired}`),
    },
    sameTold(mails),
  ];
};
