import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type ParsedNode,
  parseDocument,
  stringify,
  type YAMLMap,
} from 'yaml';
import type { StackTemplate } from '../../model/infrastructure-code.ts';
import type { Json } from '../../model/table-settings.ts';
import { isObject } from './allow-list.ts';

/** A template that was read: what it says, and where another resource goes. */
export interface Template {
  readonly text: string;
  /** Every scalar is a text as it is written, and a short tag is a member: `{ '!Ref': 'Orders' }`. */
  readonly tree: { readonly [key: string]: Json };
  readonly resources: Readonly<Record<string, Json>>;
  /** Where the resources stand in the text. */
  readonly place:
    | { readonly kind: 'braces'; readonly at: number; readonly isEmpty: boolean }
    | { readonly kind: 'lines'; readonly at: number; readonly indent: string; readonly newline: string };
}

/** Only texts, lists and maps: nothing of a template is taken for a number or a date. */
const OPTIONS = { schema: 'failsafe', logLevel: 'error' } as const;

type Part = Node | ParsedNode | null | undefined;

const plainTags: ReadonlySet<string> = new Set([
  'tag:yaml.org,2002:map',
  'tag:yaml.org,2002:seq',
  'tag:yaml.org,2002:str',
]);

const withoutTag = (node: Node, document: Document.Parsed): Json => {
  if (isMap(node))
    return Object.fromEntries(
      node.items.map(({ key, value }) => [
        String(treeOf(key as Part, document)),
        treeOf(value as Part, document),
      ]),
    );
  if (isSeq(node)) return node.items.map((item) => treeOf(item as Part, document));
  return isScalar(node) ? String(node.value ?? '') : null;
};

const treeOf = (node: Part, document: Document.Parsed): Json => {
  if (node === null || node === undefined) return null;
  if (isAlias(node)) {
    const meant = node.resolve(document);
    if (meant === undefined) throw new Error(`${node.source} names no anchor`);
    return treeOf(meant, document);
  }
  const value = withoutTag(node, document);
  const { tag } = node as { readonly tag?: string };
  return tag === undefined || plainTags.has(tag) ? value : { [tag]: value };
};

/** Reads a text into a tree; undefined where it is no template that can be read. */
const parsed = (text: string) => {
  const document = parseDocument(text, OPTIONS);
  if (document.errors.length > 0 || !isMap(document.contents)) return undefined;
  try {
    const tree = treeOf(document.contents, document);
    return isObject(tree) ? { root: document.contents as YAMLMap, tree } : undefined;
  } catch {
    return undefined;
  }
};

/** Below the line of `Resources:`, so that a comment above the first resource stays with it. */
const placeOf = (text: string, root: YAMLMap, resources: YAMLMap): Template['place'] | undefined => {
  const [start] = resources.range ?? [];
  if (start === undefined) return undefined;
  if (resources.flow) return { kind: 'braces', at: start + 1, isEmpty: resources.items.length === 0 };
  const pair = root.items.find(({ value }) => value === resources);
  const end = (pair?.key as Part)?.range?.[1];
  const first = (resources.items[0]?.key as Part)?.range?.[0];
  if (end === undefined || first === undefined) return undefined;
  const indent = text.slice(text.lastIndexOf('\n', first - 1) + 1, first);
  return /^ +$/.test(indent)
    ? {
        kind: 'lines',
        at: text.indexOf('\n', end) + 1,
        indent,
        newline: text.includes('\r\n') ? '\r\n' : '\n',
      }
    : undefined;
};

/** Reads a template in JSON or YAML; undefined where it cannot be read, or has no place for another resource. */
export const readTemplate = ({ text }: Pick<StackTemplate, 'text'>): Template | undefined => {
  const read = parsed(text);
  if (read === undefined) return undefined;
  const node = read.root.get('Resources', true) as unknown;
  const resources = read.tree.Resources;
  if (!isMap(node) || !isObject(resources)) return undefined;
  const place = placeOf(text, read.root, node as YAMLMap);
  return place && { text, tree: read.tree, resources, place };
};

const inLines = (resources: Readonly<Record<string, Json>>, indent: string, newline: string): string => {
  const text = stringify(resources, {
    version: '1.1',
    blockQuote: false,
    lineWidth: 0,
    aliasDuplicateObjects: false,
  });
  return text
    .trimEnd()
    .split('\n')
    .map((line) => `${indent}${line}${newline}`)
    .join('');
};

const inBraces = (resources: Readonly<Record<string, Json>>, isEmpty: boolean): string => {
  const entries = Object.entries(resources).map(
    ([id, resource]) =>
      `\n    ${JSON.stringify(id)}: ${JSON.stringify(resource, null, 2).replaceAll('\n', '\n    ')}`,
  );
  return entries.join(',') + (isEmpty ? '\n  ' : ',');
};

/** Adds resources to a template and leaves every character that stands there. */
export const withResources = (
  { text, place }: Template,
  resources: Readonly<Record<string, Json>>,
): string => {
  const added =
    place.kind === 'braces'
      ? inBraces(resources, place.isEmpty)
      : inLines(resources, place.indent, place.newline);
  return text.slice(0, place.at) + added + text.slice(place.at);
};

/** A template without any resource, for a stack of the table's own. */
export const EMPTY_TEMPLATE = '{\n  "AWSTemplateFormatVersion": "2010-09-09",\n  "Resources": {}\n}\n';
