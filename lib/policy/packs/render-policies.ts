import { Invariant } from '../statements/invariant';
import { PolicyStatement, type PolicyStatementProps } from '../statements/policy-statement';
import type { PackConditions, PackContent, PackInvariant } from './pack';
import type { PackGateway } from './pack-gateway';

/** Characters of a line of a comment. */
const WIDTH = 120;

/** Ids of a pack's policies, in the order of its statements. */
export function policyIds({ pack }: PackGateway, { statements }: PackContent): string[] {
  return statements.map(({ name }) => (name === undefined ? pack : `${pack}/${name}`));
}

/** The policies of a pack as the Cedar text that a person would write. Throws a {@link GovernanceError} for conditions that do not fit the tools. */
export function renderPolicies(gateway: PackGateway, content: PackContent): string {
  const ids = policyIds(gateway, content);
  const texts = content.statements.map(({ comment, description, ...conditions }, index) => {
    const id = ids[index] as string;
    return `${commented(comment)}${statement(gateway, conditions, { id, description }).toCedar()}`;
  });
  return texts.join('\n');
}

/** Invariants of the policies, as Cedar text; undefined where there are none. */
export function renderInvariants(
  gateway: PackGateway,
  { statements, invariants = [] }: PackContent,
): string | undefined {
  const own = statements.flatMap(({ invariant, ...conditions }): PackInvariant[] =>
    invariant === undefined ? [] : [{ sentence: invariant, ...conditions }],
  );
  const all = [...own, ...invariants];
  if (all.length === 0) return undefined;
  const texts = all.map(({ sentence, ...conditions }) =>
    Invariant.of(sentence, statement(gateway, conditions)).toCedar(),
  );
  return `// Proved at synth for every token, argument and minute, and never deployed.\n${texts.join('\n')}`;
}

function statement(
  gateway: PackGateway,
  { effect, on, when, unless }: PackConditions,
  said: Pick<PolicyStatementProps, 'id' | 'description'> = {},
): PolicyStatement {
  const props = { ...said, ...on, principal: gateway.callers, ...(when && { when }), ...(unless && { unless }) };
  return effect === 'permit' ? PolicyStatement.permit(props) : PolicyStatement.forbid(props);
}

/** A comment in lines of a readable length. */
function commented(text: string): string {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = `${lines.at(-1)} ${word}`;
    if (line.length > WIDTH) lines.push(` ${word}`);
    else lines[lines.length - 1] = line;
  }
  return lines.map((line) => `//${line}\n`).join('');
}
