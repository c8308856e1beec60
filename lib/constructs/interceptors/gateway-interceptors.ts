import { type IInterceptor, LambdaInterceptor } from 'aws-cdk-lib/aws-bedrockagentcore';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct, type IDependable } from 'constructs';
import type { TrustedField as ResolvedField } from '../../contract/trusted-context';
import type { Diagnostic } from '../../diagnostics/diagnostic';
import { acknowledgeInvoke } from '../findings/acknowledge';
import type { LogOptions } from '../functions/sealed-function';
import type { GatewayPart, ManifestPart } from '../parts/gateway-part';
import { type GatewayView, inputSchemasOf, toolNames } from '../parts/gateway-view';
import type { HttpMessages } from './http-messages';
import type { Interceptor } from './interceptor';
import { InterceptorFunction } from './interceptor-function';
import type { InterceptionPoint, InterceptorStep } from './interceptor-step';
import type { SpoofResponse } from './spoof-response';
import { mergeTables } from './table-manifest';
import { TrustedContextStep } from './trusted-context-step';
import type { TrustedField } from './trusted-field';

export interface InterceptorOptions {
  readonly trustedContext: { readonly [field: string]: TrustedField };
  readonly onSpoof: SpoofResponse;
  /** Further steps, in the order of the request. */
  readonly steps: readonly InterceptorStep[];
  /** Chains of the team's own, in place of the bundled ones. */
  readonly chains: { readonly [point in InterceptionPoint]: Interceptor | undefined };
  readonly httpMessages: HttpMessages;
}

export interface GatewayInterceptorsProps extends InterceptorOptions {
  readonly logs: LogOptions;
  /** The gateway as it stands. Called at synthesis. */
  readonly view: () => GatewayView;
}

/** The two interceptors of a gateway. There is none where nobody asked for a step, a chain or a trusted field. */
export class GatewayInterceptors extends Construct implements GatewayPart {
  private readonly steps: readonly InterceptorStep[];
  private readonly trustedContext: TrustedContextStep;
  private readonly request: InterceptorFunction | undefined;
  private readonly response: InterceptorFunction | undefined;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: GatewayInterceptorsProps,
  ) {
    super(scope, id);
    const { trustedContext: fields, onSpoof, steps, chains } = props;
    this.trustedContext = new TrustedContextStep(fields, onSpoof);
    // Trusted context comes first: whatever follows sees what the gateway says, not what the agent says.
    this.steps = [...(Object.keys(fields).length > 0 ? [this.trustedContext] : []), ...steps];
    this.request = this.create('REQUEST', chains.REQUEST);
    this.response = this.create('RESPONSE', chains.RESPONSE);
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
    acknowledgeInvoke(role, ...functions);
    return [policy];
  }

  /** The trusted fields that some of the given tools carry. */
  trustedFields(fullNames: readonly string[]): readonly ResolvedField[] {
    return this.trustedContext.resolve(fullNames);
  }

  findings(view: GatewayView): Diagnostic[] {
    const surroundings = {
      authorization: view.authorization,
      targets: view.targets.map((target) => target.name),
      requestHeaders: view.requestHeaders,
      tools: toolNames(view.targets),
      inputSchemas: inputSchemasOf(view.targets),
      claims: view.claims?.map((claim) => claim.name),
    };
    return this.steps.flatMap((step) => step._findings(surroundings));
  }

  manifest({ trustedFields }: GatewayView): ManifestPart {
    const tables = mergeTables([...(this.request?.tables() ?? []), ...(this.response?.tables() ?? [])]);
    const interceptors = {
      ...(this.request && { request: this.request.functionManifest() }),
      ...(this.response && { response: this.response.functionManifest() }),
    };
    return { trustedContext: trustedFields, interceptors, local: { tables } };
  }

  private functions(): IFunction[] {
    return [this.request, this.response].flatMap((interceptor) => interceptor?.function ?? []);
  }

  private create(point: InterceptionPoint, chain: Interceptor | undefined): InterceptorFunction | undefined {
    if (this.steps.length === 0 && chain === undefined) return undefined;
    const { logs, view, httpMessages } = this.props;
    const id = point === 'REQUEST' ? 'Request' : 'Response';
    return new InterceptorFunction(this, id, { point, chain, steps: this.steps, httpMessages, view, ...logs });
  }
}
