import { GovernanceError } from '../../diagnostics/governance-error';

/** Names of query parameters that hold secrets, by what they are called in the APIs that people use. */
const SECRET_NAME = /key|token|secret|password|passwd|auth|signature|^sig$/i;

/**
 * The URL of a server as it may stand in a file.
 *
 * @throws GovernanceError `TOOLS_URL_SECRET` for one that holds a secret; undefined for what is no URL of the web
 */
export function serverUrl(text: string): string | undefined {
  if (!URL.canParse(text) || !/^https?:/i.test(text)) return undefined;
  const url = new URL(text);
  const isSecret =
    url.username !== '' || url.password !== '' || [...url.searchParams.keys()].some((name) => SECRET_NAME.test(name));
  if (isSecret) throw GovernanceError.of('TOOLS_URL_SECRET', {});
  return url.href;
}
