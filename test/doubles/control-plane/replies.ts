import type { EngineView } from './engine-store';
import type { ApiError } from './options';
import type { PolicyView } from './policy-store';
import type { WireReply } from './routes';

export function errorReply(error: ApiError): WireReply {
  const body = JSON.stringify({ message: error.message, ...(error.reason !== undefined && { reason: error.reason }) });
  const headers = { 'content-type': 'application/json', 'x-amzn-errortype': error.type };
  return { status: error.status, headers, body };
}

function times(view: { readonly createdAt: number; readonly updatedAt: number }): object {
  return { createdAt: new Date(view.createdAt).toISOString(), updatedAt: new Date(view.updatedAt).toISOString() };
}

export function engineReply(engine: EngineView): object {
  const { tags: _, ...view } = engine;
  return { ...view, ...times(view) };
}

/** Without what the key of the engine protects. */
export function engineSummary(engine: EngineView): object {
  const { policyEngineId, policyEngineArn, name, status } = engine;
  return { policyEngineId, policyEngineArn, name, status, ...times(engine) };
}

export function policyReply({ statement, ...view }: PolicyView): object {
  return { ...view, ...times(view), policyArn: policyArn(view), definition: { cedar: { statement } } };
}

export function summaryReply(view: PolicyView): object {
  const { policyId, name, policyEngineId, status, enforcementMode } = view;
  return { policyId, name, policyEngineId, status, enforcementMode, ...times(view), policyArn: policyArn(view) };
}

function policyArn({
  policyEngineId,
  policyId,
}: {
  readonly policyEngineId: string;
  readonly policyId: string;
}): string {
  return `arn:aws:bedrock-agentcore:us-east-1:123456789012:policy-engine/${policyEngineId}/policy/${policyId}`;
}
