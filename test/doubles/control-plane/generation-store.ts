import { type ControlPlaneOptions, notFound, SLOW } from './options';
import type { Ending } from './policy-store';
import { Timeline } from './timeline';

/** What the service makes of a part of a request in natural language. */
export interface GeneratedAsset {
  readonly rawTextFragment: string;
  /** Undefined where the part cannot be said in Cedar. */
  readonly statement?: string;
  readonly findings: readonly { readonly type: string; readonly description?: string }[];
}

interface GenerationView {
  readonly policyGenerationId: string;
  readonly name: string;
  readonly policyEngineId: string;
  readonly gatewayArn: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly status: 'GENERATING' | 'GENERATED' | 'GENERATE_FAILED';
  readonly statusReasons: readonly string[];
  readonly assets: readonly GeneratedAsset[];
}

/** The generations of all engines. */
export class GenerationStore {
  /** What becomes of a request. */
  translate: (rawText: string, gatewayArn: string) => readonly GeneratedAsset[] = () => [];
  private readonly generations = new Map<string, Timeline<GenerationView>>();

  constructor(
    private readonly options: ControlPlaneOptions,
    private readonly now: () => number,
  ) {}

  start(engineId: string, name: string, rawText: string, gatewayArn: string, ending: Ending): object {
    const policyGenerationId = `${name}-${(this.generations.size + 1).toString(36).padStart(10, '0')}`;
    const now = this.now();
    const view: GenerationView = {
      policyGenerationId,
      name,
      policyEngineId: engineId,
      gatewayArn,
      createdAt: now,
      updatedAt: now,
      status: 'GENERATING',
      statusReasons: [],
      assets: [],
    };
    const timeline = new Timeline<GenerationView>();
    timeline.set(now, view);
    const end = now + (ending.slow ? SLOW : this.options.generation);
    const done: GenerationView =
      ending.failsWith === undefined
        ? { ...view, status: 'GENERATED', updatedAt: end, assets: this.translate(rawText, gatewayArn) }
        : { ...view, status: 'GENERATE_FAILED', updatedAt: end, statusReasons: ending.failsWith };
    if (!ending.stuck) timeline.set(end, done);
    this.generations.set(policyGenerationId, timeline);
    return generationReply(view);
  }

  get(engineId: string, generationId: string): object {
    return generationReply(this.seen(engineId, generationId));
  }

  /** The assets with their ids, as a listing shows them. */
  assets(engineId: string, generationId: string): readonly { readonly id: string; readonly asset: GeneratedAsset }[] {
    return this.seen(engineId, generationId).assets.map((asset, index) => ({
      id: `asset-${(index + 1).toString(36).padStart(10, '0')}`,
      asset,
    }));
  }

  private seen(engineId: string, generationId: string): GenerationView {
    const view = this.generations.get(generationId)?.asOf(this.now() - this.options.lag);
    if (view?.policyEngineId !== engineId) throw notFound(generationId);
    return view;
  }
}

export function assetReply({ id, asset }: { readonly id: string; readonly asset: GeneratedAsset }): object {
  const { statement, rawTextFragment, findings } = asset;
  return {
    policyGenerationAssetId: id,
    rawTextFragment,
    findings,
    // Source: seen on a live engine, the result is under `policy`.
    ...(statement !== undefined && { definition: { policy: { statement } } }),
  };
}

function generationReply(generation: GenerationView): object {
  const { policyGenerationId, policyEngineId, name, status, statusReasons, gatewayArn } = generation;
  const engine = `arn:aws:bedrock-agentcore:us-east-1:123456789012:policy-engine/${policyEngineId}`;
  return {
    policyGenerationId,
    policyEngineId,
    name,
    status,
    statusReasons,
    policyGenerationArn: `${engine}/policy-generation/${policyGenerationId}`,
    resource: { arn: gatewayArn },
    createdAt: new Date(generation.createdAt).toISOString(),
    updatedAt: new Date(generation.updatedAt).toISOString(),
  };
}
