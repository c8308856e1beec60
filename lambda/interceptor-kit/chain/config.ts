import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  INTERCEPTOR_CONFIG_FILE,
  type InterceptorConfig,
  isInterceptorConfig,
} from '../../../lib/contract/steps/interceptor-config';

/**
 * Reads the configuration that the construct put beside the bundle. Undefined when it is missing or invalid, and then every message is
 * denied: a chain without its steps must not look like a chain that allows.
 */
export function readConfig(directory: string): InterceptorConfig | undefined {
  try {
    const config: unknown = JSON.parse(readFileSync(join(directory, INTERCEPTOR_CONFIG_FILE), 'utf8'));
    return isInterceptorConfig(config) ? config : undefined;
  } catch {
    return undefined;
  }
}
