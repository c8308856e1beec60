import { Stack } from 'aws-cdk-lib';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import type { JsonValue } from '../../contract/json';
import type { FunctionManifest } from '../../contract/manifest';

/**
 * A function as the emulator runs it. Undefined when its code is no asset of this app.
 * Reads the template's view of the function, so that what was added after construction is there too.
 *
 * @param entry source file as the user wrote it
 */
export function functionManifest(fn: lambda.IFunction, entry?: string): FunctionManifest | undefined {
  const code = fn.node.tryFindChild('Code');
  const resource = fn.node.defaultChild as lambda.CfnFunction | undefined;
  if (!(code instanceof Asset) || resource === undefined) return undefined;
  const { handler, runtime, timeout, memorySize, environment, role } = Stack.of(fn).resolve({
    handler: resource.handler,
    runtime: resource.runtime,
    timeout: resource.timeout,
    memorySize: resource.memorySize,
    environment: resource.environment,
    role: resource.role,
  }) as ResolvedFunction;
  return {
    asset: code.assetPath,
    handler: handler ?? 'index.handler',
    ...(runtime !== undefined && !runtime.startsWith('nodejs') && { runtime }),
    environment: environment?.variables ?? {},
    // The defaults of Lambda: 3 seconds and 128 MB.
    timeoutSeconds: timeout ?? 3,
    memoryMb: memorySize ?? 128,
    ...(role !== undefined && { role }),
    ...(entry !== undefined && { entry }),
  };
}

interface ResolvedFunction {
  readonly handler?: string;
  readonly runtime?: string;
  readonly timeout?: number;
  readonly memorySize?: number;
  readonly role?: JsonValue;
  readonly environment?: { readonly variables?: { readonly [name: string]: JsonValue } };
}
