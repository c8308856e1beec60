import { type DeclaredPack, PACK_ID_PATTERN, packFile } from '../../contract/pack';
import { type Diagnostic, diagnostic, hasErrors } from '../../diagnostics/diagnostic';
import { GovernanceError } from '../../diagnostics/governance-error';
import type { SourceContent } from '../source/source';
import type { SourceGateway } from '../source/source-gateway';
import type { PackDefinition } from './pack';
import { PackGateway } from './pack-gateway';
import { renderInvariants, renderPolicies } from './render-policies';
import { renderTests } from './render-tests';

/** A pack as policies, invariants and tests of one gateway. What is wrong with it are findings; then it renders nothing. */
export function renderPack(definition: PackDefinition, facts: SourceGateway): SourceContent {
  const { kind, id, watched, render } = definition;
  if (!PACK_ID_PATTERN.test(id)) return failed([diagnostic('PACK_ID_INVALID', { id })]);
  const gateway = new PackGateway(id, facts);
  try {
    const content = render(gateway);
    if (hasErrors(gateway.problems)) return failed(gateway.problems);
    const { description, ends } = content;
    const invariants = renderInvariants(gateway, content);
    const pack: DeclaredPack = {
      id,
      kind,
      description,
      policies: renderPolicies(gateway, content),
      ...(invariants !== undefined && { invariants }),
      tests: renderTests(gateway, content),
      ...(watched === true && { watched }),
      ...(ends && { ends }),
    };
    return { texts: textsOf(pack), tests: [], watched: [], diagnostics: gateway.problems, packs: [pack] };
  } catch (error) {
    if (!GovernanceError.is(error)) throw error;
    return failed([...gateway.problems, ...error.diagnostics.map((finding) => about(id, finding))]);
  }
}

function textsOf({ id, policies, invariants }: DeclaredPack): SourceContent['texts'] {
  const file = packFile(id);
  return [
    { file, text: policies, defaultId: id, kind: 'policies', inCode: true },
    ...(invariants === undefined
      ? []
      : [
          {
            file: `${file}, invariants`,
            text: invariants,
            defaultId: `${id}.invariant`,
            kind: 'invariants' as const,
            inCode: true,
          },
        ]),
  ];
}

function about(pack: string, { message, help }: Diagnostic): Diagnostic {
  return diagnostic('PACK_STATEMENT_INVALID', { pack, problem: message, help });
}

function failed(diagnostics: readonly Diagnostic[]): SourceContent {
  return { texts: [], tests: [], watched: [], diagnostics };
}
