#!/usr/bin/env node
import { setFlagsFromString } from 'node:v8';
import { runProcess } from '../lib/cli/run';

// V8 optimizes a WebAssembly function when it has run for some time, by default so soon that a short command spends more on optimizing Cedar
// than on asking it. With this budget, only large policy sets and the emulator get there. A flag of the process belongs here and nowhere else:
// inside of an app it would reach other people's code.
setFlagsFromString('--wasm-tiering-budget=100000000');

void runProcess();
