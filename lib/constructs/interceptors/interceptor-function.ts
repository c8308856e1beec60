import { join } from 'node:path';
import { Duration, Stack } from 'aws-cdk-lib';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { JsonValue } from '../../contract/json';
import type { InterceptorManifest, TableManifest } from '../../contract/manifest';
import { INTERCEPTOR_CONFIG_FILE, type InterceptorConfig } from '../../contract/steps/interceptor-config';
import { EVERY_TOOL } from '../../contract/steps/selectors';
import type { StepConfig } from '../../contract/steps/step-configs';
import type { Diagnostic } from '../../diagnostics/diagnostic';
import { LateAsset, type LateFile, type LateFiles } from '../functions/late-asset';
import { type LogOptions, SealedFunction } from '../functions/sealed-function';
import { type GatewayView, inputSchemasOf } from '../parts/gateway-view';
import { bundledChain } from './bundled-chain';
import { checkChain, declaredSteps, takesConfiguredSteps } from './check-chain';
import { HttpMessages } from './http-messages';
import type { Interceptor } from './interceptor';
import type { InterceptionPoint, InterceptorStep, StepBinding, StepCheckContext } from './interceptor-step';
import type { PseudonymKey } from './pseudonym-key';
import type { RecordedDecisions } from './recorded-decisions';
import { mergeTables } from './table-manifest';

export interface InterceptorFunctionProps extends LogOptions {
  readonly point: InterceptionPoint;
  /** A team's own chain; absent: the bundled one. */
  readonly chain?: Interceptor;
  /** Steps in the order of the request. */
  readonly steps: readonly InterceptorStep[];
  readonly httpMessages: HttpMessages;
  /** The gateway as it stands. Called at synthesis. */
  readonly view: () => Pick<GatewayView, 'authorization' | 'targets'>;
  /** What the gateway's policies read. Called at synthesis. */
  readonly recorded: () => RecordedDecisions;
  /** The key that both functions of the gateway share, made when a step asks for it. */
  readonly pseudonymKey: () => PseudonymKey;
}

/** Seconds. A step has 1 s by default; the rest is for a cold start and for lookups. */
const TIMEOUT_SECONDS = 10;

/** MiB. CPU grows with it: half a GB keeps cold starts and large tool lists short. */
const MEMORY_MB = 512;

/** One interceptor: a function whose configuration file is written at synthesis, with the rights that its steps need and no more. */
export class InterceptorFunction extends Construct {
  readonly function: lambda.Function;
  readonly logGroup: logs.LogGroup;

  private readonly asset: LateAsset;
  private readonly bindings: readonly StepBinding[];
  private readonly environment: { readonly [name: string]: string };

  constructor(
    scope: Construct,
    id: string,
    private readonly props: InterceptorFunctionProps,
  ) {
    super(scope, id);
    this.bindings = props.steps.flatMap((step, index) => step._bind(this, props.point, index) ?? []);
    const pseudonymKey = this.bindings.some((binding) => binding.makesPseudonyms) ? props.pseudonymKey() : undefined;
    const environments = [...this.bindings, pseudonymKey].map((one) => one?.environment);
    this.environment = Object.assign({}, ...environments) as {
      [name: string]: string;
    };
    this.asset = LateAsset.folder(this, () => this.files());
    const sealed = new SealedFunction(this, 'Function', {
      logRetention: props.logRetention,
      removalPolicy: props.removalPolicy,
      encryptionKey: props.encryptionKey,
      code: this.asset.asCode(),
      handler: 'index.handler',
      description: `${props.point} interceptor of an AgentCore gateway`,
      timeout: Duration.seconds(TIMEOUT_SECONDS),
      memorySize: MEMORY_MB,
      environment: this.environment,
    });
    this.function = sealed.function;
    this.logGroup = sealed.logGroup;
    for (const binding of this.bindings) binding.grant?.(this.function);
    pseudonymKey?.allowRead(this.function);
  }

  /** The function for the gateway manifest. Only valid during synthesis. */
  functionManifest(): InterceptorManifest {
    const { chain } = this.props;
    const steps = chain === undefined ? [] : declaredSteps(chain._bundle());
    return {
      asset: this.asset.directory(),
      handler: 'index.handler',
      environment: Stack.of(this).resolve(this.environment) as { [name: string]: JsonValue },
      timeoutSeconds: TIMEOUT_SECONDS,
      memoryMb: MEMORY_MB,
      ...(chain === undefined ? {} : { entry: chain.entry }),
      ...(steps.length === 0 ? {} : { steps }),
    };
  }

  /** Findings about a chain of the team's own. Only valid during synthesis. */
  findings(context: StepCheckContext): Diagnostic[] {
    const { chain, point } = this.props;
    const configured = (): string[] => this.config().steps.map(({ step }) => step);
    return chain === undefined ? [] : checkChain(chain._bundle(), point, configured, context);
  }

  /** Names of the configured steps that run for every tool; none in a chain of the team's own that leaves them out. Only valid during synthesis. */
  stepsForEveryTool(): { readonly configured: readonly string[]; readonly running: readonly string[] } {
    const { chain } = this.props;
    const { steps } = this.config();
    const takes = chain === undefined || takesConfiguredSteps(chain._bundle());
    const running = takes ? steps.filter(isForEveryTool) : [];
    return { configured: steps.map(({ step }) => step), running: running.map(({ step }) => step) };
  }

  /** Files of the app that a chain of the team's own is made of. */
  sources(): readonly string[] {
    return this.props.chain?._bundle().sources ?? [];
  }

  /** Tables that the steps read, for the gateway manifest. Only valid during synthesis. */
  tables(): TableManifest[] {
    return mergeTables(this.bindings.flatMap((binding) => binding.tables?.() ?? []));
  }

  private files(): LateFiles {
    const { chain, point } = this.props;
    const config = this.config();
    if (chain === undefined) return bundledChain(point, config);
    const files: { [name: string]: LateFile } = { [INTERCEPTOR_CONFIG_FILE]: JSON.stringify(config) };
    for (const name of ['index.js', 'index.js.map']) files[name] = { copyFrom: join(chain._bundle().directory, name) };
    return files;
  }

  /** A chain of the team's own may read schemas that no configured step needs. */
  private config(): InterceptorConfig {
    const { authorization, targets } = this.props.view();
    const { httpMessages } = this.props;
    const inputSchemas = inputSchemasOf(targets);
    const usesSchemas = this.props.chain !== undefined || this.bindings.some((binding) => binding.usesSchemas);
    const tools = Object.keys(inputSchemas);
    const redactedLogFields = [...new Set(this.bindings.flatMap((binding) => binding.redactedLogFields ?? []))];
    return {
      version: 1,
      authorization,
      steps: this.bindings.map((binding) => binding.config(tools, this.props.recorded)),
      inputSchemas: usesSchemas ? inputSchemas : {},
      ...(httpMessages === HttpMessages.REFUSE ? {} : { httpMessages }),
      ...(redactedLogFields.length === 0 ? {} : { redactedLogFields }),
    };
  }
}

/** Whether a step leaves out no tool. Steps with a rule for each kind of tool are for every tool that a rule names. */
function isForEveryTool(config: StepConfig): boolean {
  if (config.step === 'guardrail' || config.step === 'input-check') return config.tools.includes(EVERY_TOOL);
  return config.step !== 'argument-limits' || config.limits.some(({ tools }) => tools.includes(EVERY_TOOL));
}
