/** The answers of AWS as members and values, whatever they travel as. */
export type Members = Readonly<Record<string, unknown>>;

const isJson = (text: string): boolean => text.startsWith('{');

const ELEMENT = /<(\w+)(?: xmlns="[^"]*")?>(.*?)<\/\1>/gsy;
const ENTITIES: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#xD;': '\r',
  '&amp;': '&',
};

const plain = (text: string): string =>
  text.replaceAll(/&(?:lt|gt|quot|#xD|amp);/g, (entity) => ENTITIES[entity] ?? entity);

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** SNS speaks XML; a map of it is a row of entries with a key and a value. */
const fromXml = (xml: string): unknown => {
  const elements = [...xml.matchAll(ELEMENT)];
  if (elements.length === 0) return plain(xml);
  return Object.fromEntries(
    elements.map(([, name = '', inner = '']) => {
      const [, key, value] = /^<key>(.*?)<\/key><value>(.*)<\/value>$/s.exec(inner) ?? [];
      return name === 'entry' && key !== undefined
        ? [`entry ${key}`, plain(value ?? '')]
        : [name, fromXml(inner)];
    }),
  );
};

const elementOf = ([name, value]: readonly [string, unknown]): string =>
  name.startsWith('entry ')
    ? `<entry><key>${name.slice('entry '.length)}</key><value>${toXml(value)}</value></entry>`
    : `<${name}>${toXml(value)}</${name}>`;

const toXml = (value: unknown): string => {
  if (value === null) return '';
  return typeof value === 'object' ? Object.entries(value).map(elementOf).join('') : escaped(String(value));
};

/** Parses the members of a response. */
export const membersOf = (text: string): Members =>
  isJson(text) ? (JSON.parse(text) as Members) : (fromXml(text) as Members);

/** Rewrites the members of a response. */
export const rewritten = (text: string, change: (members: Members) => Members): string => {
  const members = change(membersOf(text));
  return isJson(text) ? JSON.stringify(members) : toXml(members);
};
