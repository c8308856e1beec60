import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as logs from 'aws-cdk-lib/aws-logs';

/** How many denials the tables list. */
const LAST = 50;

/**
 * Tables of single calls: what clients were denied, from the lines of the RESPONSE interceptor; and what policies denied or would deny, from the
 * application log, which has no tool beside the decision.
 */
export function denialQueries(
  denialLogGroup: logs.ILogGroup | undefined,
  applicationLogGroup: logs.ILogGroup | undefined,
): cloudwatch.IWidget[][] {
  return [
    ...table(`Last ${LAST} denials`, denialLogGroup, [
      'fields @timestamp, caller, tool, reason, by',
      'filter denial = 1',
    ]),
    ...table(`Last ${LAST} denials of policies, those under LOG_ONLY among them`, applicationLogGroup, [
      'fields @timestamp, body.policy.principal.entityId, body.policy.reason, request_id',
      'filter body.log = "Policy evaluation denied request"',
    ]),
  ];
}

function table(title: string, logGroup: logs.ILogGroup | undefined, query: readonly string[]): cloudwatch.IWidget[][] {
  if (logGroup === undefined) return [];
  const queryLines = [...query, 'sort @timestamp desc', `limit ${LAST}`];
  const logGroupNames = [logGroup.logGroupName];
  return [[new cloudwatch.LogQueryWidget({ title, logGroupNames, queryLines, width: 24, height: 8 })]];
}
