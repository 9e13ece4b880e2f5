import { UserError } from '../../model/errors.ts';

/** Splits `NAME=VALUE` at its first `=`; all of it is the name where there is none. */
export const nameAndValue = (text: string): readonly [name: string, value: string] => {
  const at = text.indexOf('=');
  return at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
};

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-resource-tags.html (checked 2026-11-28) */
const KEY = /^[\w./=+:@ -]{1,128}$/;
const VALUE = /^[\w./=+:@ -]{0,256}$/;

/** CloudFormation takes 50 tags of a stack, and Serverless adds one. */
const MAX_TAGS = 49;

const mistake = (what: string): UserError =>
  new UserError({
    code: 'stack-tags',
    what,
    where: { file: 'serverless.yml' },
    fix: 'Write --param="stackTags=team=payments,cost-center=42", or --param="stackTags=none".',
  });

const tagOf = (text: string): readonly [key: string, value: string] => {
  const [name, content] = nameAndValue(text).map((part) => part.trim()) as [string, string];
  if (name === '' || content === '') throw mistake(`${JSON.stringify(text)} in stackTags is no KEY=VALUE.`);
  if (/^aws:/i.test(name)) throw mistake(`${JSON.stringify(name)} in stackTags is a key of AWS's own.`);
  if (!(KEY.test(name) && VALUE.test(content)))
    throw mistake(
      `${JSON.stringify(text)} in stackTags cannot be a tag: letters, digits, spaces and . / + : = @ _ - only, 128 for the key and 256 for the value.`,
    );
  return [name, content];
};

/** Reads the tags of a stack as a person writes them, `team=payments,cost-center=42`. Throws a `UserError` for what can be no tag, or comes twice. */
export const parseStackTags = (text: string): Readonly<Record<string, string>> => {
  if (text.trim() === '') return {};
  const tags = text.split(',').map(tagOf);
  const twice = tags.find(([key], index) => tags.findIndex(([other]) => other === key) !== index);
  if (twice !== undefined) throw mistake(`${JSON.stringify(twice[0])} in stackTags comes twice.`);
  if (tags.length > MAX_TAGS) throw mistake(`stackTags are ${tags.length}, and ${MAX_TAGS} have room.`);
  return Object.fromEntries(tags);
};

/** SAFETY: refuses the keys that decide about tables: a stack's tags are on its state table as well, which opts out by them. */
export const checkStackTags = (tags: Readonly<Record<string, string>>, policyTag: string): void => {
  const own = Object.keys(tags).find(
    (key) => key.toLowerCase() === policyTag.toLowerCase() || key.toLowerCase().startsWith('backup:'),
  );
  if (own === undefined) return;
  throw mistake(`${JSON.stringify(own)} in stackTags is a tag by which Tablekeeper decides about tables.`);
};
