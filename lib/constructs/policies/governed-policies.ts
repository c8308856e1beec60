import { Aspects, Aws, Lazy } from 'aws-cdk-lib';
import type * as agentcore from 'aws-cdk-lib/aws-bedrockagentcore';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct, type IDependable } from 'constructs';
import type { PolicyEngineEnvironment, PolicySetRotationEnvironment } from '../../contract/policy-engine-environment';
import { needsAdminPolicy } from '../../contract/policy-engine-permissions';
import { documentHash, type PolicySetDocument } from '../../contract/policy-set-document';
import { type Diagnostic, diagnostic, hasErrors } from '../../diagnostics/diagnostic';
import type { PolicySource } from '../../policy/source/source';
import type { Invariant } from '../../policy/statements/invariant';
import { acknowledgeWildcard } from '../findings/acknowledge';
import { grantsOnKey, useOfKey } from '../functions/key-access';
import { LateAsset } from '../functions/late-asset';
import type { LogOptions } from '../functions/sealed-function';
import type { BroughtPolicies } from '../governance/added-baselines';
import type { MadeResource } from '../governance/made-resource';
import type { InterceptorProof } from '../interceptor-proof/interceptor-proof';
import { ProofRotation } from '../interceptor-proof/proof-rotation';
import { gatewayArnPattern, policyEngineArnPatterns } from '../names/arns';
import type { WatchedGateway } from '../operations/guard/watched-gateway';
import type { GatewayPart, ManifestPart } from '../parts/gateway-part';
import type { CompiledPolicies, GatewayFacts, GatewayView } from '../parts/gateway-view';
import { EnforcementMode } from './enforcement-mode';
import { compilePolicies } from './policy-compilation';
import { type EngineOptions, PolicyEngine } from './policy-engine';
import { PolicyEngineProvider } from './policy-engine-provider';
import { adminPolicyStatements, type PolicyEngineRightsProps, policyEngineStatements } from './policy-engine-rights';
import { PolicyIds } from './policy-ids';
import { PolicySetResource } from './policy-set-resource';
import { providerEnvironment } from './provider-environment';

export interface PolicyOptions {
  readonly sources: readonly PolicySource[];
  readonly invariants: readonly Invariant[];
  /** Classes of the team's own; undefined for whatever the tools have. */
  readonly toolClasses: readonly string[] | undefined;
  /** The engine of the gateway's own, which is made unless there is an existing one. */
  readonly engine: EngineOptions;
  readonly existingEngine: agentcore.IPolicyEngine | undefined;
  readonly prune: boolean;
}

export interface GovernedPoliciesProps extends PolicyOptions {
  readonly mode: EnforcementMode;
  readonly gatewayName: string;
  readonly logs: LogOptions;
  /** What must be in force before the engine is created. */
  readonly after: readonly IDependable[];
  /** The secret with which interceptors prove themselves to guards, if there are any. */
  readonly proof: InterceptorProof | undefined;
  /** What the baselines above bring. Called whenever policies are compiled. */
  readonly baselines: () => readonly BroughtPolicies[];
  /** The gateway as it stands. Called at synthesis. */
  readonly view: () => GatewayView;
}

/** The policies of a gateway: engine before the gateway, policy set after its targets, and the provider that makes both. */
export class GovernedPolicies extends Construct implements GatewayPart {
  readonly policyEngineId: string;
  readonly policyEngineArn: string;

  private readonly declared: PolicySource[];
  private readonly provider: PolicyEngineProvider;
  private readonly document: LateAsset;
  /** Hash of the document's bytes: a token. */
  private readonly documentHash: string;
  private engine: PolicyEngine | undefined;
  private readonly statements: iam.PolicyStatement[];
  private set: PolicySetResource | undefined;
  private readonly ids: PolicyIds;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: GovernedPoliciesProps,
  ) {
    super(scope, id);
    const { engine, existingEngine } = props;
    this.declared = [...props.sources];
    this.ids = new PolicyIds(
      () => props.view().compiled.deployed,
      (attribute) => this.set?.resource.getAtt(attribute),
    );
    const document = (): string => renderDocument(props.view());
    this.document = LateAsset.file(this, document, `policies-${engine.engineFamily}-`);
    this.documentHash = Lazy.uncachedString({ produce: () => documentHash(document()) });
    const rights: PolicyEngineRightsProps = {
      engineArns: existingEngine
        ? [existingEngine.policyEngineArn]
        : policyEngineArnPatterns(this, engine.engineFamily),
      ownsEngine: existingEngine === undefined,
      gatewayArn: gatewayArnPattern(this, props.gatewayName),
    };
    this.statements = [
      ...policyEngineStatements(this, rights),
      this.readDocuments(),
      ...this.useKey(),
      ...(props.proof?.rotationRights() ?? []),
    ];
    this.provider = new PolicyEngineProvider(this, 'Provider', {
      ...props.logs,
      statements: this.statements,
      environment: { ...this.served(), ...props.proof?.environment },
    });
    Aspects.of(this.provider).add({
      visit: (node) => {
        if (node !== this.provider || !needsAdminPolicy(props.view().compiled.policies)) return;
        this.provider.rights.addStatements(...adminPolicyStatements(this, rights));
      },
    });
    acknowledgeWildcard(this, this.documents(), 'a rollback reads the document that was deployed before');
    const { policyEngineId, policyEngineArn } = existingEngine ?? this.createEngine();
    this.policyEngineId = policyEngineId;
    this.policyEngineArn = policyEngineArn;
  }

  /** The handlers of the custom resources. */
  get handlers(): lambda.IFunction[] {
    return this.provider.handlers;
  }

  /** Adds sources. What was compiled before is no longer true. */
  add(sources: readonly PolicySource[]): void {
    this.declared.push(...sources);
  }

  /** The policies of all sources, checked against a gateway. */
  compile(facts: GatewayFacts): CompiledPolicies {
    const { invariants, toolClasses, engine } = this.props;
    const baselines = this.props.baselines();
    return compilePolicies({ sources: this.declared, invariants, toolClasses, baselines }, engine.engineName, facts);
  }

  /** Creates the set on a gateway that the engine is attached to. */
  attach(gateway: agentcore.IGateway): void {
    this.set = new PolicySetResource(this, 'Set', {
      serviceToken: this.provider.serviceToken,
      policyEngineId: this.policyEngineId,
      gatewayId: gateway.gatewayId,
      gatewayArn: gateway.gatewayArn,
      gatewayMode: this.props.mode,
      document: this.document,
      documentHash: this.documentHash,
      prune: this.props.prune,
      rotateProof: this.props.proof?.rotate,
      policyIdsOf: this.ids.names,
    });
    this.set.after(gateway, gateway.role, this.provider.rights);
    this.rotateBySchedule(gateway, this.set);
  }

  /** Statements validate against the tools of the gateway: the set waits for whatever brings tools. */
  waitFor(dependable: IDependable): void {
    this.set?.after(dependable);
  }

  /** Id of a policy on the service, which exists when the set is deployed: a token. */
  policyId(policy: string): string {
    return this.ids.of(policy);
  }

  /** Engine, policy set and what keeps them, as they must stand in the template. */
  made(): MadeResource[] {
    return [this.engine, this.set].flatMap((one) => one?.made ?? []).concat(this.provider.made);
  }

  /** Where a guard finds which policies are declared. */
  declaration(): Pick<WatchedGateway, 'engineKey' | 'setLogicalId' | 'documentBucket' | 'documents'> {
    const { engine, existingEngine } = this.props;
    const { SET_LOGICAL_ID: setLogicalId, DOCUMENT_BUCKET: documentBucket } = this.served();
    const engineKey = existingEngine === undefined ? engine.encryptionKey : existingEngine.kmsKey;
    return { engineKey, setLogicalId, documentBucket, documents: this.documents() };
  }

  outputs(): { readonly [name: string]: string } {
    return { PolicyEngineId: this.policyEngineId };
  }

  manifest({ compiled }: GatewayView): ManifestPart {
    return {
      policies: compiled.policies,
      invariants: compiled.invariants,
      ...(compiled.toolClasses && { toolClasses: compiled.toolClasses }),
      ...(compiled.types && { types: compiled.types }),
      policySources: compiled.watched,
      tests: compiled.tests,
      ...(compiled.packs.length > 0 && { packs: compiled.packs }),
    };
  }

  sources({ compiled }: GatewayView): readonly string[] {
    return compiled.files;
  }

  findings({ mode, compiled }: GatewayView): readonly Diagnostic[] {
    const { declared } = compiled;
    const diagnostics = [...compiled.diagnostics, ...this.ids.findings(compiled)];
    if (mode !== EnforcementMode.ENFORCE || declared || hasErrors(diagnostics)) return diagnostics;
    const path = this.node.scope?.node.path ?? '';
    return [...diagnostics, diagnostic('GATEWAY_ENFORCE_WITHOUT_POLICIES', { path })];
  }

  private served(): PolicyEngineEnvironment {
    const { engine, existingEngine, gatewayName } = this.props;
    return providerEnvironment(this, {
      existingEngine,
      engineFamily: engine.engineFamily,
      gatewayName,
      document: this.document,
      engineResource: () => this.engine?.resource,
      setResource: () => this.set?.resource,
    });
  }

  private rotateBySchedule(gateway: agentcore.IGateway, set: PolicySetResource): void {
    const { proof, logs } = this.props;
    if (proof?.rotateEvery === undefined) return;
    const environment: PolicySetRotationEnvironment = {
      ...this.served(),
      ENGINE_IDS: this.policyEngineId,
      GATEWAY_ARN: gateway.gatewayArn,
      POLICY_ENGINE_ID: this.policyEngineId,
      DOCUMENT_KEY: this.document.objectKey,
      DOCUMENT_HASH: this.documentHash,
    };
    const { statements } = this;
    const interval = proof.rotateEvery;
    new ProofRotation(this, 'ProofRotation', { proof, interval, logs, environment, statements, after: [set] });
  }

  private createEngine(): PolicyEngine {
    const { engine, gatewayName, after } = this.props;
    const { serviceToken, rights } = this.provider;
    this.engine = new PolicyEngine(this, 'Engine', { ...engine, gatewayName, serviceToken, after: [rights, ...after] });
    return this.engine;
  }

  /** Both handlers read policies, and what they create is encrypted on their behalf. */
  private useKey(): iam.PolicyStatement[] {
    const { engine, existingEngine } = this.props;
    if (existingEngine !== undefined) return existingEngine.kmsKey ? [useOfKey(existingEngine.kmsKey)] : [];
    const { encryptionKey } = engine;
    return encryptionKey ? [useOfKey(encryptionKey), grantsOnKey(encryptionKey)] : [];
  }

  /** Any version of this gateway's document: a rollback reads the one that was deployed before, whose key is not known now. */
  private readDocuments(): iam.PolicyStatement {
    return new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: [this.documents()] });
  }

  private documents(): string {
    return `arn:${Aws.PARTITION}:s3:::${this.document.bucketName}/${this.document.objectKeyPrefix}*.json`;
  }
}

function renderDocument({ compiled, trustedFields }: GatewayView): string {
  const proof = trustedFields.map(({ source }) => source).find((source) => source.kind === 'proof');
  const document: PolicySetDocument = {
    version: 1,
    policies: compiled.deployed,
    ...(proof && { proof: { fingerprint: proof.fingerprint } }),
  };
  return JSON.stringify(document);
}
