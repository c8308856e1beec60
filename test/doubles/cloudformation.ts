import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { StackState, Template } from '../../lib/contract/drift/stack';
import type { DoubleServer } from './control-plane/clients';

/** A stack as CloudFormation has it. */
export interface DoubleStack extends StackState {
  readonly template: Template;
}

/** CloudFormation behind HTTP, in its query protocol, as far as reading stacks goes. */
export class CloudFormationDouble {
  readonly stacks: DoubleStack[] = [];
  /** Resources on a page of ListStackResources. */
  pageSize = 3;
  /** How many requests are refused before one is answered. */
  throttles = 0;

  answer(body: string): { readonly status: number; readonly body: string } {
    const input = new URLSearchParams(body);
    const action = input.get('Action') ?? '';
    if (this.throttles > 0) {
      this.throttles -= 1;
      return failed(400, 'Throttling', 'Rate exceeded');
    }
    const name = input.get('StackName') ?? '';
    const stack = this.stacks.find(({ stackId, stackName }) => name === stackId || name === stackName);
    if (stack === undefined) return failed(400, 'ValidationError', `Stack with id ${name} does not exist`);
    const result = this.resultOf(action, stack, input.get('NextToken'));
    if (result === undefined) return failed(400, 'InvalidAction', action);
    const xmlns = 'http://cloudformation.amazonaws.com/doc/2010-05-15/';
    return {
      status: 200,
      body: `<${action}Response xmlns="${xmlns}"><${action}Result>${result}</${action}Result></${action}Response>`,
    };
  }

  private resultOf(action: string, stack: DoubleStack, token: string | null): string | undefined {
    if (action === 'GetTemplate') return element('TemplateBody', JSON.stringify(stack.template));
    if (action === 'DescribeStacks') return element('Stacks', member(describe(stack)), true);
    if (action !== 'ListStackResources') return undefined;
    const all = Object.entries(stack.resources);
    const from = Number(token ?? '0');
    const shown = all
      .slice(from, from + this.pageSize)
      .map(([logicalId, physicalId]) =>
        member(
          element('LogicalResourceId', logicalId) +
            element('PhysicalResourceId', physicalId) +
            element('ResourceType', stack.template.Resources[logicalId]?.Type ?? 'AWS::Other::Thing'),
        ),
      );
    const next = from + this.pageSize < all.length ? element('NextToken', String(from + this.pageSize)) : '';
    return element('StackResourceSummaries', shown.join(''), true) + next;
  }

  /** A server for the real client. */
  async serve(): Promise<DoubleServer> {
    const server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk) => {
        body += String(chunk);
      });
      request.on('end', () => {
        const answer = this.answer(body);
        response.writeHead(answer.status, { 'content-type': 'text/xml' }).end(answer.body);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const close = (): Promise<void> => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    };
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
  }
}

function describe({ stackId, stackName, status, parameters, outputs }: DoubleStack): string {
  const pairs = (name: string, entries: { readonly [key: string]: string }): string =>
    Object.entries(entries)
      .map(([key, value]) => member(element(`${name}Key`, key) + element(`${name}Value`, value)))
      .join('');
  return (
    element('StackId', stackId) +
    element('StackName', stackName) +
    element('StackStatus', status) +
    element('Parameters', pairs('Parameter', parameters), true) +
    element('Outputs', pairs('Output', outputs), true)
  );
}

function failed(status: number, code: string, message: string): { status: number; body: string } {
  const error = element('Error', element('Code', code) + element('Message', message), true);
  return { status, body: `<ErrorResponse>${error}</ErrorResponse>` };
}

function member(content: string): string {
  return element('member', content, true);
}

function element(name: string, content: string, isMarkup = false): string {
  const text = isMarkup ? content : content.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return `<${name}>${text}</${name}>`;
}
