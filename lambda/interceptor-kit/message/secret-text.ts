/** Runs of characters of which tokens consist. */
const RUN = /[\w.~+/=-]{16,}/g;

/** Beginnings of secrets whose issuers gave them one: AWS, GitHub, GitLab, Slack, what many model providers copy, and proofs of this library. */
const KNOWN =
  /(?<![A-Za-z0-9])(?:(?:AKIA|ASIA)[A-Z0-9]{16}|(?:gh[pousr]_|github_pat_|glpat-|xox[abeprs]-|sk-)[\w-]{16,})|ggp_[0-9a-f]{8,}/g;

/** Values behind a word that says what they are. */
const NAMED =
  /\b(bearer\s+|basic\s+(?=[A-Za-z0-9+/=]{12})|(?:[a-z_-]{0,40}token|api[_-]?key|password|secret|x-amz-signature|x-amz-credential|sig|signature)=)[^\s&"',;]+/gi;

/** Header of a JSON web token: base64 of `{"` and what may follow. */
const HEADER = /(?<![A-Za-z0-9_])eyJ[\w-]{5}/;

/** A piece of every secret above, found in a fraction of their time: nearly all texts have none of it. */
const SUSPICIOUS = /=|(?:rer|sic)\s|eyJ|A[KS]IA|gh._|hub_|pat-|xox|sk-|ggp_/i;

/** A text without tokens, keys and passwords, as far as they can be told by their look. Linear: callers choose the text. */
export function maskSecrets(text: string, replacement: string): string {
  if (!SUSPICIOUS.test(text)) return text;
  const named = text.replace(NAMED, (_, word: string) => `${word}${replacement}`);
  return maskJsonWebTokens(named.replace(KNOWN, replacement), replacement);
}

/** A text without JSON web tokens, signed or encrypted. Every part between dots is looked at once. */
export function maskJsonWebTokens(text: string, replacement: string): string {
  return text.replace(RUN, (run) => {
    if (!run.includes('.')) return run;
    const parts = run.split('.');
    const shown: string[] = [];
    for (let index = 0; index < parts.length; index++) {
      const part = parts[index] ?? '';
      const start = part.search(HEADER);
      if (start < 0 || !parts[index + 1]) {
        shown.push(part);
        continue;
      }
      shown.push(part.slice(0, start) + replacement);
      // A signed token has three parts, an encrypted one five.
      index += 2;
    }
    return shown.join('.');
  });
}
