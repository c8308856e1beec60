import { distance } from 'fastest-levenshtein';
import { splitToolName } from '../contract/tool-name';

/**
 * The candidate nearest to a mistyped name, or undefined when none is near. Case and separators weigh nothing, nor does it whether a tool is
 * named with its target: `create_transfer` is near to `payments___create_transfer`.
 */
export function suggest(name: string, candidates: Iterable<string>): string | undefined {
  const plain = (text: string): string => text.toLowerCase().replace(/[-_]/g, '');
  const bare = splitToolName(name)?.tool;
  let best: string | undefined;
  // Something of the name must be left, or two letters would be near to any other two.
  let bestDistance = Math.min(Math.max(2, Math.floor(name.length / 3)) + 1, name.length);
  for (const candidate of candidates) {
    const bareCandidate = splitToolName(candidate)?.tool;
    const alike = (bare === undefined) === (bareCandidate === undefined);
    const [own, other] = alike ? [name, candidate] : [bare ?? name, bareCandidate ?? candidate];
    const steps = distance(plain(own), plain(other));
    if (steps < bestDistance) {
      best = candidate;
      bestDistance = steps;
    }
  }
  return best;
}
