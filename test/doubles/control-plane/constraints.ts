/** Request constraints of the operations, from the Amazon Bedrock AgentCore Control API model 2023-06-05. */
type Constraint =
  | {
      readonly kind: 'text';
      readonly min?: number;
      readonly max?: number;
      readonly pattern?: RegExp;
      readonly values?: readonly string[];
    }
  | { readonly kind: 'integer'; readonly min: number; readonly max: number }
  | { readonly kind: 'map'; readonly max: number; readonly key: Constraint; readonly value: Constraint }
  | { readonly kind: 'list'; readonly item: Constraint; readonly min: number; readonly max: number }
  | { readonly kind: 'structure'; readonly shape: Shape; readonly union?: true }
  /** Not looked into. */
  | { readonly kind: 'any' };

/** Members of a structure; a name that ends in `!` is required. */
interface Shape {
  readonly [member: string]: Constraint;
}

const resourceId: Constraint = { kind: 'text', min: 12, max: 59, pattern: /^[A-Za-z][A-Za-z0-9_]*-[a-z0-9_]{10}$/ };
const name: Constraint = { kind: 'text', min: 1, max: 48, pattern: /^[A-Za-z][A-Za-z0-9_]*$/ };
const description: Constraint = { kind: 'text', min: 1, max: 4096 };
const clientToken: Constraint = {
  kind: 'text',
  min: 33,
  max: 256,
  pattern: /^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,256}$/,
};
const tagText = /^[a-zA-Z0-9\s._:/=+@-]*$/;
const tagKey: Constraint = { kind: 'text', min: 1, max: 128, pattern: tagText };
const tags: Constraint = { kind: 'map', max: 50, key: tagKey, value: { kind: 'text', max: 256, pattern: tagText } };
const statement: Constraint = {
  kind: 'structure',
  shape: { 'statement!': { kind: 'text', min: 35, max: 10_000 } },
};
const definition: Constraint = {
  kind: 'structure',
  union: true,
  shape: {
    cedar: statement,
    policy: statement,
    policyGeneration: {
      kind: 'structure',
      shape: { 'policyGenerationId!': resourceId, 'policyGenerationAssetId!': resourceId },
    },
  },
};
const validationMode: Constraint = { kind: 'text', values: ['FAIL_ON_ANY_FINDINGS', 'IGNORE_ALL_FINDINGS'] };
const enforcementMode: Constraint = { kind: 'text', values: ['ACTIVE', 'LOG_ONLY'] };
const updatedDescription: Constraint = { kind: 'structure', shape: { optionalValue: description } };
const page: Shape = {
  nextToken: { kind: 'text', min: 1, max: 2048, pattern: /^\S*$/ },
  maxResults: { kind: 'integer', min: 1, max: 100 },
};
const policyPath: Shape = { 'policyEngineId!': resourceId, 'policyId!': resourceId };
const generationPath: Shape = { 'policyEngineId!': resourceId, 'policyGenerationId!': resourceId };
const gatewayIdentifier: Constraint = { kind: 'text', pattern: /^([0-9a-z][-]?){1,100}-[0-9a-z]{10}$/ };
const resourceArn: Constraint = { kind: 'text', min: 20, max: 1011 };

const REQUESTS = {
  CreatePolicyEngine: {
    'name!': name,
    description,
    clientToken,
    encryptionKeyArn: {
      kind: 'text',
      min: 1,
      max: 2048,
      pattern: /^arn:aws(|-cn|-us-gov):kms:[a-zA-Z0-9-]*:[0-9]{12}:key\/[a-zA-Z0-9-]{36}$/,
    },
    tags,
  },
  GetPolicyEngine: { 'policyEngineId!': resourceId },
  UpdatePolicyEngine: { 'policyEngineId!': resourceId, description: updatedDescription },
  DeletePolicyEngine: { 'policyEngineId!': resourceId },
  ListPolicyEngines: page,
  ListPolicyEngineSummaries: page,
  CreatePolicy: {
    'policyEngineId!': resourceId,
    'name!': name,
    'definition!': definition,
    description,
    validationMode,
    enforcementMode,
    clientToken,
  },
  GetPolicy: policyPath,
  UpdatePolicy: { ...policyPath, description: updatedDescription, definition, validationMode, enforcementMode },
  DeletePolicy: policyPath,
  ListPolicies: { 'policyEngineId!': resourceId, ...page, targetResourceScope: resourceArn },
  ListPolicySummaries: { 'policyEngineId!': resourceId, ...page, targetResourceScope: resourceArn },
  StartPolicyGeneration: {
    'policyEngineId!': resourceId,
    'name!': name,
    'resource!': { kind: 'structure', union: true, shape: { arn: resourceArn } },
    'content!': { kind: 'structure', union: true, shape: { rawText: { kind: 'text', min: 1, max: 2000 } } },
    clientToken,
  },
  GetPolicyGeneration: generationPath,
  ListPolicyGenerationAssets: { ...generationPath, ...page },
  GetGateway: { 'gatewayIdentifier!': gatewayIdentifier },
  UpdateGateway: {
    'gatewayIdentifier!': gatewayIdentifier,
    'name!': { kind: 'text', min: 1, max: 48 },
    description: { kind: 'text', min: 1, max: 200 },
    'roleArn!': { kind: 'text', min: 1, max: 2048 },
    protocolType: { kind: 'text', values: ['MCP'] },
    protocolConfiguration: { kind: 'any' },
    'authorizerType!': { kind: 'text', values: ['CUSTOM_JWT', 'AWS_IAM', 'NONE', 'AUTHENTICATE_ONLY'] },
    authorizerConfiguration: { kind: 'any' },
    kmsKeyArn: { kind: 'text', min: 1, max: 2048 },
    customTransformConfiguration: { kind: 'any' },
    interceptorConfigurations: { kind: 'any' },
    policyEngineConfiguration: {
      kind: 'structure',
      shape: {
        'arn!': { kind: 'text', min: 1, max: 170 },
        'mode!': { kind: 'text', values: ['LOG_ONLY', 'ENFORCE'] },
      },
    },
    exceptionLevel: { kind: 'text', values: ['DEBUG'] },
    wafConfiguration: { kind: 'any' },
  },
  ListGatewayTargets: {
    'gatewayIdentifier!': gatewayIdentifier,
    maxResults: { kind: 'integer', min: 1, max: 1000 },
    nextToken: { kind: 'text', min: 1, max: 2048, pattern: /^\S*$/ },
  },
  GetGatewayTarget: {
    'gatewayIdentifier!': gatewayIdentifier,
    'targetId!': { kind: 'text', pattern: /^[0-9a-zA-Z]{10}$/ },
  },
  ListGatewayRateLimits: { 'gatewayIdentifier!': gatewayIdentifier, ...page },
  ListTagsForResource: { 'resourceArn!': resourceArn },
  TagResource: { 'resourceArn!': resourceArn, 'tags!': tags },
  UntagResource: { 'resourceArn!': resourceArn, 'tagKeys!': { kind: 'list', item: tagKey, min: 0, max: 200 } },
} satisfies { [operation: string]: Shape };

export type Operation = keyof typeof REQUESTS;

/** What is wrong with a request, by member; empty when nothing is. Unknown members are wrong too: the SDK sends none. */
export function violations(operation: Operation, input: { readonly [member: string]: unknown }): string[] {
  const found: string[] = [];
  checkStructure(REQUESTS[operation], input, '', found);
  return found;
}

function checkStructure(
  shape: Shape,
  value: { readonly [member: string]: unknown },
  path: string,
  found: string[],
): void {
  const known = new Set<string>();
  for (const [declared, constraint] of Object.entries(shape)) {
    const required = declared.endsWith('!');
    const member = required ? declared.slice(0, -1) : declared;
    known.add(member);
    const given = value[member];
    if (given !== undefined && given !== null) check(constraint, given, `${path}${member}`, found);
    else if (required) found.push(`${path}${member}: required`);
  }
  for (const member of Object.keys(value)) if (!known.has(member)) found.push(`${path}${member}: unknown member`);
}

function check(constraint: Constraint, value: unknown, path: string, found: string[]): void {
  const problems = problemsOf(constraint, value);
  found.push(...problems.map((problem) => `${path}: ${problem}`));
  if (problems.length > 0) return;
  if (constraint.kind === 'structure' && isObject(value)) checkStructure(constraint.shape, value, `${path}.`, found);
  if (constraint.kind === 'list' && Array.isArray(value)) {
    for (const item of value) check(constraint.item, item, `${path}[]`, found);
  }
  if (constraint.kind === 'map' && isObject(value)) {
    for (const [key, item] of Object.entries(value)) {
      check(constraint.key, key, `${path}.${key}`, found);
      check(constraint.value, item, `${path}.${key}`, found);
    }
  }
}

/** What is wrong with a value itself, its parts aside. */
function problemsOf(constraint: Constraint, value: unknown): string[] {
  switch (constraint.kind) {
    case 'text': {
      if (typeof value !== 'string') return ['not a string'];
      const { min = 0, max = Number.POSITIVE_INFINITY, pattern, values } = constraint;
      return [
        ...(value.length < min ? [`shorter than ${min}`] : []),
        ...(value.length > max ? [`longer than ${max}`] : []),
        ...(pattern?.test(value) === false ? [`does not match ${pattern.source}`] : []),
        ...(values?.includes(value) === false ? [`not one of ${values.join(', ')}`] : []),
      ];
    }
    case 'integer':
      if (!Number.isInteger(value)) return ['not an integer'];
      return Number(value) < constraint.min || Number(value) > constraint.max ? ['out of range'] : [];
    case 'map':
      if (!isObject(value)) return ['not an object'];
      return Object.keys(value).length > constraint.max ? [`more than ${constraint.max} entries`] : [];
    case 'list':
      if (!Array.isArray(value)) return ['not a list'];
      return value.length < constraint.min || value.length > constraint.max ? ['wrong number of items'] : [];
    case 'structure':
      if (!isObject(value)) return ['not an object'];
      return constraint.union && Object.keys(value).length !== 1 ? ['not exactly one member of a union'] : [];
    case 'any':
      return [];
    default:
      return constraint satisfies never;
  }
}

function isObject(value: unknown): value is { readonly [member: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
