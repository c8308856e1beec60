import type { DenialLine } from '../../lib/contract/denial-line';

/** Denials of one kind in one window from which on somebody may be trying. */
const MANY = 10;

/** What a person should do, most harmless cause first. */
export function whatToDo(
  { by, caller }: Pick<DenialLine, 'by' | 'caller'>,
  { count, policies }: { readonly count: number; readonly policies: readonly { readonly file?: string }[] },
): string[] {
  const [file] = policies.flatMap((policy) => policy.file ?? []);
  return [
    by === 'response-interceptor'
      ? 'Look whether the tool changed anything: its answer was withheld after the call.'
      : 'Nothing, if this call should not go through: it did not.',
    ...shouldHavePassed(by, file, policies.length > 0),
    ...(count >= MANY ? [`If somebody is trying: ${lockCommand(caller)}`] : []),
  ];
}

function shouldHavePassed(by: DenialLine['by'], file: string | undefined, named: boolean): string[] {
  if (by !== 'policy') return ['If it should: look the reason up in docs/interceptors.md, section Denials.'];
  if (!named) return ['If it should: write it as a policy test, and add a permit that covers it.'];
  return [`If it should: write it as a policy test, and change ${file ?? 'the policy'} until it passes.`];
}

/** A command that people paste: the caller stands in it only if no shell could read more into it. */
function lockCommand(caller: string | null): string {
  const who = caller !== null && /^[A-Za-z0-9][A-Za-z0-9._@-]{0,127}$/.test(caller) ? caller : 'SUB';
  return `governed-gateway lock --caller ${who} --for 2h --reason TEXT`;
}
