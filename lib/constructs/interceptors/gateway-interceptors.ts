import { type IInterceptor, LambdaInterceptor } from 'aws-cdk-lib/aws-bedrockagentcore';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct, type IDependable } from 'constructs';
import type { DeclaredTrustedField } from '../../contract/trusted-context';
import { type Diagnostic, diagnostic } from '../../diagnostics/diagnostic';
import { acknowledgeInvoke } from '../findings/acknowledge';
import type { LogOptions } from '../functions/sealed-function';
import { type MadeResource, madeFunction } from '../governance/made-resource';
import type { InterceptorProof } from '../interceptor-proof/interceptor-proof';
import type { GatewayPart, ManifestPart } from '../parts/gateway-part';
import { type GatewayView, inputSchemasOf, toolNames } from '../parts/gateway-view';
import { checkToolSelectors } from './check-selectors';
import type { Interceptor } from './interceptor';
import { InterceptorFunction } from './interceptor-function';
import type { InterceptorOptions } from './interceptor-options';
import type { InterceptionPoint, InterceptorStep } from './interceptor-step';
import { PseudonymKey } from './pseudonym-key';
import { recordedDecisions } from './recorded-decisions';
import { carriesProof, type NamedTools, relyingTools, withoutExcluded } from './relied-on';
import { mergeTables } from './table-manifest';
import { TrustedContextStep } from './trusted-context-step';

export interface GatewayInterceptorsProps extends InterceptorOptions {
  /** Undefined where no call relies on the interceptors, or nobody could be asked for it. */
  readonly proof: InterceptorProof | undefined;
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
    const { proof } = props;
    const fieldsOfProof = () => props.view().trustedFields.filter(({ source }) => source.kind === 'proof');
    this.trustedContext = new TrustedContextStep(fields, onSpoof, proof && { secret: proof, fields: fieldsOfProof });
    // Trusted context comes first: whatever follows sees what the gateway says, not what the agent says.
    this.steps = [...(Object.keys(fields).length > 0 || proof ? [this.trustedContext] : []), ...steps];
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

  /** The trusted fields that tools of the given targets carry, the proof among them. */
  trustedFields(targets: readonly NamedTools[]): readonly DeclaredTrustedField[] {
    const called = targets.map(withoutExcluded);
    const fields = this.trustedContext.resolve(toolNames(called));
    const asked = called.filter(carriesProof).flatMap((target) => relyingTools(this.props, target));
    return this.props.proof === undefined || asked.length === 0 ? fields : [...fields, this.props.proof.field(asked)];
  }

  findings(view: GatewayView): Diagnostic[] {
    const context = {
      authorization: view.authorization,
      targets: view.targets.map((target) => target.name),
      requestHeaders: view.requestHeaders,
      tools: toolNames(view.targets),
      inputSchemas: inputSchemasOf(view.targets),
      claims: view.claims?.map((claim) => claim.name),
      callers: view,
    };
    return [
      ...this.steps.flatMap((step) => [
        ...step._findings(context),
        ...checkToolSelectors('required', step._reliedOnBy, context),
      ]),
      ...[this.request, this.response].flatMap((interceptor) => interceptor?.findings(context) ?? []),
      ...this.unproven(view),
    ];
  }

  manifest({ trustedFields }: GatewayView): ManifestPart {
    const tables = mergeTables([...(this.request?.tables() ?? []), ...(this.response?.tables() ?? [])]);
    const interceptors = {
      ...(this.request && { request: this.request.functionManifest() }),
      ...(this.response && { response: this.response.functionManifest() }),
    };
    return { trustedContext: trustedFields, interceptors, local: { tables } };
  }

  sources(): readonly string[] {
    return [this.request, this.response].flatMap((interceptor) => interceptor?.sources() ?? []);
  }

  /** Targets whose calls rely on the interceptors and cannot be asked for a proof. */
  private unproven({ targets, authorization }: GatewayView): Diagnostic[] {
    return targets.flatMap((target) => {
      const proves = carriesProof(target) && authorization !== 'none';
      if (proves || relyingTools(this.props, target).length === 0) return [];
      const kind = authorization === 'none' ? 'gateway without authorization' : `${target.kind} target`;
      return [diagnostic('INTERCEPTOR_UNPROVEN', { target: target.name, kind })];
    });
  }

  private pseudonymKey(): PseudonymKey {
    const id = 'PseudonymKey';
    const made = this.node.tryFindChild(id) as PseudonymKey | undefined;
    return made ?? new PseudonymKey(this, id, this.props.logs.encryptionKey);
  }

  /** Names of steps that run for every tool wherever they are configured. Only valid during synthesis. */
  stepsForEveryTool(): string[] {
    const points = [this.request, this.response].flatMap((interceptor) => interceptor?.stepsForEveryTool() ?? []);
    const leftOut = points.flatMap(({ configured, running }) => configured.filter((step) => !running.includes(step)));
    return points.flatMap(({ running }) => running).filter((step) => !leftOut.includes(step));
  }

  /** The interceptors as they must stand in the template: what they run is what was asked for. */
  made(): MadeResource[] {
    return this.functions().map((fn) => madeFunction(`interceptor ${fn.node.scope?.node.scope?.node.id}`, fn));
  }

  /** The interceptors that there are, REQUEST first. */
  functions(): IFunction[] {
    return [this.request, this.response].flatMap((interceptor) => interceptor?.function ?? []);
  }

  /** Where the RESPONSE interceptor writes what was denied. */
  get responseLogGroup(): ILogGroup | undefined {
    return this.response?.logGroup;
  }

  private create(point: InterceptionPoint, chain: Interceptor | undefined): InterceptorFunction | undefined {
    if (!this.steps.some((step) => step._worksAt(point)) && chain === undefined) return undefined;
    const { logs, view, httpMessages } = this.props;
    const id = point === 'REQUEST' ? 'Request' : 'Response';
    return new InterceptorFunction(this, id, {
      ...{ point, chain, steps: this.steps, httpMessages, view, ...logs },
      recorded: () => recordedDecisions(view()),
      pseudonymKey: () => this.pseudonymKey(),
    });
  }
}
