import { type SchemaDefinition, SchemaDefinitionType, type ToolDefinition } from 'aws-cdk-lib/aws-bedrockagentcore';

function text(description: string): SchemaDefinition {
  return { type: SchemaDefinitionType.STRING, description };
}

function amount(description: string): SchemaDefinition {
  return { type: SchemaDefinitionType.NUMBER, description };
}

function count(description: string): SchemaDefinition {
  return { type: SchemaDefinitionType.INTEGER, description };
}

function tool(
  name: string,
  description: string,
  properties: { [name: string]: SchemaDefinition },
  required?: string[],
): ToolDefinition {
  return { name, description, inputSchema: { type: SchemaDefinitionType.OBJECT, properties, required } };
}

/** What the REQUEST interceptor fills in. */
const CALLER = {
  caller_id: text('Set by the gateway: claim username.'),
  caller_role: text('Set by the gateway: choice by claim cognito:groups.'),
  geography: text('Set by the gateway: looked up by claim username.'),
};

const DAY = text('Day, for example 2026-03-31.');

export const LAKEHOUSE_TOOLS = [
  tool('query_claims', 'Finds insurance claims that the caller may see, newest first, at most 200.', {
    status: text('One of submitted, under_review, approved, denied, paid.'),
    claim_type: text('One of auto, home, health, travel.'),
    submitted_from: DAY,
    submitted_to: DAY,
    min_amount: amount('Smallest claimed amount, 0 or more.'),
    ...CALLER,
  }),
  tool(
    'get_claim_details',
    'Returns one insurance claim by its number.',
    { claim_id: text('Number of the claim, for example CLM-2026-0001.'), ...CALLER },
    ['claim_id'],
  ),
  tool(
    'get_claims_summary',
    'Counts and adds up claims by status, type or region.',
    { group_by: text('One of status, claim_type, region.'), ...CALLER },
    ['group_by'],
  ),
  tool('query_login_audit', 'Lists sign-ins to the claims portal, newest first, at most 200.', {
    username: text('Only sign-ins of this user.'),
    outcome: text('One of success, failure, locked.'),
    since: DAY,
    ...CALLER,
  }),
  tool(
    'text_to_sql',
    'Answers a question in figures about the claims that the caller may see.',
    { question: text('For example: how many approved claims per month in 2026?'), ...CALLER },
    ['question'],
  ),
];

const APPLICATION_ID = text('Id that create_application returned.');

export const UNDERWRITING_TOOLS = [
  tool(
    'create_application',
    'Creates an application for insurance.',
    {
      coverage_amount: amount('Sum insured in US dollars, more than 0.'),
      region: text('Region of the risk, for example US, EU, UK, CA or APAC.'),
    },
    ['coverage_amount', 'region'],
  ),
  tool('invoke_risk_model', 'Assesses the risk of an application.', { application_id: APPLICATION_ID }, [
    'application_id',
  ]),
  tool('approve_application', 'Approves an application whose risk was assessed.', { application_id: APPLICATION_ID }, [
    'application_id',
  ]),
];

const ENVIRONMENT = text('One of production, staging, dev.');

export const DEVOPS_TOOLS = [
  tool(
    'restart_service',
    'Restarts a service without an interruption: its tasks are replaced one after the other.',
    { environment: ENVIRONMENT, service: text('Name of the service, for example checkout.') },
    ['environment', 'service'],
  ),
  tool(
    'terminate_instance',
    'Terminates an instance for good.',
    { environment: ENVIRONMENT, instance_id: text('Id of the instance, for example i-0a1b2c3d4e5f60718.') },
    ['environment', 'instance_id'],
  ),
  tool('clean_logs', 'Deletes log streams of one log group that got no event for a while.', {
    log_group: text('Name of the log group, for example /apps/staging/checkout.'),
    older_than_days: count('Days without an event: 7 or more, by default 30.'),
  }),
  tool('get_metrics', 'Returns the load of a service, as averages of five minutes.', {
    service_name: text('Name of the service, for example checkout.'),
    environment: text('One of production, staging, dev; by default production.'),
    metric: text('One of CPUUtilization, MemoryUtilization; by default CPUUtilization.'),
    hours: count('How far to look back: 1 to 24, by default 3.'),
  }),
];
