import type * as kms from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { InterceptorProof, type InterceptorProofOptions } from '../interceptor-proof/interceptor-proof';
import type { GatewayFacts } from '../parts/gateway-view';
import type { InterceptorOptions } from './interceptor-options';
import { reliedOn, reliesOnInterceptors } from './relied-on';

export interface ProveInterceptorsProps {
  readonly interceptors: InterceptorOptions;
  readonly authorization: GatewayFacts['authorization'];
  readonly options: InterceptorProofOptions;
  readonly encryptionKey: kms.IKey | undefined;
}

/** The secret by which guards know that the interceptors ran; undefined where no call relies on them, or no policy is asked. */
export function proveInterceptors(
  scope: Construct,
  id: string,
  props: ProveInterceptorsProps,
): InterceptorProof | undefined {
  const { interceptors, authorization, options, encryptionKey } = props;
  if (!reliesOnInterceptors(interceptors) || authorization === 'none') return undefined;
  return new InterceptorProof(scope, id, { ...options, encryptionKey, reliedOn: () => reliedOn(scope, interceptors) });
}
