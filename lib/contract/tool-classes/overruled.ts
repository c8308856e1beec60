import { isBaseClass, orderedClasses } from './names';

/**
 * Classes after somebody nearer to the team has said others. What is said of the base set takes the place of the base classes that were
 * there, and own names that of own names: `['pii']` adds to a tool that reads, and `['write']` says that it does more. An empty list
 * takes every class away.
 * @param said undefined where nobody says anything
 */
export function overruledClasses(classes: readonly string[], said: readonly string[] | undefined): string[] {
  if (said === undefined) return orderedClasses(classes);
  if (said.length === 0) return [];
  const saysBase = said.some(isBaseClass);
  const saysOwn = said.some((name) => !isBaseClass(name));
  const kept = classes.filter((name) => (isBaseClass(name) ? !saysBase : !saysOwn));
  return orderedClasses([...kept, ...said]);
}
