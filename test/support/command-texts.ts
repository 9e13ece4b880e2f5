import { fileURLToPath } from 'node:url';
import {
  isIdentifier,
  isImportSpecifier,
  isNoSubstitutionTemplateLiteral,
  isStringLiteral,
  isTemplateExpression,
} from 'typescript/unstable/ast/is';
import { API, type Project } from 'typescript/unstable/sync';

// Finds in the sources, by their syntax, where a command is written into a text, and where commands are turned into text.

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

type SourceFile = NonNullable<ReturnType<Project['program']['getSourceFile']>>;
type TreeNode = Parameters<typeof isIdentifier>[0];

/** What turns a command into text. */
const WRITERS: ReadonlySet<string> = new Set(['adviceLine', 'commandText', 'shellWords']);

const isText = (node: TreeNode): boolean =>
  isStringLiteral(node) || isNoSubstitutionTemplateLiteral(node) || isTemplateExpression(node);

/** What a source file has. */
export interface CommandTexts {
  readonly path: string;
  /** Texts with a command in them, as they stand in the source. */
  readonly texts: readonly string[];
  /** How often it turns commands into text. */
  readonly writes: number;
}

const findIn = (file: SourceFile, pattern: RegExp): Omit<CommandTexts, 'path'> => {
  const texts: string[] = [];
  let writes = 0;
  const visit = (node: TreeNode): void => {
    const text = isText(node) ? file.text.slice(node.pos, node.end).trim() : '';
    if (pattern.test(text)) texts.push(text);
    if (isIdentifier(node) && WRITERS.has(node.text) && !isImportSpecifier(node.parent)) writes += 1;
    node.forEachChild(visit);
  };
  visit(file);
  return { texts, writes };
};

/** Returns what each source file under the folders has: texts that have a command as the pattern finds it, and how often commands become text. */
export const commandTexts = (folders: readonly string[], pattern: RegExp): readonly CommandTexts[] => {
  const api = new API({ cwd: ROOT });
  try {
    const [project] = api.updateSnapshot({ openProjects: [`${ROOT}tsconfig.json`] }).getProjects();
    if (project === undefined) throw new Error('there is no project to read');
    const { program } = project;
    return program.getSourceFileNames().flatMap((name) => {
      const path = name.startsWith(ROOT) ? name.slice(ROOT.length) : '';
      const isWanted = folders.some((folder) => path.startsWith(`${folder}/`));
      const file = isWanted ? program.getSourceFile(name) : undefined;
      return file === undefined ? [] : [{ path, ...findIn(file, pattern) }];
    });
  } finally {
    api.close();
  }
};
