type Branch = Map<string, Branch | string>;

const plant = (branch: Branch, path: readonly string[], value: string): void => {
  const [head = '', ...rest] = path;
  if (rest.length === 0) {
    branch.set(head, value);
    return;
  }
  const existing = branch.get(head);
  const child: Branch = existing instanceof Map ? existing : new Map();
  branch.set(head, child);
  plant(child, rest, value);
};

const harvest = (branch: Branch | string): unknown => {
  if (typeof branch === 'string') return branch;
  const list = branch.get('member') ?? branch.get('entry');
  if (list instanceof Map) return [...list.values()].map(harvest);
  return Object.fromEntries([...branch].map(([key, child]) => [key, harvest(child)]));
};

/** Reads a form of the query protocol as a structure: `Attributes.entry.1.key=A` becomes `{ Attributes: [{ key: 'A' }] }`. */
export const readForm = (body: string): Record<string, unknown> => {
  const root: Branch = new Map();
  for (const [name, value] of new URLSearchParams(body)) plant(root, name.split('.'), value);
  return harvest(root) as Record<string, unknown>;
};
