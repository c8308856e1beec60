import { CLAIM_STATUSES, CLAIM_TYPES } from './data-model';
import { type Caller, type Condition, ownClaims, type Statement, select, when } from './statement';

/** A question in SQL, and how it was understood. */
export interface Translation {
  readonly understoodAs: string;
  readonly statement: Statement;
}

interface Term {
  /** Words of which one must be in the question. */
  readonly words: RegExp;
  readonly name: string;
  readonly sql: string;
}

// Figures only, never records: whoever may not read claim records cannot get them by asking differently.
const MEASURES: readonly Term[] = [
  { words: /\b(average|mean|typical)\b/, name: 'average amount', sql: 'CAST(avg(claim_amount) AS decimal(12,2))' },
  { words: /\b(largest|biggest|highest|maximum|max)\b/, name: 'largest amount', sql: 'max(claim_amount)' },
  { words: /\b(smallest|lowest|minimum|min)\b/, name: 'smallest amount', sql: 'min(claim_amount)' },
  { words: /\b(total|sum|worth|how much|amounts?)\b/, name: 'total amount', sql: 'sum(claim_amount)' },
  { words: /\b(how many|number|count)\b/, name: 'number', sql: 'count(*)' },
];

const DIMENSIONS: readonly Term[] = [
  { words: /\b(by|per|each|every) (status|state of)\b/, name: 'status', sql: 'status' },
  { words: /\b(by|per|each|every) (claim )?(type|kind|line)\b/, name: 'type', sql: 'claim_type' },
  { words: /\b(by|per|each|every) region\b/, name: 'region', sql: 'region' },
  {
    words: /\b(by|per|each|every) month\b|\bmonthly\b/,
    name: 'month',
    sql: 'substr(CAST(submitted_on AS varchar), 1, 7)',
  },
  { words: /\b(by|per|each|every) year\b|\b(yearly|annual)\b/, name: 'year', sql: 'year(submitted_on)' },
];

/** What a caller can ask for, to be told when a question is not understood. */
export const ANSWERABLE =
  'number, total, average, largest or smallest amount of claims, by status, type, region, month or year, of one status, type or year';

/**
 * Translates a question about claims into SQL. The statement is put together from the terms above and from nothing else, so no wording of
 * a question can widen it: words that are no terms have no effect, and values become parameters. Undefined when there is no measure in it.
 */
export function translate(question: string, caller: Caller): Translation | undefined {
  const text = question.toLowerCase().replace(/[\s_-]+/g, ' ');
  const measure = MEASURES.find(({ words }) => words.test(text));
  if (measure === undefined) return undefined;
  const dimension = DIMENSIONS.find(({ words }) => words.test(text));
  const filters = filtersIn(text);
  return {
    understoodAs: describe(measure, dimension, filters),
    statement: select(
      dimension === undefined ? `${measure.sql} AS answer` : `${dimension.sql} AS label, ${measure.sql} AS answer`,
      'claims',
      [...ownClaims(caller), ...filters],
      dimension === undefined ? 'ORDER BY 1' : 'GROUP BY 1 ORDER BY 2 DESC, 1',
    ),
  };
}

/** Words that name a status. "Submitted" alone is said of every claim. */
const STATUS_WORDS: { readonly [status in (typeof CLAIM_STATUSES)[number]]: RegExp } = {
  submitted: /\b(submitted claims?|status submitted)\b/,
  under_review: /\bunder review\b/,
  approved: /\bapproved\b/,
  denied: /\b(denied|rejected)\b/,
  paid: /\bpaid\b/,
};

/** What narrows a question down, and how to say it. */
interface Filter extends Condition {
  readonly kind: 'adjective' | 'year';
}

function filtersIn(text: string): Filter[] {
  const status = CLAIM_STATUSES.find((name) => STATUS_WORDS[name].test(text));
  const type = CLAIM_TYPES.find((name) => new RegExp(`\\b${name}\\b`).test(text));
  const year = /\b(?:19|20)\d\d\b/.exec(text)?.[0];
  return [
    ...when('status = ?', status).map((condition): Filter => ({ ...condition, kind: 'adjective' })),
    ...when('claim_type = ?', type).map((condition): Filter => ({ ...condition, kind: 'adjective' })),
    ...when('year(submitted_on) = CAST(? AS integer)', year).map(
      (condition): Filter => ({ ...condition, kind: 'year' }),
    ),
  ];
}

function describe(measure: Term, dimension: Term | undefined, filters: readonly Filter[]): string {
  const words = (kind: Filter['kind'], before: string): string =>
    filters.map((filter) => (filter.kind === kind ? `${before}${filter.parameter.replace('_', ' ')} ` : '')).join('');
  const claims = `${measure.name} of ${words('adjective', '')}claims ${words('year', 'of ')}`;
  return `${claims}${dimension === undefined ? '' : `by ${dimension.name}`}`.trim();
}
