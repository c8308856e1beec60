import { extname } from 'node:path';
import { OpenApiDocument } from '../../constructs/targets/openapi/document';
import { classesOfOpenApi } from '../../contract/tool-classes/operations';
import { overruledClasses } from '../../contract/tool-classes/overruled';
import { saidOfTool } from '../../contract/tool-classes/tool-classes';
import { hasErrors } from '../../diagnostics/diagnostic';
import { GovernanceError } from '../../diagnostics/governance-error';
import type { ToolPin } from '../tools/pinned-tools';
import type { StarterSource } from './starter-content';
import type { StarterTarget } from './starter-tool';
import { toolOptions } from './tool-options';

/**
 * The target of a project that starts from an OpenAPI document: the tools that a gateway makes of it.
 * @param file path of the document
 * @param said what the team says of tools, by name or pattern
 * @throws GovernanceError with everything for which synth would refuse the document
 */
export function openApiTarget(name: string, file: string, said: ToolPin['classes']): StarterTarget {
  const document = new OpenApiDocument(file, {});
  if (hasErrors(document.findings)) throw new GovernanceError(document.findings);
  const tools = document.operations.map(({ name: tool, description, inputSchema, outline }) => {
    const own = classesOfOpenApi(outline, outline.operation, outline.pathItem);
    const classes = overruledClasses(own, saidOfTool(said, tool));
    return { name: tool, description, inputSchema, classes };
  });
  return { name, tools };
}

/**
 * The files of a project that starts from an OpenAPI document.
 * @param said what the team says of tools, by name or pattern
 */
export function openApiSource(name: string, file: string, text: string, said: ToolPin['classes']): StarterSource {
  const document = `${name}${extname(file).toLowerCase() === '.json' ? '.json' : '.yaml'}`;
  const options = toolOptions({ trustAnnotations: false, classes: said });
  return {
    folder: 'openapi',
    values: { document, options },
    files: new Map([[`apis/${document}`, text]]),
    packages: [],
  };
}
