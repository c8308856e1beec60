import type { Requirements } from './requirement';

export const GATEWAY: Requirements = {
  'gateway.id': {
    source: 'AgentCore developer guide, page gateway-using',
    statement: 'the id of a gateway begins with its name in lower case',
    homes: ['lib/constructs/imported-gateway.ts'],
    proof: 'documented',
  },
  'ids.of-names': {
    source: 'Amazon Bedrock AgentCore Control API model 2023-06-05, shapes ResourceId and GatewayId',
    statement:
      'an id is a name, a hyphen and ten characters: with underscores for policies and engines, without for gateways',
    homes: ['lib/contract/service-id.ts'],
    proof: 'documented',
  },
  'gateway.protocol-versions': {
    source: 'AgentCore developer guide, page gateway-using',
    statement: 'these versions of MCP are spoken',
    homes: ['lib/contract/mcp.ts'],
    proof: 'documented',
  },
  'gateway.control-plane': {
    source: 'Amazon Bedrock AgentCore Control API model 2023-06-05',
    statement: 'operations on gateways and policies have these methods, paths and statuses',
    homes: ['lib/emulator/control-plane/control-plane-routes.ts'],
    proof: 'documented',
  },
  'gateway.dashboard-body': {
    source: 'Amazon CloudWatch API reference, dashboard body structure and syntax; user guide, using dynamic labels',
    statement: 'a dot repeats what stands above in a row of metrics, and a label may name a dimension of its series',
    homes: ['lib/emulator/dashboard/widgets.ts', 'lib/emulator/dashboard/drawn-widgets.ts'],
    proof: 'documented',
  },
  'gateway.tool-names': {
    source: 'AgentCore developer guide, page gateway-tool-naming',
    statement: 'a tool is called by its target, three underscores and its name',
    homes: ['lib/contract/tool-name.ts'],
    proof: 'documented',
  },
  'gateway.log-lines': {
    source: 'logs of live gateways in `timwukp/agentcore-guardrails-design-validation`, August 2026',
    statement: 'a denial that is only logged has the lines of a real one, and the tool is executed',
    homes: ['lib/decisions/read/log-line.ts'],
    proof: 'seen',
  },
  'gateway.sessions': {
    source: 'AgentCore developer guide, page gateway-sessions',
    statement: 'a session belongs to its caller',
    homes: ['lib/emulator/mcp/sessions.ts'],
    proof: 'documented',
  },
  'gateway.streaming': {
    source: 'AgentCore developer guide, page gateway-mcp-streaming',
    statement: 'an answer is a stream when gateway and client want one',
    homes: ['lib/emulator/endpoint/mcp-endpoint.ts'],
    proof: 'documented',
  },
  'gateway.search': {
    source: 'AgentCore developer guide, page gateway-using-mcp',
    statement: 'a search finds a limited number of tools',
    homes: ['lib/emulator/stages/list-tools.ts', 'lambda/interceptor-kit/steps/known-arguments.ts'],
    proof: 'documented',
  },
  'gateway.exception-level': {
    source: 'AgentCore developer guide, page gateway-debug-messages',
    statement: 'details of a failure are told at exception level DEBUG only',
    homes: ['lib/emulator/mcp/refusal.ts'],
    proof: 'documented',
  },
  'gateway.keys': {
    source:
      'AgentCore developer guide, page gateway-encryption, and policy-encryption; CloudWatch Logs user guide, encrypting log data',
    statement: 'the key of a gateway is used by service, role and logs',
    homes: ['lib/constructs/functions/key-access.ts'],
    proof: 'documented',
  },
  'gateway.metrics': {
    source: 'inventories of the metrics of live gateways, August 2026',
    statement: 'metrics are published on sets of dimensions',
    homes: ['lib/constructs/metrics/metric-series.ts'],
    proof: 'seen',
  },
  'gateway.log-delivery': {
    source: 'CloudWatch Logs user guide, log delivery',
    statement: 'the log is delivered to a log group, a bucket or a stream with their rights',
    homes: [
      'lib/constructs/operations/delivery/log-delivery.ts',
      'lib/constructs/operations/delivery/log-destination.ts',
    ],
    proof: 'documented',
  },
  'gateway.masking': {
    source: 'CloudWatch Logs user guide, data protection',
    statement: 'a log group masks data by patterns',
    homes: ['lib/constructs/operations/delivery/masking-policy.ts'],
    proof: 'documented',
  },
  'gateway.xray': {
    source: 'X-Ray developer guide, resource policies',
    statement: 'log delivery may write spans',
    homes: ['lib/constructs/operations/delivery/xray-delivery-policy.ts'],
    proof: 'documented',
  },
  'gateway.embedded-metrics': {
    source: 'CloudWatch user guide, embedded metric format specification',
    statement: 'a line of a log is counted in the sets of dimensions that it names',
    homes: ['lib/contract/denial-line.ts'],
    proof: 'documented',
  },
  'gateway.chat-notices': {
    source: 'Amazon Q Developer in chat applications, administrator guide, custom notifications and confused deputies',
    statement: 'a topic shows messages of a schema in a channel, by a role that one account lets it assume',
    homes: ['lambda/block-notices/render/chat.ts', 'lib/constructs/operations/notify/slack-channel.ts'],
    proof: 'documented',
  },
  'gateway.webhook-signatures': {
    source: 'standardwebhooks.com, specification of symmetric signatures',
    statement: 'a receiver checks id, time and body of a notice by one key',
    homes: ['lambda/block-notices/webhook.ts'],
    proof: 'documented',
  },
  'interceptor.payload': {
    source: 'AgentCore developer guide, page gateway-interceptors-types',
    statement: 'a payload has version 1.0, the raw message and the parsed one',
    homes: ['lib/contract/interceptor-payload.ts'],
    proof: 'documented',
  },
  'interceptor.context': {
    source: 'AgentCore developer guide, page gateway-interceptors-configuration',
    statement: 'the invocation tells gateway and request beside the event',
    homes: ['lambda/interceptor-kit/chain/handler.ts'],
    proof: 'documented',
    untested: 'no double of the gateway fills it yet',
  },
  'interceptor.http': {
    source: 'AgentCore developer guide, page gateway-interceptors-configuration',
    statement: 'a message of an HTTP target is answered in a shape of its own',
    homes: ['lambda/interceptor-kit/message/http-message.ts'],
    proof: 'documented',
  },
  'interceptor.methods': {
    source: 'MCP specification, schema of 2025-11-25; `server/discover` of 2026-07-28',
    statement: 'clients send these methods',
    homes: ['lambda/interceptor-kit/message/known-names.ts'],
    proof: 'documented',
  },
  'interceptor.formats': {
    source: 'RFC 3339, 3986, 4122, 5321, 1123 and 6901',
    statement: 'texts of a format have its form',
    homes: ['lambda/interceptor-kit/schema/formats.ts'],
    proof: 'documented',
  },
  'interceptor.patterns': {
    source: 'ECMAScript 2024, section 22.2.1; RE2 wiki, page Syntax',
    statement: 'a pattern matches as in ECMAScript, in linear time',
    homes: ['lib/contract/linear-pattern.ts'],
    proof: 'documented',
  },
  'interceptor.guardrail': {
    source: 'Amazon Bedrock user guide, page guardrails-use-independent-api',
    statement: 'a guardrail says what it masked and what it blocked',
    homes: ['lambda/interceptor-kit/sdk/bedrock-guardrail.ts'],
    proof: 'documented',
  },
  'interceptor.headers': {
    source: 'AgentCore developer guide, page gateway-headers',
    statement: 'the gateway sends no header that connection or client set',
    homes: [
      'lib/constructs/interceptors/steps/token-exchange.ts',
      'lib/constructs/targets/source/withheld-parameters.ts',
    ],
    proof: 'documented',
  },
  'interceptor.failure': {
    source: 'AgentCore developer guide, page gateway-interceptors, and what live gateways did',
    statement: 'an interceptor that fails refuses the message',
    homes: ['lib/emulator/stages/interceptor-call.ts'],
    proof: 'seen',
  },
  'findings.sarif': {
    source: 'GitHub documentation, SARIF support for code scanning',
    statement: 'a result has a place, a rule has a short and a full description and a help text',
    homes: ['lib/diagnostics/render-sarif.ts'],
    proof: 'documented',
  },
  'findings.github': {
    source: 'actions/toolkit, packages/core/src/command.ts',
    statement: 'a command of GitHub is one escaped line',
    homes: ['lib/diagnostics/render-github.ts'],
    proof: 'documented',
  },
  'metrics.search': {
    source: 'Amazon CloudWatch user guide, search expressions and dynamic labels',
    statement:
      'a search finds the series with exactly its dimensions that had data in two weeks, at most 500, labelled by their dimensions',
    homes: ['lib/deployed/decision-lines/metrics.ts'],
    proof: 'documented',
  },
  'trail.lookups': {
    source: 'AWS CloudTrail API reference, LookupEvents',
    statement: 'one attribute of the last 90 days is looked up in pages of 50, twice a second in an account and Region',
    homes: ['lib/deployed/aws-sender.ts', 'lib/deployed/control-plane-calls.ts'],
    proof: 'documented',
  },
  'gateway.properties': {
    source: 'CloudFormation resource specification, as of aws-cdk-lib',
    statement: 'a template can say some of the members of a gateway and of its targets',
    homes: ['lib/authoring/adopt/overrides.ts'],
    proof: 'documented',
  },
  'gateway.import': {
    source: 'CloudFormation user guide, page import-resources-manually',
    statement: 'an imported resource has a deletion policy in the template, keeps its identity, and is not changed',
    homes: ['lib/authoring/adopt/import-files.ts'],
    proof: 'documented',
  },
};
