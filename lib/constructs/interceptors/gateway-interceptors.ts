import { type IInterceptor, LambdaInterceptor } from 'aws-cdk-lib/aws-bedrockagentcore';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct, type IDependable } from 'constructs';
import type { FunctionManifest, TableManifest } from '../../contract/manifest';
import type { TrustedField as ResolvedField } from '../../contract/trusted-context';
import type { Diagnostic } from '../../diagnostics/diagnostic';
import { acknowledgeInvoke } from '../findings/acknowledge';
import type { GovernedGatewayProps } from '../governed-gateway-props';
import type { ResolvedProps } from '../resolve-props';
import type { Interceptor } from './interceptor';
import { type InterceptedGateway, InterceptorFunction } from './interceptor-function';
import type { InterceptionPoint, InterceptorStep, StepSurroundings } from './interceptor-step';
import { mergeTables } from './table-manifest';
import { TrustedContextStep } from './trusted-context-step';

export interface GatewayInterceptorsProps {
  readonly props: GovernedGatewayProps;
  readonly resolved: ResolvedProps;
  /** The gateway as interceptors see it. Called at synthesis. */
  readonly gateway: () => InterceptedGateway;
}

/** The two interceptors of a gateway. There is none where nobody asked for a step, a chain or a trusted field. */
export class GatewayInterceptors extends Construct {
  private readonly steps: readonly InterceptorStep[];
  private readonly trustedContext: TrustedContextStep;
  private readonly request: InterceptorFunction | undefined;
  private readonly response: InterceptorFunction | undefined;

  constructor(
    scope: Construct,
    id: string,
    private readonly options: GatewayInterceptorsProps,
  ) {
    super(scope, id);
    const { props, resolved } = options;
    const fields = props.trustedContext ?? {};
    this.trustedContext = new TrustedContextStep(fields, resolved.onSpoof);
    // Trusted context comes first: whatever follows sees what the gateway says, not what the agent says.
    this.steps = [...(Object.keys(fields).length > 0 ? [this.trustedContext] : []), ...(props.steps ?? [])];
    this.request = this.create('REQUEST', props.requestInterceptor);
    this.response = this.create('RESPONSE', props.responseInterceptor);
  }

  /** The interceptors for the gateway. Headers are passed, because the bearer token is among them. */
  lambdaInterceptors(): IInterceptor[] {
    const passRequestHeaders = true;
    return [
      ...(this.request ? [LambdaInterceptor.forRequest(this.request.function, { passRequestHeaders })] : []),
      ...(this.response ? [LambdaInterceptor.forResponse(this.response.function, { passRequestHeaders })] : []),
    ];
  }

  /**
   * Lets a role invoke the interceptors by a policy on which the gateway can depend; what aws-cdk-lib grants it cannot, see GatewayRole.
   * So the right comes before the gateway that needs it, has the longest time to propagate, and goes after it.
   */
  allowInvoke(role: iam.IRole): IDependable[] {
    const functions = this.functions();
    if (functions.length === 0) return [];
    const resources = functions.flatMap((fn) => fn.resourceArnsForGrantInvoke);
    const policy = new iam.Policy(this, 'Invoke', {
      roles: [role],
      statements: [new iam.PolicyStatement({ actions: ['lambda:InvokeFunction'], resources })],
    });
    acknowledgeInvoke(policy, ...functions);
    return [policy];
  }

  functions(): IFunction[] {
    return [this.request, this.response].flatMap((interceptor) => interceptor?.function ?? []);
  }

  /** The trusted fields that some of the given tools carry. */
  trustedFields(tools: readonly string[]): readonly ResolvedField[] {
    return this.trustedContext.resolve(tools);
  }

  findings(surroundings: StepSurroundings): Diagnostic[] {
    return this.steps.flatMap((step) => step._findings(surroundings));
  }

  manifest(): { readonly request?: FunctionManifest; readonly response?: FunctionManifest } {
    return {
      ...(this.request && { request: this.request.functionManifest() }),
      ...(this.response && { response: this.response.functionManifest() }),
    };
  }

  /** Tables that the steps read. */
  tables(): TableManifest[] {
    return mergeTables([...(this.request?.tables() ?? []), ...(this.response?.tables() ?? [])]);
  }

  private create(point: InterceptionPoint, chain: Interceptor | undefined): InterceptorFunction | undefined {
    const { resolved, gateway } = this.options;
    if (this.steps.length === 0 && chain === undefined) return undefined;
    const { logRetention, removalPolicy, encryptionKey } = resolved;
    const id = point === 'REQUEST' ? 'Request' : 'Response';
    const logOptions = { logRetention, removalPolicy, encryptionKey };
    return new InterceptorFunction(this, id, { point, chain, steps: this.steps, gateway, ...logOptions });
  }
}
