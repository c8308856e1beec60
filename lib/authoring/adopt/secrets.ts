import { isJsonObject, type JsonValue } from '../../contract/json';
import { GovernanceError } from '../../diagnostics/governance-error';
import { serverUrl } from '../tools/server-url';

/** What gives a secret away by its form: keys of AWS, private keys, proofs of interceptors. */
const SECRET_TEXT = /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b|-----BEGIN [A-Z ]*PRIVATE KEY-----|\bggp_[0-9a-f]{64}\b/;

/** Members that hold a secret, unless it is an ARN. */
const SECRET_MEMBER = /secret|password|passwd|apiKey$|accessToken|privateKey/i;

/** Where a secret stands that no file may hold, as a path; undefined where there is none. */
export function secretIn(value: JsonValue, path = ''): string | undefined {
  if (typeof value === 'string') {
    const isNamed = SECRET_MEMBER.test(path.replace(/^.*\./, '')) && !value.startsWith('arn:');
    return isNamed || SECRET_TEXT.test(value) || isSecretUrl(value) ? path : undefined;
  }
  const members = isJsonObject(value) || Array.isArray(value) ? Object.entries(value) : [];
  for (const [name, member] of members) {
    const found = secretIn(member, path === '' ? name : `${path}.${name}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

function isSecretUrl(text: string): boolean {
  try {
    serverUrl(text);
    return false;
  } catch (error) {
    if (GovernanceError.is(error)) return true;
    throw error;
  }
}
