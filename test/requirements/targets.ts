import type { Requirements } from './requirement';

export const TARGETS: Requirements = {
  'target.lambda': {
    source: 'AgentCore developer guide, page gateway-add-target-lambda',
    statement: "a function gets flat arguments, and the tool's full name in its client context",
    homes: ['lib/contract/lambda-target.ts'],
    proof: 'documented',
  },
  'target.schema': {
    source: 'AgentCore Control API model, SchemaDefinition',
    statement: 'a published schema has five keywords',
    homes: ['lib/contract/published-schema.ts'],
    proof: 'documented',
  },
  'target.limits': {
    source:
      'aws-cdk-lib, GatewayTarget; AgentCore Control API model, MetadataConfiguration; Amazon Bedrock, ToolSpecification',
    statement: 'timeouts, passed headers and names that models take are limited',
    homes: ['lib/constructs/targets/source/target-limits.ts'],
    proof: 'documented',
  },
  'target.resource-policy': {
    source: 'developer guide of API Gateway, page apigateway-authorization-flow',
    statement: 'a resource policy must allow callers without credentials of IAM',
    homes: ['lib/constructs/targets/api-gateway/resource-policy.ts'],
    proof: 'documented',
  },
  'target.workload-identity': {
    source: 'AgentCore developer guide, page gateway-outbound-auth',
    statement: 'a gateway gets credentials as its workload identity',
    homes: ['lib/constructs/targets/source/workload-identity.ts'],
    proof: 'documented',
  },
  'target.result': {
    source: 'AgentCore developer guide, page gateway-headers, and gateway-debug-messages',
    statement: 'headers that are configured pass; the result of a function becomes text',
    homes: ['lib/emulator/stages/call-target.ts'],
    proof: 'documented',
  },
  'target.forms': {
    source: 'OpenAPI 3.0.4, Encoding Object and Style Values',
    statement: 'a form sends lists and objects as its encoding says',
    homes: ['lib/emulator/targets/form-fields.ts'],
    proof: 'documented',
  },
  'target.invocation': {
    source: 'AgentCore developer guide, page gateway-add-target-lambda',
    statement: 'a function that fails is a failed tool',
    homes: ['lib/emulator/targets/lambda.ts'],
    proof: 'documented',
  },
  'openapi.operations': {
    source: 'AgentCore developer guide, page gateway-schema-openapi',
    statement: 'combinators, serializers and most media types are not taken',
    homes: [
      'lib/constructs/targets/openapi/argument-schemas.ts',
      'lib/constructs/targets/openapi/request-body.ts',
      'lib/constructs/targets/openapi/responses.ts',
      'lib/constructs/targets/openapi/parameters.ts',
    ],
    proof: 'documented',
  },
  'openapi.servers': {
    source: 'AgentCore developer guide, page gateway-schema-openapi, security best practices for URL parameters',
    statement: 'an agent cannot choose the host',
    homes: ['lib/constructs/targets/openapi/servers.ts'],
    proof: 'documented',
  },
  'smithy.protocols': {
    source: 'AgentCore developer guide, page gateway-building-smithy-targets',
    statement: 'only restJson1 is spoken; streams and complex header bindings are not taken',
    homes: ['lib/constructs/targets/smithy/operations.ts', 'lib/constructs/targets/smithy/services.ts'],
    proof: 'documented',
  },
  'api-gateway.methods': {
    source: 'AgentCore developer guide, page gateway-target-api-gateway; API Gateway developer guide, page mcp-server',
    statement: 'methods with authorizers that the gateway cannot satisfy, and private APIs, are not reached',
    homes: [
      'lib/constructs/targets/api-gateway/method-access.ts',
      'lib/constructs/targets/api-gateway/check-rest-api.ts',
    ],
    proof: 'documented',
  },
  'iam.calls': {
    source: 'AgentCore developer guide, page gateway-inbound-auth',
    statement: 'IAM callers sign their calls',
    homes: ['lib/emulator/stages/authenticate.ts'],
    proof: 'documented',
  },
  'target.annotations': {
    source: 'MCP specification 2025-06-18, schema, ToolAnnotations',
    statement: 'a tool without hints may write, destroy and reach the open world',
    homes: ['lib/contract/tool-classes/annotations.ts'],
    proof: 'documented',
  },
  'target.safe-methods': {
    source: 'RFC 9110, section 9.2.1; Smithy specification 2.0, behavior traits',
    statement: 'safe methods and operations with @readonly have no effects',
    homes: ['lib/contract/tool-classes/operations.ts'],
    proof: 'documented',
  },
};
