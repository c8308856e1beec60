import type { JsonObject } from '../../../contract/json';
import type { WithheldParameter } from '../source/withheld-parameters';
import { ArgumentSchemas } from './argument-schemas';
import type { OperationOutline } from './outline';
import type { References } from './references';

/** One operation while it is read, and what was noticed on the way. */
export class OperationReading {
  readonly pathItem: JsonObject;
  readonly operation: JsonObject;
  readonly schemas: ArgumentSchemas;
  /** Why the gateway cannot make a tool of it. */
  readonly unsupported: string[] = [];
  readonly withheld: WithheldParameter[] = [];

  constructor(
    readonly references: References,
    outline: OperationOutline,
  ) {
    this.pathItem = outline.pathItem;
    this.operation = outline.operation;
    this.schemas = new ArgumentSchemas(references);
  }
}
