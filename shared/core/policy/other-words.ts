import { settingsIn } from './differences.ts';

type Path = readonly PropertyKey[];

/** Words of other tools, in small letters alone, and the setting that they mean here. */
const WORDS = new Map(
  Object.entries({
    cron: 'schedule',
    cronexpression: 'schedule',
    frequency: 'schedule',
    scheduleexpression: 'schedule',
    scheduleexpressiontimezone: 'timezone',
    tz: 'timezone',
    zone: 'timezone',
    tagkey: 'tag',
    plans: 'policies',
    rules: 'policies',
    forget: 'retention',
    keep: 'retention',
    lifecycle: 'retention',
    prune: 'retention',
    retain: 'retention',
    retentionpolicy: 'retention',
    recoverypointobjective: 'rpo',
    continuousbackups: 'pitr',
    enablecontinuousbackup: 'pitr',
    pointintimerecovery: 'pitr',
    pointintimerecoveryenabled: 'pitr',
    enabled: 'required',
    recoveryperiod: 'recoveryPeriodDays',
    count: 'last',
    latest: 'last',
    newest: 'last',
    days: 'daily',
    hours: 'hourly',
    months: 'monthly',
    weeks: 'weekly',
    years: 'yearly',
    annual: 'yearly',
    annually: 'yearly',
  }),
);

/** Words for how long something is kept, which is a duration here. */
const LENGTHS: readonly string[] = [
  'age',
  'deleteafter',
  'deleteafterdays',
  'expireafter',
  'expireafterdays',
  'keepdays',
  'maxage',
  'retentiondays',
  'retentionindays',
  'retentionperiod',
  'ttl',
];

const plain = (key: string): string => key.toLowerCase().replaceAll(/[^a-z]/g, '');

/** restic and borg write `keep-daily`, and others `retain_daily` or `dailyCount`. */
const withoutKeep = (word: string): string =>
  word.replace(/^(?:keep|retain)(?=.)/, '').replace(/(?<=.)(?:count|s)$/, '');

const meantBy = (key: string, settings: readonly string[]): string | undefined => {
  const word = plain(key);
  const candidates = [word, withoutKeep(word), WORDS.get(word), WORDS.get(withoutKeep(word))];
  return settings.find((setting) => candidates.some((one) => one?.toLowerCase() === setting.toLowerCase()));
};

const RULES: Path = ['policies', '*', 'retention'];

/**
 * Says what to write for a word of another tool, or for one that stands in the wrong map. Undefined for a word that means
 * nothing here.
 */
export const fixForOtherWord = (map: Path, key: string): string | undefined => {
  const isPolicy = map.length === 2 && map[0] === 'policies';
  const isRules = map.length === 3 && map[2] === 'retention';
  if (LENGTHS.includes(plain(key)) && (isPolicy || isRules)) {
    const written = 'within: 35d to keep all for 35 days, or daily: 35 to keep one of each day';
    return `Write ${isRules ? written : `retention, with ${written}`}.`;
  }
  const here = meantBy(key, settingsIn(map));
  if (here !== undefined) return `Write ${here}.`;
  const rule = isPolicy ? meantBy(key, settingsIn(RULES)) : undefined;
  return rule === undefined ? undefined : `Write retention: { ${rule}: ${rule === 'within' ? '7d' : 7} }.`;
};
