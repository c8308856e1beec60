import { quote } from '../../contract/cedar-string';
import { LIMITS } from '../../contract/limits';
import { classAction } from '../../contract/tool-classes/names';
import { joinToolName } from '../../contract/tool-name';
import { type Reach, type StarterTool, WRITERS } from './starter-tool';

/** What the policies of one reach say, and to whom they apply. */
const POLICIES: { readonly [reach in Reach]: PolicyText } = {
  everybody: {
    file: 'read',
    class: 'read',
    comment: 'Tools that only read, those that come later among them. Only tokens of people have a user name.',
    description: 'Everybody who has signed in may call what reads',
    condition: 'principal.hasTag("username")',
  },
  group: {
    file: 'write',
    class: 'write',
    comment:
      'Tools that change something. Groups are a list in the token, as JSON text: the quotes keep other names apart.',
    description: `The group ${WRITERS} may call what writes`,
    condition: `principal.hasTag("cognito:groups") && principal.getTag("cognito:groups") like ${quote(`*"${WRITERS}"*`)}`,
  },
  nobody: {
    file: 'nobody',
    class: 'destructive',
    comment:
      'Tools that destroy, or that nobody has looked at. No permit overrules this: say first that a tool is in another class.',
    description: 'Nobody may call what destroys',
  },
};

interface PolicyText {
  readonly file: string;
  /** Class of the tools. */
  readonly class: string;
  readonly comment: string;
  readonly description: string;
  /** Of a permit; what has none is a forbid for everybody. */
  readonly condition?: string;
}

/** Bytes of a statement that are left for the names of tools. */
const NAMES_MAX = LIMITS.statementMaxBytes - 2_000;

/**
 * The files of policies that say who may call tools of a target: by class, so that they hold for tools that come later, and by name for tools in
 * no class.
 * @param tools those of the reach
 * @param isByClass whether tools that come later are meant. Not for writing, while nothing forbids what destroys, which writes too
 */
export function starterPolicies(
  reach: Reach,
  target: string,
  tools: readonly StarterTool[],
  isByClass = true,
): Map<string, string> {
  const text = POLICIES[reach];
  const unclassed = isByClass ? tools.filter(({ classes }) => !classes.includes(text.class)) : tools;
  const byName = inParts(unclassed.map((tool) => `AgentCore::Action::${quote(joinToolName(target, tool.name))}`));
  const scopes = [
    ...(unclassed.length < tools.length ? [`action in AgentCore::Action::${quote(classAction(text.class))}`] : []),
    ...byName.map((part) =>
      part.length === 1 ? `action == ${part[0]}` : `action in [\n    ${part.join(',\n    ')}\n  ]`,
    ),
  ];
  const texts = scopes.map((scope) => policyText(text, scope));
  return new Map(texts.map((one, index) => [`policies/${text.file}${index === 0 ? '' : `-${index + 1}`}.cedar`, one]));
}

function policyText({ comment, description, condition }: PolicyText, scope: string): string {
  return [
    `// ${comment}`,
    `@description(${quote(description)})`,
    // A policy without a condition is refused unless it says that it is meant.
    ...(condition === undefined ? ['@validation("IGNORE_ALL_FINDINGS")', 'forbid ('] : ['permit (']),
    '  principal is AgentCore::OAuthUser,',
    `  ${scope},`,
    '  resource == ?resource',
    condition === undefined ? ');' : `)\nwhen { ${condition} };`,
    '',
  ].join('\n');
}

function inParts(actions: readonly string[]): string[][] {
  const parts: string[][] = [];
  let room = 0;
  for (const action of actions) {
    const bytes = Buffer.byteLength(action) + 6;
    if (bytes > room) {
      parts.push([]);
      room = NAMES_MAX;
    }
    parts.at(-1)?.push(action);
    room -= bytes;
  }
  return parts;
}
