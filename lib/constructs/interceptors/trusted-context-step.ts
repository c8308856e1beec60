import type { Construct } from 'constructs';
import type { DeclaredTrustedField } from '../../contract/trusted-context';
import type { Diagnostic } from '../../diagnostics/diagnostic';
import type { InterceptorProof } from '../interceptor-proof/interceptor-proof';
import { type InterceptionPoint, InterceptorStep, type StepBinding, type StepCheckContext } from './interceptor-step';
import { SpoofResponse } from './spoof-response';
import { mergeTables } from './table-manifest';
import type { TrustedField } from './trusted-field';

/** The proof, and the tools that ask for it at synthesis. */
export interface ProofOfTools {
  readonly secret: InterceptorProof;
  /** The proof as a field; none when no tool asks for it. Called at synthesis. */
  readonly fields: () => readonly DeclaredTrustedField[];
}

/** Fills trusted fields at REQUEST and hides them at RESPONSE. The gateway adds it by itself when it has trusted context. */
export class TrustedContextStep extends InterceptorStep {
  constructor(
    private readonly fields: { readonly [name: string]: TrustedField },
    private readonly onSpoof: SpoofResponse = SpoofResponse.OVERWRITE,
    private readonly proof?: ProofOfTools,
  ) {
    super();
  }

  /** The fields as contract, as far as one of the given tools carries them. */
  resolve(tools: readonly string[]): DeclaredTrustedField[] {
    return Object.entries(this.fields)
      .map(([name, field]) => field._resolve(name, tools))
      .filter((field) => field.tools.length > 0);
  }

  /** @internal */
  override _bind(_scope: Construct, point: InterceptionPoint): StepBinding {
    const config: StepBinding['config'] = (tools) => ({
      step: 'trusted-context',
      fields: [...this.resolve(tools), ...(this.proof?.fields() ?? [])],
      onSpoof: this.onSpoof,
      tools,
    });
    if (point === 'RESPONSE') return { config };
    const fields = Object.entries(this.fields);
    return {
      config,
      environment: Object.assign(
        {},
        this.proof?.secret.environment,
        ...fields.map(([name, field]) => field._environment(name)),
      ) as {
        [name: string]: string;
      },
      grant: (fn) => {
        for (const [, field] of fields) field._grant(fn);
        this.proof?.secret.allowRead(fn);
      },
      tables: () => mergeTables(fields.map(([, field]) => field._table())),
    };
  }

  /** @internal */
  override _findings(context: StepCheckContext): Diagnostic[] {
    return Object.entries(this.fields).flatMap(([name, field]) => field._findings(name, context));
  }
}
