#!/usr/bin/env node
import { runProcess } from '../lib/cli/run';

void runProcess();
