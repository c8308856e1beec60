import { exampleValue } from '../../../contract/example-value';
import type { JsonObject, JsonValue } from '../../../contract/json';
import { objectOf } from '../source/members';
import type { References } from './references';

/** Characters of JSON; an example that is longer stays in the document. */
const LONGEST = 20_000;

/** An answer of an operation as its document shows it: the example of the first success in JSON, else a value of its schema. */
export function answerExample(references: References, operation: JsonObject): JsonValue | undefined {
  const responses = objectOf(operation['responses']);
  const status = Object.keys(responses).find((code) => /^2/.test(code)) ?? 'default';
  const content = objectOf(references.follow(responses[status])['content']);
  const media = Object.entries(content).find(([type]) => /[/+]json\b/.test(type));
  if (media === undefined) return undefined;
  const { example, examples, schema } = objectOf(media[1]);
  const [first] = Object.values(objectOf(examples));
  const found = example ?? objectOf(first)['value'] ?? exampleValue(references.document, schema);
  return found !== undefined && JSON.stringify(found).length <= LONGEST ? found : undefined;
}
