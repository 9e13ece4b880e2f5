const PATTERN = /^tablekeeper\.prod\.([a-z0-9-]+)\.(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/;

interface Origin {
  readonly policy: string;
  readonly slot: number;
}

const readOrigin = (name: string): Origin | undefined => {
  const [, policy, ...parts] = PATTERN.exec(name) ?? [];
  if (policy === undefined) return undefined;
  const [year = 0, month = 0, ...rest] = parts.map(Number);
  const slot = Date.UTC(year, month - 1, ...(rest as [number, number, number, number]));
  const digits = new Date(slot).toISOString().replaceAll(/\D/g, '').slice(0, 14);
  return digits === parts.join('') ? { policy, slot } : undefined;
};

/** Every run asks for every name again. */
const origins = new Map<string, Origin | undefined>();

/** Parses the policy and the slot in a backup's name, if the name is exactly one of this deployment's. */
export const originOf = (name: string): Origin | undefined => {
  if (!origins.has(name)) {
    if (origins.size > 100_000) origins.clear();
    origins.set(name, readOrigin(name));
  }
  return origins.get(name);
};
