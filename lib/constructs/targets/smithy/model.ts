import type { JsonObject } from '../../../contract/json';
import { LIMITS } from '../../../contract/limits';
import type { DeclaredTool } from '../../../contract/published-schema';
import { type Diagnostic, diagnostic } from '../../../diagnostics/diagnostic';
import { GovernanceError } from '../../../diagnostics/governance-error';
import { objectOf } from '../source/members';
import { selectOperations } from '../source/operation-filter';
import { pinTools } from '../source/pinned-tools';
import { readObject } from '../source/read-document';
import { deployedModel } from './deployed-model';
import { operationsOf, type SmithyOperation } from './operations';
import { checkServices } from './services';
import { SmithyShapes } from './shapes';
import type { SmithyToolsOptions } from './smithy-options';

/** A Smithy model of the app, in the JSON AST form that the service takes, and the operations of it that become tools. */
export class SmithyModel {
  /** The tools that the gateway makes of the model. */
  readonly tools: readonly DeclaredTool[];
  /** Findings about the model. */
  readonly findings: readonly Diagnostic[];

  private readonly model: JsonObject;
  private readonly left: readonly SmithyOperation[];

  /** Throws a GovernanceError when the file is missing or no JSON object. */
  constructor(
    private readonly file: string,
    options: SmithyToolsOptions,
  ) {
    this.model = readObject(file);
    const shapes = new SmithyShapes(objectOf(this.model['shapes']));
    const services = checkServices(file, this.model, shapes);
    const operations = operationsOf(shapes);
    const { selected, findings } = selectOperations(file, operations, options);
    const derived = selected.filter(({ unsupported }) => unsupported.length === 0).map(({ tool }) => tool());
    const pinned = pinTools(file, derived, options.tools);
    const names = new Set(pinned.tools.map(({ name }) => name));
    this.tools = pinned.tools;
    this.left = operations.filter(({ name }) => !names.has(name));
    this.findings = [...services, ...findings, ...selected.flatMap(leftOut), ...pinned.findings];
  }

  /** The model that is deployed, as JSON text. Throws a GovernanceError when it is larger than the service takes. */
  deployed(): string {
    const { file, model, left } = this;
    const text = JSON.stringify(deployedModel(model, new Set(left.map(({ id }) => id))));
    const [bytes, max] = [Buffer.byteLength(text), LIMITS.documentMaxBytes];
    if (bytes > max) throw GovernanceError.of('TARGET_DOCUMENT_TOO_LARGE', { file, bytes, max });
    return text;
  }
}

function leftOut({ name, unsupported }: SmithyOperation): Diagnostic[] {
  if (unsupported.length === 0) return [];
  return [diagnostic('TARGET_OPERATION_LEFT_OUT', { operation: name, reasons: unsupported })];
}
