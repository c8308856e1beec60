import { propertyName, toPropertyNames } from '../../contract/drift/api-names';
import type { Overrides } from './expressed';
import type { LeftMember } from './members';

/** Properties that CloudFormation has. Source: CloudFormation resource specification, as of aws-cdk-lib; a test holds them to it. */
export const PROPERTIES = {
  gateway: [
    'AuthorizerConfiguration',
    'AuthorizerType',
    'Description',
    'ExceptionLevel',
    'InterceptorConfigurations',
    'KmsKeyArn',
    'Name',
    'PolicyEngineConfiguration',
    'ProtocolConfiguration',
    'ProtocolType',
    'RoleArn',
    'Tags',
    'WafConfiguration',
  ],
  target: [
    'CredentialProviderConfigurations',
    'Description',
    'GatewayIdentifier',
    'MetadataConfiguration',
    'Name',
    'PrivateEndpoint',
    'TargetConfiguration',
  ],
} as const;

/** Members that nothing was made of: those that a template can say, and the names of those that it cannot. */
export interface SplitRest {
  readonly overrides: Overrides;
  readonly lost: readonly string[];
}

export function splitRest(rest: readonly LeftMember[], kind: keyof typeof PROPERTIES): SplitRest {
  const known: readonly string[] = PROPERTIES[kind];
  const isKnown = ({ path: [first = ''] }: LeftMember): boolean => known.includes(propertyName(first));
  const overrides = rest
    .filter(isKnown)
    .map(({ path, value }) => [overridePath(path), toPropertyNames(value)] as const);
  const lost = rest.filter((one) => !isKnown(one)).map(({ path: [first = ''] }) => first);
  return { overrides: Object.fromEntries(overrides), lost: [...new Set(lost)] };
}

/** Dots are between the parts of a path, unless a backslash is before them. */
function overridePath(path: readonly string[]): string {
  return path.map((part) => propertyName(part).replaceAll('.', '\\.')).join('.');
}
