import type { Json } from '../../model/table-settings.ts';
import { singleLine } from '../text/words.ts';

/** A value of HCL. */
export type HclValue =
  | string
  | number
  | boolean
  | readonly HclValue[]
  | { readonly kind: 'map'; readonly entries: readonly (readonly [string, HclValue])[] }
  /** Written as it stands: a reference, a call. */
  | { readonly kind: 'expression'; readonly text: string }
  | { readonly kind: 'json'; readonly value: Json };

/** A line or a block of HCL; an attribute or a comment that is undefined is left out. */
export type HclEntry =
  | { readonly kind: 'attribute'; readonly name: string; readonly value: HclValue }
  | {
      readonly kind: 'block';
      readonly type: string;
      readonly labels: readonly string[];
      readonly body: HclBody;
    }
  | { readonly kind: 'comment'; readonly text: string }
  | { readonly kind: 'blank' };

export type HclBody = readonly HclEntry[];

/** Makes an attribute. */
export const attribute = (name: string, value: HclValue): HclEntry => ({ kind: 'attribute', name, value });

/** Makes a block. */
export const block = (type: string, labels: readonly string[], body: HclBody): HclEntry => ({
  kind: 'block',
  type,
  labels,
  body,
});

/** Makes a comment of one line. */
export const comment = (text: string): HclEntry => ({ kind: 'comment', text });

/** Makes what is written as it stands. */
export const expression = (text: string): HclValue => ({ kind: 'expression', text });

const ESCAPES: Readonly<Record<string, string>> = {
  '\\': String.raw`\\`,
  '"': String.raw`\"`,
  '\n': String.raw`\n`,
  '\r': String.raw`\r`,
  '\t': String.raw`\t`,
};

const unicode = (sign: string): string => {
  const code = sign.codePointAt(0) ?? 0;
  return code > 0xffff
    ? String.raw`\U` + code.toString(16).padStart(8, '0')
    : String.raw`\u` + code.toString(16).padStart(4, '0');
};

/** Quotes a text so that nothing in it is a template, an escape or an end. Signs that nobody sees are written as their code. */
export const hclText = (text: string): string => {
  const signs = text.replaceAll(/["\\]|[\p{C}\p{Zl}\p{Zp}]/gu, (sign) => ESCAPES[sign] ?? unicode(sign));
  return `"${signs.replaceAll(/[$%]\{/g, (start) => start.charAt(0) + start)}"`;
};

const ofJson = (value: Json): HclValue => {
  if (value === null) return expression('null');
  if (typeof value !== 'object') return value;
  if (Array.isArray(value)) return (value as readonly Json[]).map(ofJson);
  const entries = Object.entries(value).map(([key, of]) => [key, ofJson(of)] as const);
  return { kind: 'map', entries };
};

const isList = (value: HclValue): value is readonly HclValue[] => Array.isArray(value);

/** Lines of a value; the first follows what stands before it. */
const valueLines = (value: HclValue): readonly string[] => {
  if (typeof value === 'string') return [hclText(value)];
  if (typeof value !== 'object') return [String(value)];
  if (isList(value)) return listLines(value);
  switch (value.kind) {
    case 'expression':
      return [value.text];
    case 'json': {
      const lines = valueLines(ofJson(value.value));
      return lines.map((line, at) => {
        const start = at === 0 ? `jsonencode(${line}` : line;
        return at === lines.length - 1 ? `${start})` : start;
      });
    }
    default:
      return mapLines(value.entries);
  }
};

const inside = (lines: readonly string[]): readonly string[] => lines.map((line) => `  ${line}`);

const listLines = (values: readonly HclValue[]): readonly string[] => {
  const items = values.map(valueLines);
  if (items.every(({ length }) => length === 1)) return [`[${items.flat().join(', ')}]`];
  const last = items.length - 1;
  return [
    '[',
    ...items.flatMap((lines, at) => inside([...lines.slice(0, -1), lines.at(-1) + (at === last ? '' : ',')])),
    ']',
  ];
};

/** Writes `name = value` lines; those of one line each that follow one another have their signs below one another, as `terraform fmt` has it. */
const assigned = (
  entries: readonly { readonly name: string; readonly lines: readonly string[] }[],
): readonly string[] =>
  entries.flatMap(({ name, lines }, at) => {
    if (lines.length > 1) return [`${name} = ${lines[0]}`, ...lines.slice(1)];
    let from = at;
    while (from > 0 && entries[from - 1]?.lines.length === 1) from -= 1;
    let to = at;
    while (entries[to + 1]?.lines.length === 1) to += 1;
    const width = Math.max(...entries.slice(from, to + 1).map((entry) => [...entry.name].length));
    return [`${name}${' '.repeat(width - [...name].length)} = ${lines[0]}`];
  });

/** A key that could be a word of the language is quoted as well. */
const keyText = (key: string): string =>
  /^(?!(?:for|if|in|null|true|false)$)[A-Za-z_][A-Za-z0-9_]*$/.test(key) ? key : hclText(key);

const mapLines = (entries: readonly (readonly [string, HclValue])[]): readonly string[] => {
  if (entries.length === 0) return ['{}'];
  const written = entries.map(([key, value]) => ({ name: keyText(key), lines: valueLines(value) }));
  return ['{', ...inside(assigned(written)), '}'];
};

type Attribute = Extract<HclEntry, { kind: 'attribute' }>;

const bodyLines = (body: HclBody): readonly string[] => {
  const lines: string[] = [];
  let run: Attribute[] = [];
  const flush = () => {
    lines.push(...assigned(run.map(({ name, value }) => ({ name, lines: valueLines(value) }))));
    run = [];
  };
  for (const entry of body) {
    if (entry.kind === 'attribute') {
      run.push(entry);
      continue;
    }
    flush();
    if (entry.kind === 'blank') lines.push('');
    else if (entry.kind === 'comment') lines.push(`# ${singleLine(entry.text)}`);
    else {
      const head = [entry.type, ...entry.labels.map(hclText)].join(' ');
      lines.push(
        ...(entry.body.length === 0 ? [`${head} {}`] : [`${head} {`, ...inside(bodyLines(entry.body)), '}']),
      );
    }
  }
  flush();
  return lines;
};

/** Writes HCL as `terraform fmt` leaves it. */
export const hclOf = (body: HclBody): string =>
  `${bodyLines(body)
    .map((line) => (line.trim() === '' ? '' : line))
    .join('\n')}\n`;
