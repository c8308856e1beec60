/** Classes that every gateway knows. */
export const BASE_CLASSES = ['read', 'write', 'destructive', 'open-world'] as const;

export type BaseClass = (typeof BASE_CLASSES)[number];

/** Names of classes: lower case, with hyphens between words. */
export const CLASS_NAME_PATTERN = /^(?=.{1,40}$)[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** Begins the name of the action group that a class is in Cedar. No target's name holds a colon. */
const CLASS_PREFIX = 'class:';

/** Name of the action group of a class: `class:read`. */
export function classAction(name: string): string {
  return `${CLASS_PREFIX}${name}`;
}

/** The class that an action group stands for; undefined for tools, targets and the groups above them. */
export function classOfAction(action: string): string | undefined {
  return action.startsWith(CLASS_PREFIX) ? action.slice(CLASS_PREFIX.length) : undefined;
}

export function isBaseClass(name: string): name is BaseClass {
  return (BASE_CLASSES as readonly string[]).includes(name);
}

/** Names that no class can have. */
export function invalidClassNames(names: readonly string[]): string[] {
  return names.filter((name) => !CLASS_NAME_PATTERN.test(name));
}

/**
 * Classes in their order, each once: what destroys also writes, and what writes is not in `read`, which holds tools that change nothing.
 * The base set comes first, then a team's own names by the alphabet.
 */
export function orderedClasses(names: Iterable<string>): string[] {
  const all = new Set(names);
  if (all.has('destructive')) all.add('write');
  if (all.has('write')) all.delete('read');
  const own = [...all].filter((name) => !isBaseClass(name)).sort();
  return [...BASE_CLASSES.filter((name) => all.has(name)), ...own];
}
