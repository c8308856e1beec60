import { apiGatewayTarget } from './kinds/api-gateway';
import { openApiTarget, smithyTarget } from './kinds/documents';
import type { KindInput, SaidKind } from './kinds/kind';
import { lambdaTarget } from './kinds/lambda';
import { mcpServerTarget } from './kinds/mcp-server';

/** What the construct can say, by the member of the API that holds it. */
export const TARGET_KINDS: ReadonlyMap<string, (input: KindInput) => Promise<SaidKind>> = new Map([
  ['lambda', lambdaTarget],
  ['mcpServer', mcpServerTarget],
  ['openApiSchema', openApiTarget],
  ['smithyModel', smithyTarget],
  ['apiGateway', apiGatewayTarget],
]);
