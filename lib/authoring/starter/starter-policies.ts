import { quote } from '../../contract/cedar-string';
import { LIMITS } from '../../contract/limits';
import { joinToolName } from '../../contract/tool-name';
import { type Reach, WRITERS } from './starter-tool';

/** What the policies of one reach say, and to whom they apply. */
const POLICIES: { readonly [reach in Reach]: PolicyText } = {
  everybody: {
    file: 'read',
    comment: 'Tools that only read. Only tokens of people have a user name.',
    description: 'Everybody who has signed in may call what reads',
    condition: 'principal.hasTag("username")',
  },
  group: {
    file: 'write',
    comment:
      'Tools that change something. Groups are a list in the token, as JSON text: the quotes keep other names apart.',
    description: `The group ${WRITERS} may call what writes`,
    condition: `principal.hasTag("cognito:groups") && principal.getTag("cognito:groups") like ${quote(`*"${WRITERS}"*`)}`,
  },
  nobody: {
    file: 'nobody',
    comment:
      'Tools that destroy, or that nobody has looked at. No permit overrules this: take a tool off the list first.',
    description: 'Nobody may call what destroys',
  },
};

interface PolicyText {
  readonly file: string;
  readonly comment: string;
  readonly description: string;
  /** Of a permit; what has none is a forbid for everybody. */
  readonly condition?: string;
}

/** Bytes of a statement that are left for the names of tools. */
const NAMES_MAX = LIMITS.statementMaxBytes - 2_000;

/** The files of policies that say who may call tools of a target, each statement under the service's limit. */
export function starterPolicies(reach: Reach, target: string, tools: readonly string[]): Map<string, string> {
  const { file, comment, description, condition } = POLICIES[reach];
  const actions = tools.map((tool) => `AgentCore::Action::${quote(joinToolName(target, tool))}`);
  const texts = inParts(actions).map((part) =>
    [
      `// ${comment}`,
      `@description(${quote(description)})`,
      // A policy without a condition is refused unless it says that it is meant.
      ...(condition === undefined ? ['@validation("IGNORE_ALL_FINDINGS")', 'forbid ('] : ['permit (']),
      '  principal is AgentCore::OAuthUser,',
      part.length === 1 ? `  action == ${part[0]},` : `  action in [\n    ${part.join(',\n    ')}\n  ],`,
      '  resource == ?resource',
      condition === undefined ? ');' : `)\nwhen { ${condition} };`,
      '',
    ].join('\n'),
  );
  return new Map(texts.map((text, index) => [`policies/${file}${index === 0 ? '' : `-${index + 1}`}.cedar`, text]));
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
