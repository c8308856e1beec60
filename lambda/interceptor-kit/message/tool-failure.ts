import { isJsonObject, type JsonObject, type JsonValue } from '../../../lib/contract/json';

/**
 * Whether a value is what `governed-gateway/tool` answers when a call fails: `{ error: { code, message, requestId, issues? } }`, all of it
 * text. With any member more it is not, because nobody could tell what that member holds.
 */
export function isToolFailure(value: JsonValue): boolean {
  if (!isJsonObject(value) || !hasOnly(value, ['error'])) return false;
  const { error } = value;
  if (!isJsonObject(error) || !hasOnly(error, ['code', 'message', 'requestId', 'issues'])) return false;
  const { issues = [], ...texts } = error;
  return hasTexts(texts, ['code', 'message', 'requestId']) && Array.isArray(issues) && issues.every(isIssue);
}

function isIssue(value: JsonValue): boolean {
  return isJsonObject(value) && hasOnly(value, ['path', 'message']) && hasTexts(value, ['path', 'message']);
}

function hasOnly(value: JsonObject, names: readonly string[]): boolean {
  return Object.keys(value).every((name) => names.includes(name));
}

function hasTexts(value: JsonObject, names: readonly string[]): boolean {
  return names.every((name) => Object.hasOwn(value, name) && typeof value[name] === 'string');
}
