// Intl also takes offsets such as +09:00 and abbreviations such as EST5EDT; neither says which clock changes apply where.
const SHAPE = /^[A-Z][A-Za-z]*(?:\/[A-Z][A-Za-z0-9_+-]*)+$/;

/** Returns the zones that IANA lists and this runtime knows by their main name, sorted. */
export const zoneNames = (): readonly string[] => ['UTC', ...Intl.supportedValuesOf('timeZone')].sort();

const spellings = new Map<string, string>();

/** The runtime takes a millisecond to list them, and every policy asks. */
const spellingOf = (text: string): string | undefined => {
  if (spellings.size === 0) for (const name of zoneNames()) spellings.set(name.toLowerCase(), name);
  return spellings.get(text.toLowerCase());
};

const known = (name: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
};

/**
 * Given text, returns whether it is an IANA zone by place (`Europe/Berlin`) or `UTC`, spelled as IANA spells it. At the edge: older
 * names of a place are right too (`Asia/Kolkata` and `Asia/Calcutta`); offsets and abbreviations are not.
 */
export const isZoneName = (text: string): boolean => {
  if (text === 'UTC') return true;
  const spelling = spellingOf(text);
  return SHAPE.test(text) && (spelling === text || (spelling === undefined && known(text)));
};
