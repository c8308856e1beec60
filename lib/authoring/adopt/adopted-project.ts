import { CALLER_TYPES } from '../../contract/claims';
import { textMember } from '../../contract/drift/text-member';
import type { DesiredPolicy } from '../../contract/policy-set-document';
import { type Diagnostic, diagnostic, hasErrors } from '../../diagnostics/diagnostic';
import { PolicyLoading } from '../../policy/source/policy-loading';
import { validatePolicySet } from '../../policy/validation/validate';
import type { ProjectFiles } from '../project/template';
import { type ExpressedGateway, expressGateway } from './express-gateway';
import { expressPolicies, unvalidated } from './express-policies';
import { expressTarget } from './express-target';
import type { ExpressedTarget } from './expressed';
import { importFiles } from './import-files';
import { adoptionNotes } from './notes-file';
import { policyTests } from './policy-tests';
import type { AdoptableGateway } from './read-adoptable';
import { stackSource } from './stack-source';
import type { TargetSources } from './target-source';

/** What becomes of a gateway that is adopted. */
export interface AdoptedProject {
  /** The stack and all that it reads, by path. */
  readonly files: ProjectFiles;
  /** What the stack cannot say, or changes. */
  readonly notes: readonly Diagnostic[];
  /** Findings about the policies. */
  readonly findings: readonly Diagnostic[];
}

/** The files that declare a gateway as it is, and a list of everything that they do not say. */
export async function adoptedProject(adopted: AdoptableGateway, sources: TargetSources): Promise<AdoptedProject> {
  const gateway = expressGateway(adopted);
  const policies = expressPolicies(adopted);
  const targets: ExpressedTarget[] = [];
  const outside: Diagnostic[] = [];
  const words = new Set<string>();
  for (const answer of adopted.targets) {
    const one = await expressTarget(answer, wordOf(textMember(answer, 'name'), words), sources);
    if ('outside' in one) outside.push(one.outside);
    else targets.push(one);
  }
  const inside = new Set(targets.map(({ name }) => name));
  const imported = adopted.targets.filter((answer) => inside.has(textMember(answer, 'name')));
  const { template, mapping } = importFiles(adopted, gateway, imported);
  const checked = await checkedPolicies(policies.files, targets, gateway);
  const notes = [
    ...gateway.notes,
    ...outside,
    ...targets.flatMap((target) => target.notes),
    ...policies.notes,
    ...checked.notes,
  ];
  return {
    files: new Map([
      ['lib/gateway-stack.ts', stackSource(gateway, targets, policies.files.size > 0)],
      ...checked.files,
      ...targets.flatMap(({ files }) => [...files]),
      ['import/template.json', json(template)],
      ['import/resources.json', json(mapping)],
      ['ADOPTED.md', adoptionNotes(adopted, notes)],
    ]),
    notes,
    findings: checked.findings,
  };
}

/** Findings that the service has too, and that keep it from taking a policy. */
const REFUSED_BY_SERVICE: ReadonlySet<string> = new Set(['POLICY_ALLOWS_EVERYTHING', 'POLICY_DENIES_EVERYTHING']);

/** The files as they are to be written, tests among them, with what validation says of them. */
async function checkedPolicies(
  files: ProjectFiles,
  targets: readonly ExpressedTarget[],
  gateway: ExpressedGateway,
): Promise<Pick<AdoptedProject, 'files' | 'notes' | 'findings'>> {
  const first = validated(files, targets, gateway);
  const refused = new Set(
    first.findings.filter(({ code }) => REFUSED_BY_SERVICE.has(code)).flatMap(({ location }) => location?.file ?? []),
  );
  const annotated = unvalidated(files, refused);
  const { policies, findings } = refused.size === 0 ? first : validated(annotated, targets, gateway);
  const catalog = targets.map((target) => target.catalog);
  const tests = hasErrors(findings) ? new Map<string, string>() : await policyTests(policies, catalog, gateway);
  const notes = refused.size === 0 ? [] : [diagnostic('ADOPT_UNVALIDATED', { policies: [...refused] })];
  return { files: new Map([...annotated, ...tests]), notes, findings };
}

/** What validation says of the policies, as far as the tools are known. */
function validated(
  files: ProjectFiles,
  targets: readonly ExpressedTarget[],
  { authorization, mode }: ExpressedGateway,
): { readonly policies: readonly DesiredPolicy[]; readonly findings: readonly Diagnostic[] } {
  const loading = new PolicyLoading('adopt');
  for (const [file, text] of files) {
    loading.add({ file, text, defaultId: file.replace(/^policies\/|\.cedar$/g, ''), kind: 'policies' });
  }
  const checked = validatePolicySet({
    policies: loading.policies,
    texts: loading.texts,
    targets: targets.map(({ catalog }) => catalog),
    mode,
    principalType: CALLER_TYPES[authorization],
    trustedContext: [],
  });
  return { policies: loading.policies, findings: [...loading.diagnostics, ...checked] };
}

/** A word of letters and digits that begins the names of a target's constants, and is no other target's. */
function wordOf(name: string, taken: Set<string>): string {
  const [first = 'target', ...others] = name.match(/[A-Za-z0-9]+/g) ?? [];
  const joined = [first, ...others.map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`)].join('');
  const start = /^[A-Za-z]/.test(joined) ? `${joined.charAt(0).toLowerCase()}${joined.slice(1)}` : `target${joined}`;
  for (let number = 1; ; number += 1) {
    const word = number === 1 ? start : `${start}${number}`;
    if (taken.has(word)) continue;
    taken.add(word);
    return word;
  }
}

function json(value: object): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
