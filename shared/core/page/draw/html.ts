/** Markup that is safe to write into a page: nothing but `html` and `joined` makes it. */
export class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** What may stand in a template: text is escaped; nothing is written for what is absent or false. */
export type Insert = string | number | Markup | readonly Markup[] | undefined | false;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** What is not shown as itself: control characters, the direction of writing, fillers. A line break and a tab are shown as a space anyhow. */
const UNSHOWN = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}](?<![\n\t])/gu;

/** SAFETY: every text of a page passes through here. Escapes what HTML would obey, in text and in quoted attributes, and shows what would stay unseen as `�`. */
export const escaped = (text: string): string =>
  text.replaceAll(UNSHOWN, '\uFFFD').replaceAll(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);

const written = (insert: Insert): string => {
  if (insert === undefined || insert === false) return '';
  if (insert instanceof Markup) return insert.text;
  if (typeof insert === 'object') return insert.map(({ text }) => text).join('');
  return escaped(String(insert));
};

/** Builds markup out of a template; whatever is inserted is escaped unless it is markup itself. Attributes have to be quoted. */
export const html = (parts: TemplateStringsArray, ...inserts: readonly Insert[]): Markup =>
  new Markup(parts.reduce((text, part, at) => `${text}${written(inserts[at - 1])}${part}`));

/** Joins pieces with markup between them. */
export const joined = (pieces: readonly Markup[], between: Markup): Markup =>
  new Markup(pieces.map(({ text }) => text).join(between.text));
