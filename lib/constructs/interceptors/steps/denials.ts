import type { Construct } from 'constructs';
import { PROOF_ARGUMENT } from '../../../contract/interceptor-proof';
import type { DesiredPolicy } from '../../../contract/policy-set-document';
import type { DenialsConfig } from '../../../contract/steps/denials';
import { tokens } from '../../../policy/text/lexer';
import { contextReads } from '../../../policy/text/reads';
import { type InterceptionPoint, InterceptorStep, type StepBinding } from '../interceptor-step';

/** Options of the counter of denials. */
export interface DenialsOptions {
  readonly gatewayName: string;
  readonly maskedFields: readonly string[];
  /** The policy set. Called at synthesis. */
  readonly policies: () => readonly DesiredPolicy[];
}

const GATEWAY_VARIABLE = 'GATEWAY_NAME';

/** Counts denied messages at the RESPONSE interceptor, by tool, and writes one line for each. Comes with `Observability`. */
export class DenialsStep extends InterceptorStep {
  constructor(private readonly options: DenialsOptions) {
    super();
  }

  /** @internal */
  override _worksAt(point: InterceptionPoint): boolean {
    return point === 'RESPONSE';
  }

  /** @internal */
  override _bind(_scope: Construct, point: InterceptionPoint): StepBinding | undefined {
    if (!this._worksAt(point)) return undefined;
    const { gatewayName, maskedFields, policies } = this.options;
    return {
      config: (tools) => ({
        step: 'denials',
        gatewayVariable: GATEWAY_VARIABLE,
        tools,
        reads: readsOf(policies()),
        maskedFields,
      }),
      environment: { [GATEWAY_VARIABLE]: gatewayName },
    };
  }
}

/** The arguments that each policy reads, by the policy's name. Policies that read none are left out. */
function readsOf(policies: readonly DesiredPolicy[]): DenialsConfig['reads'] {
  const entries = policies.map(({ name, statementParts }) => {
    const reads = contextReads(tokens(statementParts.join('')));
    const paths = reads.filter(
      ({ path, isTest }) => path[0] === 'input' && path.length > 1 && path[1] !== PROOF_ARGUMENT && !isTest,
    );
    const unique = new Map(paths.map(({ path }) => [path.slice(1).join('\0'), path.slice(1)]));
    return [name, [...unique.values()]] as const;
  });
  return Object.fromEntries(entries.filter(([, paths]) => paths.length > 0));
}
