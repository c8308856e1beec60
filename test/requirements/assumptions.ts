import type { Requirement, Requirements } from './requirement';

const row = (proof: Requirement['proof'], statement: string, untested?: string): Requirement => ({
  source: 'docs/platform-assumptions.md',
  statement,
  homes: [],
  proof,
  ...(untested === undefined ? {} : { untested }),
});

/** One per row of the page, which says what was decided and where. */
export const ASSUMPTIONS: Requirements = {
  'assumed.denial-shape': row('seen', '`denialShape`'),
  'assumed.denial-policy': row('seen', '`denialPolicy`'),
  'assumed.unknown-arguments': row('open', '`unknownArguments`'),
  'assumed.typed-strings': row('open', '`typedStrings`'),
  'assumed.enums': row('open', '`enums`'),
  'assumed.interceptor-timeout': row('seen', '`interceptorTimeout`'),
  'assumed.intercept-denied': row('open', '`interceptDeniedResponses`'),
  'assumed.ignored-member': row('seen', '`ignoredInterceptorMember`'),
  'assumed.native-content': row('seen', '`nativeContent`'),
  'assumed.structured-content': row('open', '`structuredContent`'),
  'assumed.tool-list-page': row('open', '`toolListPageSize`'),
  'assumed.sub-tag': row('open', '`subTag`'),
  'assumed.spaced-arrays': row('open', '`spacedArrays`'),
  'assumed.interceptor-failure': row('open', 'answer when an interceptor fails'),
  'assumed.slow-response-interceptor': row(
    'seen',
    'a RESPONSE interceptor that does not answer in time: a missing function was seen to refuse every call, a slow one was not measured',
  ),
  'assumed.empty-payload': row('seen', "an interceptor's answer with an empty `mcp`"),
  'assumed.interceptors-without-answer': row(
    'open',
    'interceptors on notifications, GET and DELETE',
    'no test sends a notification through an interceptor; `test/emulator/interceptors.test.ts` is where it belongs',
  ),
  'assumed.batches': row('open', 'batches'),
  'assumed.codes': row('open', 'codes for unknown tools, bad parameters, unknown methods'),
  'assumed.claim-rule': row('seen', 'a claim rule that does not hold'),
  'assumed.other-issuer': row('seen', 'a token of another issuer'),
  'assumed.code-redirect': row('open', "the redirect address of a code at Cognito's token endpoint"),
  'assumed.resource-indicator': row('open', '`resource`, which MCP clients send to Cognito (RFC 8707)'),
  'assumed.condition-operators': row(
    'open',
    "IAM's condition operators in trust policies beyond text, ARN, `Bool` and `Null`",
  ),
  'assumed.protocol-version': row('seen', 'an unsupported protocol version'),
  'assumed.search-allowed': row('open', 'policies and the search tool'),
  'assumed.list-under-log-only': row('open', '`tools/list` while the engine only logs'),
  'assumed.arguments-unchecked': row('open', "arguments and the tool's JSON schema"),
  'assumed.message-size': row('open', 'a message larger than 6 MB'),
  'assumed.iam-callers': row('open', 'calls of IAM callers'),
  'assumed.interceptor-retries': row(
    'open',
    'retries of interceptors',
    'there is no retry to see; that a retried message does no harm is `test/lambda/interceptor-kit/idempotence.test.ts`',
  ),
  'assumed.stateless-results': row('open', "what MCP's stateless revision (2026-07-28) adds to results"),
  'assumed.target-credentials': row('open', 'credentials of OpenAPI and MCP server targets'),
  'assumed.openapi-arguments': row('open', 'arguments of an OpenAPI operation'),
  'assumed.probes': row('open', 'which messages the service sends without bearer token while it validates policies'),
  'assumed.evaluation-failed': row('open', 'the reason when a policy fails to evaluate'),
  'assumed.decimals-cut': row('open', 'numbers with more than four decimals'),
  'assumed.untyped-arguments': row('open', 'arguments whose schema names no type'),
  'assumed.null-arguments': row('open', 'null arguments'),
  'assumed.denied-tools': row('open', 'whether a tool whose schema has no Cedar type still has an action'),
  'assumed.policy-names-unique': row('open', 'where policy names must be unique'),
  'assumed.attachment-check': row(
    'seen',
    "whether attaching an engine needs `CheckAuthorizePermissions` for the gateway's role: projects quote refusals, AWS's list of permissions does not have it",
  ),
  'assumed.search-filter': row(
    'seen',
    'whether a search result shows tools that policies forbid: one live gateway did',
  ),
  'assumed.metric-dimensions': row(
    'seen',
    'with which sets of dimensions metrics are published: AWS documents the dimensions, live gateways showed the sets',
  ),
  'assumed.http-messages': row(
    'seen',
    "whether the gateway's own calls to the API of an OpenAPI target reach the interceptors: one project saw it",
  ),
  'assumed.rename': row(
    'open',
    "whether a gateway can be renamed: CloudFormation's specification says so, the API wants the name unchanged",
    'nothing of ours runs: CloudFormation passes the name on, and the service answers',
  ),
  'assumed.engine-tags': row('open', 'on which resource the tags of a new engine are checked'),
  'assumed.unnamed-gateway': row(
    'open',
    'whether statements that name no gateway are checked against every gateway of a shared engine',
  ),
  'assumed.semantic-search': row('open', 'where semantic search exists: GovCloud refuses it'),
  'assumed.tools-before-policies': row(
    'open',
    'whether a gateway takes policies that name tools which its targets do not have yet: statements are checked against the tools of the gateway',
    'nothing is done before the targets exist; that the set comes after them is `test/constructs/template-order.ts`',
  ),
  'assumed.rights-delay': row(
    'seen',
    'how long a new right takes to reach the service: a grant was seen to take 270 s, and to come and go meanwhile',
  ),
  'assumed.parallel-writes': row('open', 'whether an engine takes several writes at the same time'),
  'assumed.stuck-policies': row('open', 'what ends a policy that stays CREATING, UPDATING or DELETING'),
  'assumed.failed-engines': row('open', 'whether an engine in UPDATE_FAILED or DELETE_FAILED can be changed'),
  'assumed.policies-in-force': row(
    'seen',
    'whether a policy that is UPDATING, UPDATE_FAILED or DELETE_FAILED decides: a failed update was seen to keep the statement',
  ),
  'assumed.conflicts': row('open', 'whether a conflict says that a name is taken or that something is busy'),
  'assumed.lake-administrator': row(
    'open',
    'whether whoever holds `SELECT` with grant option on a table may make data cells filters of it, and how soon a new administrator of the lake may grant',
  ),
  'assumed.time-functions': row(
    'open',
    "which of Cedar's functions of time the service takes: its guide names `datetime`, `duration`, `toTime` and comparisons, and neither `toDate` nor `offset`",
  ),
  'assumed.statement-layout': row('open', 'in which layout the service returns a statement'),
  'assumed.trail-events': row(
    'open',
    'under which source and names CloudTrail tells of changes of policies, and with which members',
  ),
  'assumed.update-rights': row('open', 'which rights an `UpdateGateway` needs that puts a gateway back'),
  'assumed.filled-in': row('open', 'with which values the control plane fills in what a template leaves out'),
  'assumed.masking-codes': row(
    'open',
    "whether patterns of a log group's data protection take a character by its code (`\\x22`), since they take no quotation mark",
  ),
  'assumed.masking-raw-lines': row(
    'open',
    'whether data protection looks at a line as it was written, with the escapes of JSON',
  ),
  'assumed.chat-default': row('open', 'which text of a message with a form per protocol Amazon Q Developer takes'),
  'assumed.source-account': row(
    'open',
    'whether alarms name `aws:SourceAccount` to topics and their keys, and Amazon Q Developer to the role of a channel',
  ),
  'assumed.mode-key': row(
    'open',
    'whether IAM knows the mode of a gateway: two references list the condition key, one page of the guide says that there is none',
  ),
  'assumed.resource-control-actions': row(
    'open',
    'which actions of the control plane a resource control policy reaches; the guide names invocations',
  ),
};
