// What TypeScript says of the program in this folder and of the installed package's declarations, with `skipLibCheck` off.
// Declarations of others are read, but not held against us: checking them is four fifths of the time.
// Run: node own-diagnostics.cjs TYPESCRIPT '[[OPTION, ...], ...]'; prints one line of JSON per program.
const [typescript, programs] = process.argv.slice(2);
const ts = require(typescript);

/** @param {import('typescript').SourceFile} file */
function isOurs({ fileName }) {
  return !fileName.includes('/node_modules/') || fileName.includes('/node_modules/governed-gateway/');
}

const parsed = new Map();

/** Reads each file once for all programs that take it for the same kind of module. */
function hostOf(options) {
  const host = ts.createCompilerHost(options);
  const { getSourceFile } = host;
  host.getSourceFile = (name, how, ...rest) => {
    const key = `${how.impliedNodeFormat} ${name}`;
    if (!parsed.has(key)) parsed.set(key, getSourceFile(name, how, ...rest));
    return parsed.get(key);
  };
  return host;
}

for (const args of JSON.parse(programs)) {
  const { options, fileNames, errors } = ts.parseCommandLine(args);
  const program = ts.createProgram(fileNames, options, hostOf(options));
  const ours = program.getSourceFiles().filter(isOurs);
  const found = [
    ...errors,
    ...program.getOptionsDiagnostics(),
    ...program.getGlobalDiagnostics(),
    ...ours.flatMap((file) => [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)]),
  ];
  const host = {
    getCanonicalFileName: (name) => name,
    getCurrentDirectory: () => process.cwd(),
    getNewLine: () => '\n',
  };
  console.log(JSON.stringify({ files: ours.length, text: ts.formatDiagnostics(found, host) }));
}
