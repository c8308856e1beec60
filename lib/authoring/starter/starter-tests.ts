import type { JsonObject } from '../../contract/json';
import { joinToolName } from '../../contract/tool-name';
import { type Reach, WRITERS } from './starter-tool';

/** What the tests of a project that is started say of one tool. */
export interface TestedTool {
  readonly name: string;
  readonly reach: Reach;
  /** Undefined where nobody can guess any that fit: then the tool is only looked for in lists. */
  readonly arguments: JsonObject | undefined;
}

/** Who is who in the tests, and who may call what has a reach. `cat` is in a group whose name looks alike. */
const PERSONAS = ['ann', 'ben', 'cat', 'machine'] as const;
const ALLOWED: { readonly [reach in Reach]: readonly (typeof PERSONAS)[number][] } = {
  everybody: ['ann', 'ben', 'cat'],
  group: ['ann'],
  nobody: [],
};

/** The test file of the policies: each tool called by everybody who may and who may not, and what each of them sees. */
export function starterTests(target: string, tools: readonly TestedTool[]): string {
  const lines = [
    '# yaml-language-server: $schema=../node_modules/governed-gateway/docs/schemas/policy-test.schema.json',
    'personas:',
    `  ann: { username: ann, groups: [${WRITERS}] }`,
    '  ben: { username: ben }',
    `  cat: { username: cat, claims: { "cognito:groups": [junior-${WRITERS}] } }`,
    '  machine: { client: machine, description: a program that nobody stands behind }',
    '',
    'tests:',
    ...tools.flatMap((tool) => callsOf(target, tool)),
    ...PERSONAS.map((persona) => {
      const seen = tools.filter(({ reach }) => ALLOWED[reach].includes(persona));
      return `  - { as: ${persona}, list: ${JSON.stringify(seen.map(({ name }) => joinToolName(target, name)))} }`;
    }),
  ];
  return `${lines.join('\n')}\n`;
}

function callsOf(target: string, { name, reach, arguments: input }: TestedTool): string[] {
  if (input === undefined) return [];
  const call = `call: ${JSON.stringify(joinToolName(target, name))}, arguments: ${JSON.stringify(input)}`;
  const allowed = ALLOWED[reach];
  const denied = PERSONAS.filter((persona) => !allowed.includes(persona));
  const cases = [
    [allowed, 'ALLOW'],
    [denied, 'DENY'],
  ] as const;
  return cases.flatMap(([who, expected]) =>
    who.length === 0 ? [] : [`  - { as: [${who.join(', ')}], ${call}, expect: ${expected} }`],
  );
}
