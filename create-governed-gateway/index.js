#!/usr/bin/env node
// `npm create governed-gateway my-tools` is `governed-gateway init my-tools`.
const { dirname, join } = require('node:path');

process.argv.splice(2, 0, 'init');
const library = dirname(require.resolve('governed-gateway/package.json'));
require(join(library, require('governed-gateway/package.json').bin['governed-gateway']));
