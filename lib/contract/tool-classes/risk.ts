/** How the risk of a tool changed. `other`: its classes changed, none of which is a risk. */
export type RiskChange = 'raised' | 'lowered' | 'other' | 'none';

/**
 * Compares the classes of a tool at two times. A tool without any class is unknown, and so the greatest risk. What is raised in one way and
 * lowered in another is raised.
 */
export function riskChange(before: readonly string[], after: readonly string[]): RiskChange {
  const [was, is] = [risksOf(before), risksOf(after)];
  if (is.some((risk) => !was.includes(risk))) return 'raised';
  if (was.some((risk) => !is.includes(risk))) return 'lowered';
  return before.length === after.length && before.every((name) => after.includes(name)) ? 'none' : 'other';
}

function risksOf(classes: readonly string[]): string[] {
  const risks = ['write', 'destructive', 'open-world'];
  return classes.length === 0 ? [...risks, 'unknown'] : risks.filter((risk) => classes.includes(risk));
}
