import * as z from 'zod';
import { defineTool, type Tool, type ToolContext, ToolError } from '../../tool-kit/index';
import { CLAIM_STATUSES, CLAIM_TYPES, GROUPS, LOGIN_OUTCOMES } from './data-model';
import type { Lake, Row } from './lake';
import { type Caller, columnsFor, ownClaims, type Statement, select, when } from './statement';
import { ANSWERABLE, translate } from './text-to-sql';

/** What the REQUEST interceptor says of the caller. No agent can. */
const caller = z.object({
  caller_role: z.enum(GROUPS),
  caller_id: z.string().min(1),
  geography: z.string().min(1),
});

type CallerContext = ToolContext<z.output<typeof caller>>;

const day = z.iso.date().describe('Day, for example 2026-03-31.');
/** The largest amount that the columns hold. */
const MAX_AMOUNT = 9_999_999_999.99;

/** Text that an engine takes as a value: a NUL ends the statement of some, and no value holds control characters. */
function plainText(maxLength: number): z.ZodString {
  return z
    .string()
    .min(1)
    .max(maxLength)
    .regex(/^\P{Cc}*$/u, 'Invalid string: control characters are not allowed');
}

const newestFirst = 'ORDER BY submitted_on DESC, claim_id';

/** The tools of the lakehouse. Every statement is one of a few, with placeholders; what an agent says is only ever a parameter. */
export function lakehouseTools(lake: Lake): Tool[] {
  const run = (context: CallerContext, statement: (caller: Caller) => Statement): Promise<Row[]> => {
    const { caller_role: group, caller_id: id, geography } = context.trusted;
    const onBehalfOf = { group, id, geography };
    return lake.query(onBehalfOf, statement(onBehalfOf), context.remainingTime);
  };

  return [
    defineTool({
      name: 'query_claims',
      description: 'Finds insurance claims that the caller may see, newest first, at most 200.',
      input: z.object({
        status: z
          .enum(CLAIM_STATUSES)
          .optional()
          .describe(`One of ${CLAIM_STATUSES.join(', ')}.`),
        claim_type: z
          .enum(CLAIM_TYPES)
          .optional()
          .describe(`One of ${CLAIM_TYPES.join(', ')}.`),
        submitted_from: day.optional(),
        submitted_to: day.optional(),
        min_amount: z.number().min(0).max(MAX_AMOUNT).optional().describe('Smallest claimed amount, 0 or more.'),
      }),
      trusted: caller,
      handler: async (input, context) => {
        const claims = await run(context, (caller) =>
          select(
            columnsFor(caller, 'claims'),
            'claims',
            [
              ...ownClaims(caller),
              ...when('status = ?', input.status),
              ...when('claim_type = ?', input.claim_type),
              ...when('submitted_on >= CAST(? AS date)', input.submitted_from),
              ...when('submitted_on <= CAST(? AS date)', input.submitted_to),
              ...when('claim_amount >= CAST(? AS decimal(12,2))', input.min_amount?.toFixed(2)),
            ],
            newestFirst,
          ),
        );
        return { claims, count: claims.length };
      },
    }),

    defineTool({
      name: 'get_claim_details',
      description: 'Returns one insurance claim by its number, if it is among those the caller may see.',
      input: z.object({
        claim_id: plainText(32).describe('Number of the claim, for example CLM-2026-0001.'),
      }),
      trusted: caller,
      handler: async ({ claim_id }, context) => {
        const claims = await run(context, (caller) =>
          select(
            columnsFor(caller, 'claims'),
            'claims',
            [...ownClaims(caller), ...when('claim_id = ?', claim_id)],
            newestFirst,
          ),
        );
        // A claim of somebody else is no claim either: numbers cannot be probed.
        if (claims.length === 0) throw new ToolError('CLAIM_NOT_FOUND', 'there is no such claim that you may see');
        return { claims, count: claims.length };
      },
    }),

    defineTool({
      name: 'get_claims_summary',
      description: 'Counts and adds up claims by status, type or region.',
      input: z.object({
        group_by: z.enum(['status', 'claim_type', 'region']).describe('One of status, claim_type, region.'),
      }),
      trusted: caller,
      handler: async ({ group_by }, context) => ({
        group_by,
        groups: await run(context, (caller) =>
          select(
            `${group_by} AS label, count(*) AS claims, sum(claim_amount) AS claimed, sum(approved_amount) AS approved`,
            'claims',
            ownClaims(caller),
            'GROUP BY 1 ORDER BY 2 DESC, 1',
          ),
        ),
      }),
    }),

    defineTool({
      name: 'query_login_audit',
      description: 'Lists sign-ins to the claims portal, newest first, at most 200.',
      input: z.object({
        username: plainText(128).optional().describe('Only sign-ins of this user.'),
        outcome: z
          .enum(LOGIN_OUTCOMES)
          .optional()
          .describe(`One of ${LOGIN_OUTCOMES.join(', ')}.`),
        since: day.optional(),
      }),
      trusted: caller,
      handler: async (input, context) => {
        const events = await run(context, (caller) => {
          const columns = columnsFor(caller, 'login_audit');
          // Lake Formation would refuse as well; here the refusal has a reason.
          if (columns === '') throw new ToolError('NOT_FOR_YOUR_ROLE', 'the login audit is for administrators');
          return select(
            columns,
            'login_audit',
            [
              ...when('username = ?', input.username),
              ...when('outcome = ?', input.outcome),
              ...when('event_time >= CAST(? AS timestamp)', input.since && `${input.since} 00:00:00`),
            ],
            'ORDER BY event_time DESC, event_id',
          );
        });
        return { events, count: events.length };
      },
    }),

    defineTool({
      name: 'text_to_sql',
      description: `Answers a question in figures about the claims that the caller may see: ${ANSWERABLE}.`,
      input: z.object({
        question: z.string().min(3).max(500).describe('For example: how many approved claims per month in 2026?'),
      }),
      trusted: caller,
      handler: async ({ question }, context) => {
        const { caller_role: group, caller_id: id, geography } = context.trusted;
        const translation = translate(question, { group, id, geography });
        if (translation === undefined) throw new ToolError('NOT_UNDERSTOOD', `ask for ${ANSWERABLE}`);
        const { understoodAs, statement } = translation;
        const answer = await run(context, () => statement);
        return { understood_as: understoodAs, sql: statement.sql, answer };
      },
    }),
  ];
}
