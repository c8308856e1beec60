import { didYouMean, error, warning } from './entry';

/** Findings about interceptors and trusted context. */
export const INTERCEPTOR = {
  INTERCEPTOR_UNKNOWN_TOOL: error(
    (p: { step: string; name: string; suggestion?: string }) =>
      `step \`${p.step}\` names the unknown tool \`${p.name}\``,
    (p) => didYouMean(p.suggestion, 'write `<target>___<tool>`, the name of a target for all of its tools, or `*`'),
  ),
  INTERCEPTOR_STEP_INVALID: error(
    (p: { entry: string; count: number }) => `number ${p.count} in the chain of \`${p.entry}\` is no step with a name`,
    () => 'give steps one by one, and spread a list of them: `requestInterceptor(...steps)`',
  ),
  INTERCEPTOR_STEP_TOOLS: error(
    (p: { entry: string; step: string }) => `\`tools\` of step \`${p.step}\` in \`${p.entry}\` is no list of names`,
    () => "write a list, for example `tools: ['payments___create_transfer']`; leave it out for every message",
  ),
  INTERCEPTOR_MODULE_FAILED: error(
    (p: { entry: string; problem: string }) => `\`${p.entry}\` fails while it loads: ${p.problem}`,
    () => 'the function would deny every call: move work that needs the cloud into the steps',
  ),
  INTERCEPTOR_HANDLER_MISSING: error(
    (p: { entry: string; maker: string }) => `\`${p.entry}\` exports no \`handler\``,
    (p) => `add \`export const handler = ${p.maker}(...configuredSteps())\` with your own steps`,
  ),
  INTERCEPTOR_POINT: error(
    (p: { entry: string; maker: string; other: string }) =>
      `the \`handler\` of \`${p.entry}\` is made by \`${p.other}\`, but the gateway has it as its \`${p.maker}\``,
    (p) => `make it by \`${p.maker}\`, or give the file as \`${p.other}\``,
  ),
  INTERCEPTOR_STEPS_LEFT_OUT: warning(
    (p: { entry: string; steps: readonly string[] }) =>
      `\`${p.entry}\` does not call \`configuredSteps()\`, so that nothing runs ${p.steps.map((step) => `\`${step}\``).join(', ')}`,
    () => 'add `...configuredSteps()` to the chain; where it makes these steps itself, acknowledge this finding',
  ),
  INTERCEPTOR_CLAIM_WITHOUT_TOKEN: error(
    (p: { step: string; claim: string; authorization: string }) =>
      `step \`${p.step}\` reads \`${p.claim}\` from a token, but callers of a gateway with authorization \`${p.authorization}\` send none`,
    () => 'use an identity with JWT authorization, or a constant, or the time',
  ),
  INTERCEPTOR_UNKNOWN_CLAIM: error(
    (p: { step: string; claim: string; suggestion?: string }) =>
      `step \`${p.step}\` reads the claim \`${p.claim}\`, which access tokens do not carry, so that its calls are denied`,
    (p) => didYouMean(p.suggestion, 'let the identity put the claim into access tokens, or declare it there'),
  ),
  INTERCEPTOR_VALUE_IMPOSSIBLE: error(
    (p: { step: string; claim: string; value: string; known: readonly string[]; suggestion: string | undefined }) =>
      `step \`${p.step}\` asks for \`${p.value}\`, which the claim \`${p.claim}\` never holds`,
    (p) => didYouMean(p.suggestion, `use one of ${p.known.map((one) => `\`${one}\``).join(', ')}`),
  ),
  INTERCEPTOR_SAMPLE: error(
    (p: { sample: number }) => `step \`decision-record\` cannot record the share \`${p.sample}\` of the calls`,
    () => 'use a number above 0 and at most 1, such as 0.1 for every tenth call',
  ),
  INTERCEPTOR_FIELD_NAME: error(
    (p: { name: string }) => `trusted field \`${p.name}\` is not a name that every tool and policy can use`,
    () => 'use up to 64 letters, digits and underscores, starting with a letter',
  ),
  INTERCEPTOR_FIELD_VALUE: error(
    (p: { name: string; type: string; value: string }) =>
      `trusted field \`${p.name}\` of type \`${p.type}\` cannot have the value \`${p.value}\``,
    () => 'change `type`, or the value',
  ),
  INTERCEPTOR_FIELD_WITHOUT_CHOICES: error(
    (p: { name: string }) => `trusted field \`${p.name}\` has no choices, so that every call is denied`,
    () => 'name at least one value of the claim and what the field then is',
  ),
  INTERCEPTOR_TABLE_KEY: error(
    (p: { name: string; attribute: string; partitionKey: string }) =>
      `trusted field \`${p.name}\` looks items up by \`${p.attribute}\`, but the table's partition key is \`${p.partitionKey}\``,
    (p) => `use \`keyAttribute: '${p.partitionKey}'\``,
  ),
  INTERCEPTOR_TABLE_SORT_KEY: error(
    (p: { name: string; sortKey: string }) =>
      `trusted field \`${p.name}\` reads single items, but the table has the sort key \`${p.sortKey}\``,
    () => 'use a table with a partition key only',
  ),
  INTERCEPTOR_PATTERN: error(
    (p: { name: string; pattern: string; reason: string }) =>
      `argument \`${p.name}\` has the pattern \`${p.pattern}\`, which cannot be matched in linear time: ${p.reason}`,
    () =>
      'write an ECMAScript expression that holds with the `u` flag, without looking around or back; for lengths beyond 1,000 use `maxLength`',
  ),
  INTERCEPTOR_SCHEMA_PATTERN: warning(
    (p: { tool: string; pattern: string; reason: string }) =>
      `the schema of tool \`${p.tool}\` has the pattern \`${p.pattern}\`, which cannot be matched in linear time: ${p.reason}`,
    () =>
      'the input check denies every call of this tool: change the pattern, or leave the tool out of `tools` of `Steps.inputCheck`',
  ),
  INTERCEPTOR_PATH: error(
    (p: { step: string; path: string }) => `step \`${p.step}\` has the path \`${p.path}\`, in which a name is empty`,
    () => 'separate names by single dots, for example `claims.ssn` or `**.ssn`',
  ),
  INTERCEPTOR_HEADER: error(
    (p: { name: string }) => `header \`${p.name}\` cannot carry credentials, because the gateway refuses it`,
    () => 'use letters, digits, `-` and `_`, and no name that HTTP or AWS uses already, or leave `headers` out',
  ),
  INTERCEPTOR_HEADER_NOT_ALLOWED: error(
    (p: { step: string; target: string; header: string }) =>
      `header \`${p.header}\` of step \`${p.step}\` does not reach target \`${p.target}\``,
    (p) =>
      p.header === 'Authorization'
        ? 'a function gets the caller from trusted context and its credentials from `assumeCallerRole` in the tool'
        : 'add it to `allowedRequestHeaders` of the target',
  ),
  INTERCEPTOR_DURATION: error(
    (p: { seconds: number; maxSeconds: number }) => `credentials cannot last \`${p.seconds}\` seconds`,
    (p) => `choose a duration between 900 and ${p.maxSeconds} seconds`,
  ),
  INTERCEPTOR_SESSION_TAGS: error(
    () => 'STS takes no session tags beside a token of the caller',
    () =>
      'let the identity provider put them into the claim `https://aws.amazon.com/tags`, or use `ExchangeMethod.ASSUME_ROLE`',
  ),
  INTERCEPTOR_PROOF_ROTATION: error(
    (p: { given: string }) =>
      `\`interceptorProof.rotateEvery\` is ${p.given}, and Secrets Manager rotates every 1 to 999 days`,
    () => 'use whole days, for example `Duration.days(30)`',
  ),
  INTERCEPTOR_UNPROVEN: warning(
    (p: { target: string; kind: string }) =>
      `calls of \`${p.target}\` rely on the interceptors, and a ${p.kind} cannot be asked for the proof that they ran: when the REQUEST interceptor does not answer in time, the service may decide on what the client sent`,
    () =>
      'run the tools by a function, or let the target itself check what it must not believe, then acknowledge this finding',
  ),
};
