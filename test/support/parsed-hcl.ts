import parser from 'hcl2-parser';

/** A block by its type, each with its attributes and blocks; references and calls stand as `\${...}`. */
export interface ParsedHcl {
  readonly [type: string]: unknown;
}

const parsedTexts = new Map<string, ParsedHcl>();

const parse = (text: string): ParsedHcl => {
  const [parsed, error] = parser.parseToObject(text);
  if (error !== null || typeof parsed !== 'object' || parsed === null)
    throw new Error(`no HCL: ${JSON.stringify(error)}\n${text}`);
  return parsed as ParsedHcl;
};

/** Parses HCL with Terraform's own grammar, and throws where it is none. The parser writes `$\${` and `%%{` as they mean. */
export const parsedHcl = (text: string): ParsedHcl => {
  const parsed = parsedTexts.get(text) ?? parse(text);
  parsedTexts.set(text, parsed);
  return parsed;
};
