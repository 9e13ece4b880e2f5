const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#xD;',
};

const escapeText = (text: string): string => text.replace(/[&<>"\r]/g, (char) => ESCAPES[char] ?? char);

const element = (name: string, value: unknown): string => {
  if (value === undefined || value === null) return '';
  return `<${name}>${toXml(value)}</${name}>`;
};

/** Writes the elements inside an output. A list becomes `member`s, a Map becomes `entry`s. */
export const toXml = (value: unknown): string => {
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map((each) => element('member', each)).join('');
  if (value instanceof Map) {
    return [...value].map(([key, each]) => element('entry', { key, value: each })).join('');
  }
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value)
      .map(([name, each]) => element(name, each))
      .join('');
  }
  return escapeText(String(value));
};
