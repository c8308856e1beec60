import { error } from './entry';

/** Findings about the gateway itself and the construct's props. */
export const GATEWAY = {
  GATEWAY_NAME_INVALID: error(
    (p: { name: string }) => `gateway name \`${p.name}\` is not one that the service takes`,
    () => 'use up to 48 letters, digits and single hyphens, no underscore, starting and ending with a letter or digit',
  ),
  GATEWAY_ENFORCE_WITHOUT_POLICIES: error(
    (p: { path: string }) => `gateway \`${p.path}\` enforces an empty policy set, so that every call is denied`,
    () => 'add a policy source to `policies`, or start with `mode: EnforcementMode.LOG_ONLY`',
  ),
};
