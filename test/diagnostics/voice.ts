/** What a text says and what to do about it, with `<name>` where a finding fills something in. */
export interface Spoken {
  readonly message: string;
  readonly help: string;
}

/** Names that a sentence may start with. */
const PROPER_NAMES =
  /^(AgentCore|AWS|Amazon|Athena|Bedrock|Cedar|Cognito|CloudFormation|DynamoDB|Lambda|IAM|JSON|MCP|OpenAPI|REST|SQL|STS|YAML)\b/;

/**
 * Parameters that are no user input and stand without backticks: counts, limits, and texts that this library or a tool that
 * it calls has written, or has put into backticks already.
 */
const PLAIN_PARAMETERS =
  /^((max|min)[A-Z]\w*|count|max|min|limit|length|bytes|characters|seconds|port|version|reasons?|problem|message|what|given|wanted|expected|hint|note|tools|policies|principals|members|needs|used|allowed|literal|output|missing|kind|effect|help|instead|type|cause|example|subject|status|scope|until)$/;

/** The voice in which this library speaks to people, rule by rule. Each says whether a text keeps it. */
export const VOICE: { readonly [rule: string]: (spoken: Spoken) => boolean } = {
  'begins in lower case': ({ message }) => /^[a-z0-9`<]/.test(message) || PROPER_NAMES.test(message),
  'says in one sentence what is wrong': ({ message }) => !/[.!?]$|\n|undefined|\[object/.test(message),
  'says what to do': ({ help }) => /^[a-z`<]/.test(help) || PROPER_NAMES.test(help),
  'says it in one sentence': ({ help }) => !/[.!]$|\n|undefined|\[object/.test(help),
  'puts what the user wrote into backticks': ({ message, help }) =>
    [...bare(`${message} ${help}`).matchAll(/<([A-Za-z]+)>/g)].every(([, name = '']) => PLAIN_PARAMETERS.test(name)),
  'pairs its backticks': ({ message, help }) => !bare(message).includes('`') && !bare(help).includes('`'),
};

function bare(text: string): string {
  return text.replace(/`[^`]*`/g, '');
}
