import { type CfnResource, Duration, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Provider } from 'aws-cdk-lib/custom-resources';
import { Construct } from 'constructs';
import type { PolicyEngineEnvironment } from '../../contract/policy-engine-environment';
import { acknowledge, acknowledgeInvoke } from '../findings/acknowledge';
import { lambdaBundle } from '../functions/lambda-bundle';
import { createFunctionRole, createLogGroup, type LogOptions, SealedFunction } from '../functions/sealed-function';
import { kept, type MadeResource, madeFunction } from '../governance/made-resource';

export interface PolicyEngineProviderProps extends LogOptions {
  /** What the handlers may do, beside writing their logs. */
  readonly statements: iam.PolicyStatement[];
  /** What the handlers are responsible for. */
  readonly environment: PolicyEngineEnvironment;
}

/** One tick of the handlers ends well before this. */
const HANDLER_TIMEOUT = Duration.minutes(5);
/** How often, in effect, the waiter asks. How long a change may take the handlers say themselves, since most of it passes inside ticks. */
const TOTAL_TIMEOUT = Duration.minutes(55);
const QUERY_INTERVAL = Duration.seconds(10);

/** The custom resource provider behind policy engine and policy set: one bundle, two handlers, and the framework around them. */
export class PolicyEngineProvider extends Construct {
  readonly serviceToken: string;
  /** Everything that has to outlive the custom resources. */
  readonly rights: iam.Policy;
  readonly handlers: lambda.IFunction[];
  /** What brings the declared policies into force, as it must stand in the template. */
  readonly made: readonly MadeResource[];

  constructor(scope: Construct, id: string, props: PolicyEngineProviderProps) {
    super(scope, id);
    const code = lambda.Code.fromAsset(lambdaBundle('policy-engine'));
    const environment = { ...props.environment };
    const shared = { ...props, environment, code, timeout: HANDLER_TIMEOUT, memorySize: 512, changesGateways: true };
    const onEvent = new SealedFunction(this, 'OnEvent', {
      ...shared,
      handler: 'index.onEvent',
      description: 'Starts changes of the policy engine and its policies',
    });
    const isComplete = new SealedFunction(this, 'IsComplete', {
      ...shared,
      handler: 'index.isComplete',
      description: 'Reconciles the policy engine and its policies until they are as declared',
    });
    this.handlers = [onEvent.function, isComplete.function];
    this.rights = new iam.Policy(this, 'Rights', {
      roles: [onEvent, isComplete].map((handler) => handler.function.role as iam.IRole),
      statements: props.statements,
    });

    const frameworkLogs = createLogGroup(this, 'FrameworkLogs', props);
    const provider = new Provider(this, 'Framework', {
      onEventHandler: onEvent.function,
      isCompleteHandler: isComplete.function,
      queryInterval: QUERY_INTERVAL,
      totalTimeout: TOTAL_TIMEOUT,
      logGroup: frameworkLogs,
      frameworkOnEventRole: createFunctionRole(this, 'FrameworkOnEventRole', frameworkLogs),
      frameworkCompleteAndTimeoutRole: createFunctionRole(this, 'FrameworkCompleteRole', frameworkLogs),
      providerFunctionEnvEncryption: props.encryptionKey,
    });
    provider.node.addDependency(this.rights);
    trustOnlyThisAccount(provider);
    this.serviceToken = provider.serviceToken;
    acknowledgeFramework(this, provider);
    this.made = [
      ...this.handlers.map((handler, index) =>
        madeFunction(`policy handler ${index === 0 ? 'OnEvent' : 'IsComplete'}`, handler, environment),
      ),
      ...madeFramework(provider, onEvent.function, isComplete.function),
    ];
  }
}

/** The framework's state machine role trusts Step Functions in any account's name; this one only in its own. */
function trustOnlyThisAccount(provider: Provider): void {
  const role = provider.node.findChild('waiter-state-machine').node.findChild('Role').node.defaultChild as iam.CfnRole;
  role.addPropertyOverride('AssumeRolePolicyDocument.Statement.0.Condition', {
    StringEquals: { 'aws:SourceAccount': Stack.of(provider).account },
  });
}

/** The framework of aws-cdk-lib calls the handlers, by its variables and its waiter. */
function madeFramework(provider: Provider, onEvent: lambda.IFunction, isComplete: lambda.IFunction): MadeResource[] {
  const called = {
    USER_ON_EVENT_FUNCTION_ARN: onEvent.functionArn,
    USER_IS_COMPLETE_FUNCTION_ARN: isComplete.functionArn,
  };
  const waiter = provider.node.findChild('waiter-state-machine').node.findChild('Resource') as CfnResource;
  return [
    ...['onEvent', 'isComplete', 'onTimeout'].map((name) =>
      madeFunction(
        `framework function ${name}`,
        provider.node.findChild(`framework-${name}`) as lambda.Function,
        called,
      ),
    ),
    { what: 'the waiter of policy handlers', resource: waiter, kept: kept(waiter, 'DefinitionString') },
  ];
}

/** Findings about what aws-cdk-lib's provider framework makes. */
function acknowledgeFramework(scope: Construct, provider: Provider): void {
  const framework = ['onEvent', 'isComplete', 'onTimeout'].map((name) => provider.node.findChild(`framework-${name}`));
  const invoked = [provider.onEventHandler, provider.isCompleteHandler, ...(framework as lambda.Function[])];
  acknowledgeInvoke(scope, ...invoked.filter((fn) => fn !== undefined));
  for (const rule of ['AwsSolutions-SF1', 'AwsSolutions-SF2']) {
    acknowledge(
      scope,
      rule,
      'the waiter of the provider framework only runs during a deployment; the handlers that it calls log',
    );
  }
}
