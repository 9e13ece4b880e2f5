import { fileURLToPath } from 'node:url';
import { isCallExpression, isPropertyAccessExpression } from 'typescript/unstable/ast/is';
import { API, type Project, TypeFlags } from 'typescript/unstable/sync';

// Finds, by the types that the compiler gives, where text is matched, split or cut: by its own methods or by a regular expression's.

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

const ON_TEXT: ReadonlySet<string> = new Set([
  'at',
  'charAt',
  'endsWith',
  'includes',
  'indexOf',
  'lastIndexOf',
  'match',
  'matchAll',
  'replace',
  'replaceAll',
  'search',
  'slice',
  'split',
  'startsWith',
  'substring',
]);

const ON_PATTERN: ReadonlySet<string> = new Set(['exec', 'test']);

type Checker = Project['checker'];
type Type = NonNullable<ReturnType<Checker['getBaseTypeOfLiteralType']>>;
type SourceFile = NonNullable<ReturnType<Project['program']['getSourceFile']>>;
type TreeNode = Parameters<typeof isCallExpression>[0];

/** A literal out of a list, and what may be absent, are text as well. */
const isText = (type: Type, checker: Checker): boolean => {
  const base = checker.getBaseTypeOfLiteralType(checker.getNonNullableType(type) ?? type) ?? type;
  return (base.flags & TypeFlags.StringLike) !== 0;
};

/** The method, where a call is one that matches, splits or cuts text. */
const methodOf = (node: TreeNode, checker: Checker): string | undefined => {
  if (!isCallExpression(node) || !isPropertyAccessExpression(node.expression)) return undefined;
  const { expression, name } = node.expression;
  const isOnPattern = ON_PATTERN.has(name.text);
  if (!isOnPattern && !ON_TEXT.has(name.text)) return undefined;
  const type = checker.getTypeAtLocation(expression);
  if (type === undefined) return name.text;
  const isIts = isOnPattern ? checker.typeToString(type) === 'RegExp' : isText(type, checker);
  return isIts ? name.text : undefined;
};

const matchesIn = (file: SourceFile, checker: Checker): readonly string[] => {
  const methods: string[] = [];
  const visit = (node: TreeNode): void => {
    methods.push(...[methodOf(node, checker)].filter((method) => method !== undefined));
    node.forEachChild(visit);
  };
  visit(file);
  return methods.toSorted();
};

/** Returns the methods by which each source file under the folders matches, splits or cuts text; sorted, one for each place. */
export const stringMatches = (folders: readonly string[]): ReadonlyMap<string, readonly string[]> => {
  const api = new API({ cwd: ROOT });
  try {
    const [project] = api.updateSnapshot({ openProjects: [`${ROOT}tsconfig.json`] }).getProjects();
    if (project === undefined) throw new Error('there is no project to read');
    const { checker, program } = project;
    const found = new Map<string, readonly string[]>();
    for (const name of program.getSourceFileNames()) {
      const path = name.startsWith(ROOT) ? name.slice(ROOT.length) : '';
      const file = folders.some((folder) => path.startsWith(`${folder}/`))
        ? program.getSourceFile(name)
        : undefined;
      const methods = file === undefined ? [] : matchesIn(file, checker);
      if (methods.length > 0) found.set(path, methods);
    }
    return found;
  } finally {
    api.close();
  }
};
