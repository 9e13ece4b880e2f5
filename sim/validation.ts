import type { Input } from './call.ts';
import { validationFailure } from './failure.ts';

/** What one member of an input must satisfy. Lengths count characters, or entries of a list. */
export interface Constraint {
  readonly required?: boolean;
  readonly length?: readonly [min: number, max: number];
  readonly range?: readonly [min: number, max: number];
  readonly pattern?: RegExp;
  readonly oneOf?: readonly string[];
}

/** Constraints by member, a dot leading into structures: `PointInTimeRecoverySpecification.RecoveryPeriodInDays`. */
export type Constraints = Readonly<Record<string, Constraint>>;

const memberAt = (input: Input, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined | null)?.[key], input);

const hasParent = (input: Input, path: string): boolean => {
  const parent = path.slice(0, Math.max(0, path.lastIndexOf('.')));
  return parent === '' || (memberAt(input, parent) ?? undefined) !== undefined;
};

const camelPath = (path: string): string =>
  path
    .split('.')
    .map((part) => part.charAt(0).toLowerCase() + part.slice(1))
    .join('.');

const shown = (value: unknown): string => {
  if (value === undefined || value === null) return 'null';
  return `'${Array.isArray(value) ? `[${value.join(', ')}]` : String(value)}'`;
};

const lengthBreach = (value: unknown, [min, max]: readonly [number, number]): string | undefined => {
  const length = typeof value === 'string' || Array.isArray(value) ? value.length : undefined;
  if (length === undefined) return undefined;
  if (length < min) return `Member must have length greater than or equal to ${min}`;
  return length > max ? `Member must have length less than or equal to ${max}` : undefined;
};

const rangeBreach = (value: unknown, [min, max]: readonly [number, number]): string | undefined => {
  if (typeof value !== 'number') return undefined;
  if (value < min) return `Member must have value greater than or equal to ${min}`;
  return value > max ? `Member must have value less than or equal to ${max}` : undefined;
};

const breachesOf = (value: unknown, constraint: Constraint): readonly string[] => {
  if (value === undefined || value === null) return constraint.required ? ['Member must not be null'] : [];
  const { length, range, pattern, oneOf } = constraint;
  const isOutsidePattern = pattern && !new RegExp(`^(?:${pattern.source})$`).test(String(value));
  return [
    length && lengthBreach(value, length),
    range && rangeBreach(value, range),
    isOutsidePattern && `Member must satisfy regular expression pattern: ${pattern.source}`,
    oneOf && !oneOf.includes(String(value)) && `Member must satisfy enum value set: [${oneOf.join(', ')}]`,
  ].filter((breach) => typeof breach === 'string');
};

/** Casts an input to the operation's own type once its members satisfy the constraints. Throws one failure that names every breach, as the services do. */
export const validated = <I>(input: Input, constraints: Constraints): I => {
  const breaches = Object.entries(constraints).flatMap(([path, constraint]) => {
    if (!hasParent(input, path)) return [];
    const value = memberAt(input, path);
    return breachesOf(value, constraint).map(
      (breach) => `Value ${shown(value)} at '${camelPath(path)}' failed to satisfy constraint: ${breach}`,
    );
  });
  if (breaches.length > 0) {
    const noun = breaches.length === 1 ? 'error' : 'errors';
    throw validationFailure(`${breaches.length} validation ${noun} detected: ${breaches.join('; ')}`);
  }
  return input as I;
};

/** The members that many operations share. */
export const TABLE_NAME_OR_ARN: Constraint = { required: true, length: [1, 1024] };
export const NEW_NAME: Constraint = { required: true, length: [3, 255], pattern: /[a-zA-Z0-9_.-]+/ };
export const BACKUP_ARN: Constraint = { required: true, length: [37, 1024] };
