const RESERVED: ReadonlySet<string> = new Set(['if', 'then', 'else', 'true', 'false', 'in', 'is', 'like', 'has']);

/** Whether a name can be written without quotes after a dot, or as part of a type's name. */
export function isIdentifier(name: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && !RESERVED.has(name) && !name.includes('__cedar');
}

/** Names as distinct Cedar identifiers: `hr-payroll___pay` becomes `hr_payroll___pay`, and a second one `hr_payroll___pay_2`. */
export class Identifiers {
  private readonly taken = new Set<string>();

  of(name: string): string {
    const plain = name.replace(/[^A-Za-z0-9_]/g, '_').replaceAll('__cedar', '_cedar');
    const start = isIdentifier(plain) ? plain : `_${plain}`;
    let identifier = start;
    for (let count = 2; this.taken.has(identifier); count += 1) identifier = `${start}_${count}`;
    this.taken.add(identifier);
    return identifier;
  }
}
