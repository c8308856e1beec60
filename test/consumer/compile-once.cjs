// Loaded before a program of a consumer's project. Cedar's WebAssembly runs for seconds only: compiling it a second time, optimized, costs more.
require('node:v8').setFlagsFromString('--liftoff-only');
