import { exampleValue } from '../../contract/example-value';
import type { JsonValue } from '../../contract/json';
import type { TargetManifest } from '../../contract/manifest';
import { joinToolName } from '../../contract/tool-name';
import type { TargetCaller, TargetResult } from './target';

/** Answers by the tool's full name. */
export type Answers = ReadonlyMap<string, JsonValue>;

/** Answers some tools from a table, before anything is called. */
export function withAnswers(target: TargetManifest, answers: Answers, caller: TargetCaller): TargetCaller {
  const isAnswered = target.tools.some(({ name }) => answers.has(joinToolName(target.name, name)));
  if (!isAnswered) return caller;
  return {
    ...caller,
    call: (call) => {
      const value = answers.get(call.tool);
      return value === undefined ? caller.call(call) : Promise.resolve({ kind: 'value', value });
    },
  };
}

/** A target that is not called: it answers with the examples of its document, or values of its schemas. */
export function stubTarget(target: TargetManifest, why: string): TargetCaller {
  const answerOf = (tool: string): TargetResult => {
    const value = stubAnswer(target, tool);
    if (value !== undefined) return { kind: 'value', value };
    const file = `${joinToolName(target.name, tool)}.json`;
    return {
      kind: 'failure',
      detail: `${why}, and nothing says what it answers: write ${file} into the folder of \`--answers\``,
    };
  };
  return { call: ({ toolName }) => Promise.resolve(answerOf(toolName)) };
}

/** What a tool's own descriptions show of its answer. */
function stubAnswer({ tools, requests = {} }: TargetManifest, tool: string): JsonValue | undefined {
  const shown = Object.hasOwn(requests, tool) ? requests[tool]?.answer : undefined;
  const schema = tools.find(({ name }) => name === tool)?.outputSchema;
  return shown ?? (schema && exampleValue(schema, schema));
}
