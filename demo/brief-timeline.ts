import { MINUTE_MS } from '../shared/model/instant.ts';
import { bodyLines } from './mail-box.ts';
import type { Paint } from './paint.ts';
import type { Day } from './story.ts';
import { type Timeline, whenText, who } from './timeline.ts';
import type { Happening } from './world.ts';

type Mail = Extract<Happening, { readonly kind: 'mail' }>;

const ONLY_REMINDS = /^\[[^\]]+\] \d+ still open(?:; worst|, (?:critical|warning|info):)/;

/** A mail that only repeats what is still open; the first one had it in full. */
const isReminder = (happening: Happening): boolean =>
  happening.kind === 'mail' && ONLY_REMINDS.test(happening.subject);

/** Everybody knows by now whom it is from. */
const withoutSender = (subject: string): string => subject.replace(/^\[[^\]]+\] /, '');

/** One line for an event that lasts for days: it is shown when it begins, and again only after a day without it. */
const createOngoing = () => {
  const lastDays = new Map<string, number>();
  return (number: number, what: string): boolean => {
    const last = lastDays.get(what);
    lastDays.set(what, number);
    return last === undefined || number > last + 1;
  };
};

/** Two functions that end for the same reason are one thing. */
const withoutFunction = (what: string): string => what.replace(/^\w+(?= ends as an error)/, '');

/** What went wrong in a run whose mail left is in that mail. */
const withoutTold = (happenings: readonly Happening[]): readonly Happening[] => {
  const mailed = new Set(
    happenings.filter(({ kind }) => kind === 'mail').map(({ at }) => Math.floor(at / MINUTE_MS)),
  );
  return happenings.filter(
    (one) => one.kind !== 'deed' || !one.isRepetitive || !mailed.has(Math.floor(one.at / MINUTE_MS)),
  );
};

/** Mails that follow each other on a day, and everything else alone. */
const inGroups = (happenings: readonly Happening[]): readonly (Happening | readonly Mail[])[] => {
  const groups: (Happening | Mail[])[] = [];
  for (const one of happenings) {
    const last = groups.at(-1);
    if (one.kind !== 'mail') groups.push(one);
    else if (Array.isArray(last)) last.push(one);
    else groups.push([one]);
  }
  return groups;
};

/** One finding shows what all look like: its last line is its id. */
const toFirstFinding = (lines: readonly string[]): readonly string[] => {
  const shown = lines.findIndex((line) => /│ {3}Finding: /.test(line)) + 1;
  const rest = lines.length - shown;
  return [...lines.slice(0, shown), `${' '.repeat(14)}… and ${rest} more lines`];
};

/** Creates the timeline with one line for each event, and the first mail as far as its first finding. */
export const createBriefTimeline = (paint: Paint): Timeline => {
  let isShown = false;
  const begins = createOngoing();

  const wholeOf = (mail: Mail): readonly string[] => {
    if (isShown) return [];
    isShown = true;
    return toFirstFinding(bodyLines(mail, paint));
  };

  const isNews = (happening: Happening, number: number): boolean => {
    if (happening.kind !== 'deed') return !isReminder(happening);
    const { isDetail, isRepetitive, what } = happening;
    return !isDetail && (!isRepetitive || begins(number, withoutFunction(what)));
  };

  const lineOf = (number: number, one: Happening | readonly Mail[]): readonly string[] => {
    if (Array.isArray(one)) {
      const mails: readonly Mail[] = one;
      const [first] = mails;
      const subjects = mails.map(({ subject }) => withoutSender(subject)).join(' · ');
      const line = first && `${paint.faint(whenText(number, first))} ${who('mail')}${paint.strong(subjects)}`;
      return [line ?? '', ...mails.flatMap(wholeOf)];
    }
    const happening = one as Exclude<Happening, Mail>;
    const when = paint.faint(whenText(number, happening));
    return happening.kind === 'incident'
      ? [`${when} ${paint.incident(`${who(happening.who)}${happening.what}`)}`]
      : [`${when} ${paint.deed(`${who('Tablekeeper')}${happening.what}`)}`];
  };

  return {
    add: ({ number, happenings }: Day) =>
      inGroups(withoutTold(happenings).filter((happening) => isNews(happening, number))).flatMap((one) =>
        lineOf(number, one),
      ),
    end: () => [],
  };
};
