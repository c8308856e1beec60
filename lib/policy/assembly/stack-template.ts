import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Template } from '../../contract/drift/stack';
import type { ManifestFile } from './manifest-files';

const SUFFIX = '.template.json';

/**
 * The template beside a manifest that makes its gateway: of the manifest's own name if there is one, and of a nested stack otherwise.
 * Undefined when none does.
 */
export function templateOf({ file, directory, manifest }: ManifestFile): Template | undefined {
  const stem = (name: string): string => name.slice(0, -SUFFIX.length).replace(/\.nested$/, '');
  const isOwn = (name: string): boolean => basename(file).startsWith(`${stem(name)}.`);
  return readdirSync(directory)
    .filter((name) => name.endsWith(SUFFIX))
    .toSorted((one, other) => Number(isOwn(other)) - Number(isOwn(one)))
    .map((name) => JSON.parse(readFileSync(join(directory, name), 'utf8')) as Partial<Template>)
    .find((template): template is Template => {
      const resource = template.Resources?.[manifest.gateway.logicalId];
      return resource?.Type === 'AWS::BedrockAgentCore::Gateway';
    });
}
