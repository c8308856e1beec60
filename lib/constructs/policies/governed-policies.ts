import { Aspects, Aws } from 'aws-cdk-lib';
import type * as agentcore from 'aws-cdk-lib/aws-bedrockagentcore';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct, type IDependable } from 'constructs';
import { needsAdminPolicy } from '../../contract/policy-engine-permissions';
import type { PolicySetDocument } from '../../contract/policy-set-document';
import { acknowledgeWildcard } from '../findings/acknowledge';
import { grantsOnKey, useOfKey } from '../functions/key-access';
import { LateAsset } from '../functions/late-asset';
import { gatewayArnPattern, policyEngineArnPatterns } from '../names/arns';
import type { ResolvedProps } from '../resolve-props';
import type { CompiledPolicies } from './policy-compilation';
import { PolicyEngine } from './policy-engine';
import { PolicyEngineProvider } from './policy-engine-provider';
import { adminPolicyStatements, type PolicyEngineRightsProps, policyEngineStatements } from './policy-engine-rights';
import { PolicySet } from './policy-set';

export interface GovernedPoliciesProps {
  readonly resolved: ResolvedProps;
  /** An engine that was passed in. */
  readonly existingEngine: agentcore.IPolicyEngine | undefined;
  /** What must be in force before the engine is created. */
  readonly after: readonly IDependable[];
  /** The policies, as they stand at synthesis. */
  readonly compiled: () => CompiledPolicies;
}

/** Engine before the gateway, policy set after its targets, and the provider that makes both. */
export class GovernedPolicies extends Construct {
  readonly policyEngineId: string;
  readonly policyEngineArn: string;

  private readonly provider: PolicyEngineProvider;
  private readonly document: LateAsset;
  private set: PolicySet | undefined;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: GovernedPoliciesProps,
  ) {
    super(scope, id);
    const { resolved, existingEngine } = props;
    this.document = LateAsset.file(this, () => renderDocument(props.compiled()));
    const rights: PolicyEngineRightsProps = {
      engineArns: existingEngine
        ? [existingEngine.policyEngineArn]
        : policyEngineArnPatterns(this, resolved.engineFamily),
      ownsEngine: existingEngine === undefined,
      gatewayArn: gatewayArnPattern(this, resolved.gatewayName),
    };
    this.provider = new PolicyEngineProvider(this, 'Provider', {
      logRetention: resolved.logRetention,
      removalPolicy: resolved.removalPolicy,
      encryptionKey: resolved.encryptionKey,
      statements: [...policyEngineStatements(this, rights), this.readDocuments(), ...this.useKey()],
    });
    Aspects.of(this.provider).add({
      visit: (node) => {
        if (node !== this.provider || !needsAdminPolicy(props.compiled().policies)) return;
        this.provider.rights.addStatements(...adminPolicyStatements(this, rights));
      },
    });
    acknowledgeWildcard(this, this.documents(), 'a rollback reads the document that was deployed before');
    const engine = existingEngine ?? this.createEngine();
    this.policyEngineId = engine.policyEngineId;
    this.policyEngineArn = engine.policyEngineArn;
  }

  /** Creates the set on a gateway that the engine is attached to. */
  attach(gateway: agentcore.IGateway): void {
    this.set = new PolicySet(this, 'Set', {
      serviceToken: this.provider.serviceToken,
      policyEngineId: this.policyEngineId,
      gatewayId: gateway.gatewayId,
      gatewayArn: gateway.gatewayArn,
      document: this.document,
      ownsEngine: this.props.existingEngine === undefined,
      prune: this.props.resolved.prune,
      ownerMarker: this.props.resolved.engineName,
    });
    this.set.after(gateway, gateway.role, this.provider.rights);
  }

  /** Statements validate against the tools of the gateway: the set waits for whatever brings tools. */
  waitFor(dependable: IDependable): void {
    this.set?.after(dependable);
  }

  private createEngine(): PolicyEngine {
    const { resolved, after } = this.props;
    return new PolicyEngine(this, 'Engine', {
      resolved,
      serviceToken: this.provider.serviceToken,
      after: [this.provider.rights, ...after],
    });
  }

  /** Both handlers read policies, and what they create is encrypted on their behalf. */
  private useKey(): iam.PolicyStatement[] {
    const { resolved, existingEngine } = this.props;
    if (existingEngine !== undefined) return existingEngine.kmsKey ? [useOfKey(existingEngine.kmsKey)] : [];
    const { encryptionKey } = resolved;
    return encryptionKey ? [useOfKey(encryptionKey), grantsOnKey(encryptionKey)] : [];
  }

  /** Any document in the asset bucket: a rollback reads the one that was deployed before, whose key is not known now. */
  private readDocuments(): iam.PolicyStatement {
    return new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: [this.documents()] });
  }

  private documents(): string {
    return `arn:${Aws.PARTITION}:s3:::${this.document.bucketName}/*.json`;
  }
}

function renderDocument(compiled: CompiledPolicies): string {
  const document: PolicySetDocument = { version: 1, policies: compiled.policies };
  return JSON.stringify(document);
}
