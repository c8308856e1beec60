import { isDeepStrictEqual } from 'node:util';
import type { Outcome } from '../../contract/decision';
import type { PolicySet } from '../decision/policy-set';
import type { ToolSchema } from '../schema/schema-json';
import type { Persona, TestFile } from '../testing/file/test-file';
import type { GatewayUnderTest } from '../testing/run/gateway-under-test';
import type { PersonaAccess } from './access';
import { type BaselinePolicy, baselinePolicies } from './baseline-policies';
import { ExactAccess } from './exact-access';
import { partialAccess } from './partial-access';

export interface AccessCell extends PersonaAccess {
  readonly persona: string;
  /** Tests of this persona and tool by the outcome that they expect. */
  readonly tests: { readonly [O in Outcome]: number };
}

export interface AccessRow {
  readonly tool: string;
  readonly classes: readonly string[];
  readonly cells: readonly AccessCell[];
}

export interface AccessMatrix {
  readonly personas: readonly string[];
  readonly tools: readonly AccessRow[];
  /** What baselines have to do with it. @default - nothing */
  readonly baselinePolicies?: readonly BaselinePolicy[];
}

export interface AccessMatrixOptions {
  /** Whether each cell is proved for every argument and time, in place of Cedar's partial evaluation. @default false */
  readonly exact?: boolean;
}

/** Who may use what, with the number of tests that show it. Cases in which some policies decide alone say nothing of who may. */
export function accessMatrix(
  gateway: GatewayUnderTest,
  set: PolicySet,
  files: readonly TestFile[],
  options: AccessMatrixOptions = {},
): AccessMatrix {
  const whole = files.filter((file) => file.cases.every(({ alone }) => alone === undefined));
  const personas = distinct(whole);
  const cases = whole.flatMap((file) => file.cases);
  const exact = options.exact === true ? new ExactAccess(gateway, set) : undefined;
  const accessOf = (tool: ToolSchema, persona: Persona): PersonaAccess =>
    exact?.of(tool, persona) ?? { access: partialAccess(gateway, set, tool, persona) };
  const tools = [...set.schema.tools.values()].map((tool) => ({
    tool: tool.action,
    classes: tool.classes,
    cells: personas.map(({ label, persona }): AccessCell => {
      const calls = cases.flatMap((test) =>
        test.kind === 'call' && test.tool === tool.action && same(test.persona, persona) ? [test] : [],
      );
      const count = (outcome: Outcome): number => calls.filter(({ expect }) => expect.decision === outcome).length;
      const tests = { ALLOW: count('ALLOW'), DENY: count('DENY'), ERROR: count('ERROR') };
      return { persona: label, ...accessOf(tool, persona), tests };
    }),
  }));
  const given = baselinePolicies(set);
  const labels = personas.map(({ label }) => label);
  return { personas: labels, tools, ...(given.length > 0 && { baselinePolicies: given }) };
}

/** Personas of all files. Two files may give one name to different callers. */
function distinct(files: readonly TestFile[]): { label: string; persona: Persona }[] {
  const found: { label: string; persona: Persona }[] = [];
  for (const file of files) {
    for (const persona of file.personas) {
      if (found.some((other) => same(other.persona, persona))) continue;
      const taken = found.some((other) => other.label === persona.name);
      found.push({ label: taken ? `${persona.name} (${file.file})` : persona.name, persona });
    }
  }
  return found;
}

/** Whether two personas are the same caller, wherever they are declared. */
function same(left: Persona, right: Persona): boolean {
  const { location: _, ...caller } = left;
  const { location: __, ...other } = right;
  return left === right || isDeepStrictEqual(caller, other);
}
