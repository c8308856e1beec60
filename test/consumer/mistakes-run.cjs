// Runs in a consumer's project: makes every mistake of mistakes.json, one after the other in one process, and writes down what the console shows.
const { mkdtempSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { inspect } = require('node:util');
const { runInThisContext } = require('node:vm');
const cdk = require('aws-cdk-lib');
const gg = require('governed-gateway');
const { startEmulator } = require('governed-gateway/emulator');
const { run } = require('./node_modules/governed-gateway/dist/lib/cli/run.js');

const good = () => ({
  mode: gg.EnforcementMode.ENFORCE,
  identity: gg.Identity.cognito({
    groups: ['treasurers', 'clerks'],
    claims: { role: gg.Claim.fromGroups({ treasurers: 'treasurer', clerks: 'clerk' }) },
    testUsers: { tina: { groups: ['treasurers'] }, carl: { groups: ['clerks'] } },
  }),
  targets: { payments: gg.Tools.fromTypeScript('payments.ts'), records: gg.Tools.fromOpenApi('records.json') },
  policies: [gg.PolicySource.fromDirectory('policies')],
  trustedContext: { region: gg.TrustedField.constant('EU', { tools: ['payments'] }) },
  steps: [gg.Steps.inputCheck()],
  requestInterceptor: gg.Interceptor.fromTypeScript('request.ts'),
});

function synthesize(outdir, props) {
  const app = new cdk.App({ outdir });
  new gg.GovernedGateway(new cdk.Stack(app, 'Bank'), 'Gateway', { ...good(), ...props });
  app.synth();
}

/** What a process would show that ends with an error which nobody catches, and what it wrote before. */
function shown(action) {
  let text = '';
  const { write } = process.stderr;
  process.stderr.write = (chunk) => {
    text += chunk;
    return true;
  };
  try {
    action();
  } catch (error) {
    // What CDK throws after its report has a stack of its own; the report is what was to be said.
    text += inspect(error).includes('«ValidationFailed»') ? error.message : inspect(error);
  } finally {
    process.stderr.write = write;
  }
  return text;
}

async function commandLine(args) {
  let text = '';
  const take = (more) => {
    text += more;
  };
  await run(args, {
    out: take,
    err: take,
    readInput: async () => '',
    cwd: process.cwd(),
    interactive: false,
    onInterrupt: (stop) => setTimeout(() => stop(), 100),
  });
  return text;
}

async function withFile(file, content, args) {
  writeFileSync(file, content);
  try {
    return await commandLine(args);
  } finally {
    rmSync(file);
  }
}

async function call(emulator, printed, text) {
  const [, who, name, input] = /^(\S+) (\S+) (.*)$/.exec(text);
  printed.length = 0;
  const token = who === 'nobody' ? 'none' : await emulator.token(who);
  const params = { name, arguments: JSON.parse(input) };
  const headers = {
    'content-type': 'application/json',
    accept: 'application/json, text/event-stream',
    authorization: `Bearer ${token}`,
  };
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params });
  await (await fetch(emulator.mcpUrl, { method: 'POST', headers, body })).text();
  // What the page lists of the call.
  const listed = await (await fetch(`${emulator.url}/emulator/calls?limit=1`)).text();
  return { console: printed.join('\n'), page: listed };
}

async function main() {
  shown(() => synthesize('cdk.out', {}));
  const printed = [];
  const emulator = await startEmulator({ assembly: 'cdk.out', port: 0, print: (line) => printed.push(line) });
  const results = [];
  for (const mistake of JSON.parse(readFileSync('mistakes.json', 'utf8'))) {
    const { write } = mistake;
    const doing = {
      policy: () => withFile('policies/mistake.cedar', write, ['validate']),
      tests: () => withFile('policies/mistake.test.yaml', write, ['test', 'policies/mistake.test.yaml']),
      props: () =>
        shown(() => synthesize(mkdtempSync(join(process.cwd(), 'out-')), runInThisContext(`(gg) => (${write})`)(gg))),
      command: () => commandLine(write.split(' ')),
      call: () => call(emulator, printed, write),
    };
    results.push(
      await Promise.resolve()
        .then(doing[mistake.in])
        .catch((error) => inspect(error)),
    );
  }
  await emulator.stop();
  writeFileSync('shown.json', JSON.stringify(results));
}

void main();
