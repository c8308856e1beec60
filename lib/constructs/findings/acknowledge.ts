import { Stack, Validations } from 'aws-cdk-lib';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type { IConstruct } from 'constructs';

/** Acknowledges a finding of cdk-nag, or of another validation plugin, on a construct of this library, with the reason beside the code. */
export function acknowledge(scope: IConstruct, id: string, reason: string): void {
  Validations.of(scope).acknowledge({ id, reason });
}

/** Acknowledges that a grant to invoke functions covers their versions and aliases, which is how aws-cdk-lib grants it. */
export function acknowledgeInvoke(scope: IConstruct, ...functions: lambda.IFunction[]): void {
  for (const arn of functions.flatMap((fn) => fn.resourceArnsForGrantInvoke)) {
    if (!arn.endsWith(':*')) continue;
    acknowledgeWildcard(scope, arn, 'the grant names one function; the wildcard is for its versions and aliases');
  }
}

/**
 * Acknowledges the finding of cdk-nag about a wildcard in the resources of a grant, with a reason.
 *
 * The finding's id holds the ARN as cdk-nag prints it. An ARN may hold references to other stacks, which have names only when all stacks were
 * prepared. Validation is the first hook after that.
 *
 * @param scope construct that cdk-nag names, such as the function or its role
 * @param arn the ARN with the wildcard, as the grant has it; tokens are resolved
 * @param reason why the wildcard is meant, for whoever reads the report
 *
 * @example
 * acknowledgeWildcard(fn, table.tableArn + '/index/*', 'the indexes of one table, which are all for this function');
 */
export function acknowledgeWildcard(scope: IConstruct, arn: string, reason: string): void {
  scope.node.addValidation({
    validate: () => {
      acknowledge(scope, `AwsSolutions-IAM5[Resource::${printed(Stack.of(scope).resolve(arn))}]`, reason);
      return [];
    },
  });
}

/** An ARN of tokens as cdk-nag prints it: `arn:<AWS::Partition>:s3:::bucket/*`. */
function printed(value: unknown): string {
  if (typeof value === 'string') return value;
  const [[name, inner]] = Object.entries(value as object) as [[string, unknown]];
  if (name === 'Ref') return `<${inner}>`;
  if (name === 'Fn::GetAtt') return `<${(inner as string[]).join('.')}>`;
  if (name === 'Fn::Sub') return String(inner).replace(/\$\{([^}]+)\}/g, '<$1>');
  if (name === 'Fn::ImportValue') return printed(inner);
  if (name !== 'Fn::Join') return JSON.stringify(value);
  const [separator, parts] = inner as [string, unknown[]];
  return parts.map(printed).join(separator);
}
