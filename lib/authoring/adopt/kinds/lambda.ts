import { textMember } from '../../../contract/drift/text-member';
import { isJsonObject, type JsonValue } from '../../../contract/json';
import { diagnostic } from '../../../diagnostics/diagnostic';
import { verbatim } from '../../project/code';
import { importedFunction } from '../express-gateway';
import { Outside } from '../outside';
import { type KindInput, MCP, type SaidKind } from './kind';
import { catalogTools, checkedTools, toolFile, toolList, toolsIn } from './tool-file';

/** Tools that a Lambda function runs: the function as it is, and the tools in a file. */
export async function lambdaTarget({ name, word, id, members, sources }: KindInput): Promise<SaidKind> {
  const functionArn = members.text(...MCP, 'lambda', 'lambdaArn') ?? '';
  const inline = members.take(...MCP, 'lambda', 'toolSchema', 'inlinePayload');
  const s3 = members.take(...MCP, 'lambda', 'toolSchema', 's3');
  const tools = inline === undefined ? named(name, s3, sources) : checkedTools(inline, `target ${name}`);
  const constant = `${word}Function`;
  return {
    constants: [{ name: constant, value: importedFunction(`${id}Function`, functionArn) }],
    factory: 'Tools.fromFunction',
    args: [verbatim(constant), toolList(name)],
    options: {},
    files: new Map([[toolFile(name), `${JSON.stringify({ tools }, undefined, 2)}\n`]]),
    catalog: { kind: 'lambda', tools: catalogTools(tools) },
    notes:
      inline === undefined
        ? [
            diagnostic('ADOPT_CHANGED', {
              target: name,
              what: 'its list of tools stands in the template, and not in S3',
            }),
          ]
        : [],
  };
}

function named(name: string, s3: JsonValue | undefined, { documents }: KindInput['sources']) {
  const document = documents.get(name);
  if (document !== undefined) return toolsIn(document.text, document.path);
  const uri = isJsonObject(s3) ? textMember(s3, 'uri') : 'S3';
  const way = `download it, and run \`adopt\` again with \`--document ${name}=FILE\``;
  throw new Outside(`its list of tools lies in \`${uri}\`, which the control plane does not show`, way);
}
