import { type Browser, chromium } from 'playwright-core';

/** The system's Chromium. Its sandbox needs rights that CI's root has not. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  });
}
