import { isJsonObject, type JsonObject } from '../../contract/json';
import { type Code, call, literal, object, verbatim } from '../project/code';
import type { Constant } from './expressed';
import type { Members } from './members';

/** How a gateway authenticates to a target; nothing where that is the default, or is kept by an override. */
export interface ExpressedCredentials {
  readonly code?: Code;
  readonly constants: readonly Constant[];
}

type Options = { readonly [name: string]: Code | undefined };

const NOTHING: ExpressedCredentials = { constants: [] };

const MEMBER = 'credentialProviderConfigurations';

/**
 * The secrets of AgentCore Identity, and no others: which one a provider has, the target does not say.
 */
const SECRETS: Constant = {
  name: 'secrets',
  value: call('this.formatArn', [
    object({
      service: literal('secretsmanager'),
      resource: literal('secret'),
      resourceName: literal('bedrock-agentcore-identity!*'),
      arnFormat: verbatim('ArnFormat.COLON_RESOURCE_NAME', 'ArnFormat'),
    }),
  ]),
};

/**
 * Takes the credentials when the construct can say all of them.
 * @param isRoleDefault whether the role is what the construct takes by itself
 */
export function expressCredentials(target: Members, isRoleDefault: boolean): ExpressedCredentials {
  const found = target.peek(MEMBER);
  const [one, ...others] = Array.isArray(found) ? found.filter(isJsonObject) : [];
  if (one === undefined || others.length > 0) return NOTHING;
  const expressed = expressOne(one, isRoleDefault);
  if (expressed !== undefined) target.take(MEMBER);
  return expressed ?? NOTHING;
}

function expressOne(
  { credentialProviderType: type, credentialProvider: provider = {} }: JsonObject,
  isRoleDefault: boolean,
): ExpressedCredentials | undefined {
  const [kind, ...kinds] = isJsonObject(provider) ? Object.values(provider) : [];
  if (kinds.length > 0) return undefined;
  if (type === 'GATEWAY_IAM_ROLE') return role(kind, isRoleDefault);
  if (!isJsonObject(kind)) return undefined;
  const [factory, options] =
    type === 'OAUTH'
      ? (['fromOauthIdentityArn', oauth(kind)] as const)
      : type === 'API_KEY'
        ? (['fromApiKeyIdentityArn', apiKey(kind)] as const)
        : [];
  if (factory === undefined || options === undefined) return undefined;
  const given = { providerArn: literal(kind['providerArn']), secretArn: verbatim(SECRETS.name), ...options };
  const code = call(`agentcore.GatewayCredentialProvider.${factory}`, [object(given)], 'agentcore');
  return { code, constants: [SECRETS] };
}

function role(provider: unknown, isDefault: boolean): ExpressedCredentials | undefined {
  const factory = 'agentcore.GatewayCredentialProvider.fromIamRole';
  if (!isJsonObject(provider)) return isDefault ? NOTHING : { code: call(factory, [], 'agentcore'), constants: [] };
  const { service, region, ...others } = provider;
  if (typeof service !== 'string' || Object.keys(others).length > 0) return undefined;
  const options = { service: literal(service), ...(typeof region === 'string' && { region: literal(region) }) };
  return { code: call(factory, [object(options)], 'agentcore'), constants: [] };
}

function oauth({ providerArn, scopes, customParameters, ...others }: JsonObject): Options | undefined {
  if (typeof providerArn !== 'string' || !Array.isArray(scopes) || Object.keys(others).length > 0) return undefined;
  const parameters = isJsonObject(customParameters) ? literal(customParameters) : undefined;
  return { scopes: literal(scopes), customParameters: parameters };
}

function apiKey({ providerArn, credentialLocation: where, ...others }: JsonObject): Options | undefined {
  const { credentialParameterName: name, credentialPrefix: prefix, ...unknown } = others;
  if (typeof providerArn !== 'string' || typeof name !== 'string' || Object.keys(unknown).length > 0) return undefined;
  // Without a prefix aws-cdk-lib writes one for a header.
  const isComplete = where === 'QUERY_PARAMETER' || (where === 'HEADER' && typeof prefix === 'string');
  if (!isComplete) return undefined;
  const options = {
    credentialParameterName: literal(name),
    ...(typeof prefix === 'string' && { credentialPrefix: literal(prefix) }),
  };
  const factory = `agentcore.ApiKeyCredentialLocation.${where === 'HEADER' ? 'header' : 'queryParameter'}`;
  return { credentialLocation: call(factory, [object(options)], 'agentcore') };
}
