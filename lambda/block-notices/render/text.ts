import type { Notice } from '../notice';
import { linkOf, type Place } from './link';

/** The notice as plain text, one fact per line, for mail and terminals. */
export function renderText(notice: Notice, place: Place): string {
  const { steps } = notice;
  return [
    headline(notice),
    ...facts(notice).map(([name, value]) => `${name}: ${value}`),
    '',
    ...steps.map((step) => `- ${step}`),
    '',
    linkOf(notice, place),
  ].join('\n');
}

/** What happened, in one line. */
export function headline({ count, caller, tool, gateway }: Notice): string {
  const times = count === 1 ? 'once' : `${count} times`;
  return `Blocked ${times}: ${caller} called ${tool} at ${gateway}`;
}

/** What the notice says, by name. */
export function facts(notice: Notice): [name: string, value: string][] {
  const { from, to, reason, policies, ran } = notice;
  return [
    ['When', `${from.slice(0, 16).replace('T', ' ')} to ${to.slice(11, 16)} UTC`],
    ['Tool', ran === 'never' ? 'the tool never ran' : 'the tool may have run; its answer was withheld'],
    ['Reason', reason],
    ...policies.map(({ name, description }): [string, string] => [
      'Policy',
      description === undefined ? name : `${name}: ${description}`,
    ]),
    ...notice.arguments.map(({ name, values }): [string, string] => ['Argument', `${name} = ${values.join(', ')}`]),
  ];
}
