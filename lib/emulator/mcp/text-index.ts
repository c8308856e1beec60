import { isJsonObject } from '../../contract/json';
import type { ToolDefinition } from '../../contract/mcp';

/** Finds tools by words. Stands in for the service's semantic search. */
export interface TextIndex {
  /** Names of the best matches, best first; tools without any common word are left out. */
  search(query: string, limit: number, isVisible: (tool: string) => boolean): string[];
}

/** Saturation and length weight of the BM25 ranking, at their usual values. */
const K1 = 1.2;
const B = 0.75;

/** An index over names, descriptions and argument names. */
export function textIndex(tools: readonly ToolDefinition[]): TextIndex {
  const documents = tools.map((tool) => ({ name: tool.name, words: wordCounts(textOf(tool)) }));
  const lengths = documents.map(({ words }) => sum(words.values()));
  const average = sum(lengths) / Math.max(1, lengths.length);
  const frequency = new Map<string, number>();
  for (const { words } of documents)
    for (const word of words.keys()) frequency.set(word, (frequency.get(word) ?? 0) + 1);

  const rarity = (word: string): number => {
    const containing = frequency.get(word) ?? 0;
    return Math.log(1 + (documents.length - containing + 0.5) / (containing + 0.5));
  };

  return {
    search(query, limit, isVisible) {
      const wanted = [...wordCounts(query).keys()];
      const scored = documents.flatMap(({ name, words }, index) => {
        if (!isVisible(name)) return [];
        const lengthWeight = K1 * (1 - B + (B * (lengths[index] ?? 0)) / average);
        const score = sum(
          wanted.map((word) => {
            const count = words.get(word) ?? 0;
            return (rarity(word) * count * (K1 + 1)) / (count + lengthWeight);
          }),
        );
        return score > 0 ? [{ name, score }] : [];
      });
      scored.sort((a, b) => b.score - a.score || (a.name < b.name ? -1 : 1));
      return scored.slice(0, limit).map(({ name }) => name);
    },
  };
}

function textOf(tool: ToolDefinition): string {
  const properties = tool.inputSchema['properties'];
  const names = isJsonObject(properties) ? Object.keys(properties) : [];
  return [tool.name, tool.description, ...names].join(' ');
}

/** Words in lower case, without a plural's or a verb's ending, so that `claims` finds `claim`. */
function wordCounts(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  const parts =
    text
      .replace(/([a-z])([A-Z])/g, '$1 $2')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  for (const part of parts) {
    const word = part.length > 4 ? part.replace(/(ies|ing|es|ed|s|y)$/, '') : part;
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return counts;
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
