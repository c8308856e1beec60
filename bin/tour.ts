import type { Emulator } from '../lib/emulator';

const loadMcp = () => import('@modelcontextprotocol/client');
type Client = InstanceType<Awaited<ReturnType<typeof loadMcp>>['Client']>;

/** One stop of the tour: what somebody does, and what must come of it. */
interface Stop {
  readonly as: string;
  readonly says: string;
  readonly see: (caller: Client) => Promise<Sight>;
}

interface Sight {
  readonly ok: boolean;
  readonly text: string;
}

type Row = { readonly [column: string]: unknown };

const TARGET = 'lakehouse___';

const STOPS: readonly Stop[] = [
  {
    as: 'policyholder001',
    says: 'lists the tools; the summary and the audit are hidden from policyholders',
    see: async (caller) => {
      const { tools } = await caller.listTools();
      const shown = tools.flatMap(({ name }) => (name.startsWith(TARGET) ? [name.slice(TARGET.length)] : []));
      return { ok: !shown.includes('get_claims_summary') && shown.includes('query_claims'), text: shown.join(', ') };
    },
  },
  {
    as: 'policyholder001',
    says: 'queries claims and sees only their own',
    see: (caller) => ownRows(caller, 'policyholder001'),
  },
  {
    as: 'policyholder001',
    says: 'asks for the summary all the same',
    see: (caller) => denied(caller, 'get_claims_summary', { group_by: 'status' }),
  },
  {
    as: 'adjuster001',
    says: 'queries claims; how to reach the claimants is masked for adjusters, and bank accounts are left out',
    see: maskedContacts,
  },
  {
    as: 'policyholder003',
    says: 'is in the EU, says geography: US, and is denied: the interceptor overwrites it',
    see: (caller) => denied(caller, 'query_claims', { geography: 'US' }),
  },
  {
    as: 'admin001',
    says: 'reads the login audit, which is for administrators',
    see: async (caller) => {
      const rows = await rowsOf(caller, 'query_login_audit', {});
      return { ok: rows.length > 0, text: `allowed, ${rows.length} rows` };
    },
  },
];

/** Walks through the application as different people and prints what they meet. Gives the number of surprises. */
export async function runTour(emulator: Emulator, print: (text: string) => void): Promise<number> {
  let surprises = 0;
  for (const { as, says, see } of STOPS) {
    const caller = await connect(emulator.mcpUrl, await emulator.token(as));
    try {
      const { ok, text } = await see(caller);
      if (!ok) surprises += 1;
      print(`\n${as} ${says}\n  ${ok ? '' : 'UNEXPECTED: '}${text}`);
    } finally {
      await caller.close();
    }
  }
  return surprises;
}

/** An official MCP client, signed in. */
async function connect(url: string, token: string): Promise<Client> {
  const { Client, StreamableHTTPClientTransport } = await loadMcp();
  const client = new Client({ name: 'tour', version: '1.0.0' });
  const requestInit = { headers: { authorization: `Bearer ${token}` } };
  await client.connect(new StreamableHTTPClientTransport(new URL(url), { requestInit }));
  return client;
}

/** A denial is a JSON-RPC error with a code of its own, whether policies or an interceptor denied. */
async function denied(caller: Client, tool: string, args: { [name: string]: string }): Promise<Sight> {
  const { ProtocolError } = await loadMcp();
  try {
    await caller.callTool({ name: TARGET + tool, arguments: args });
    return { ok: false, text: 'allowed' };
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    // Policies give their reason in brackets.
    const reason = /\[(.*)\]$/s.exec(error.message)?.[1] ?? error.message;
    return { ok: Number(error.code) === -32002, text: `denied: ${reason}` };
  }
}

async function ownRows(caller: Client, username: string): Promise<Sight> {
  const rows = await rowsOf(caller, 'query_claims', {});
  const foreign = rows.filter((row) => row['user_id'] !== username).length;
  return { ok: rows.length > 0 && foreign === 0, text: `${rows.length} claims, ${foreign} of other people` };
}

async function maskedContacts(caller: Client): Promise<Sight> {
  const rows = await rowsOf(caller, 'query_claims', {});
  const [first = {}] = rows;
  const clear = rows.filter((row) => row['claimant_email'] !== '***' || 'bank_account' in row).length;
  const shown = `claimant_name: ${String(first['claimant_name'])}, claimant_email: ${String(first['claimant_email'])}`;
  return { ok: rows.length > 0 && clear === 0, text: `${rows.length} claims, the first with ${shown}` };
}

async function rowsOf(caller: Client, tool: string, args: { [name: string]: string }): Promise<Row[]> {
  const { content } = await caller.callTool({ name: TARGET + tool, arguments: args });
  const [first] = content;
  const answer: object = first?.type === 'text' ? JSON.parse(first.text) : {};
  return Object.values(answer).find((value) => Array.isArray(value)) ?? [];
}
